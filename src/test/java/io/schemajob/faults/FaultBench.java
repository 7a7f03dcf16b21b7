package io.schemajob.faults;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Postgres.Database;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One server, on which one cell at a time is tried, so that a fault may be one of the whole server: it is restarted, read-only, out of
 * connections. Each cell has a database of its own, copied from one that is in the wanted state.
 */
final class FaultBench implements AutoCloseable {
    static final String USER = "app";
    static final String PASSWORD = "pw-app-of-faults";

    /** From this version on the server ends sessions whose transaction takes too long. */
    private static final int WITH_TRANSACTION_TIMEOUT = 17;

    private final FaultBundle bundle;
    private final Postgres server;
    private final Map<FaultCommand.State, Database> templates = new EnumMap<>(FaultCommand.State.class);
    private int number;
    private final SmallDisk walDisk;
    private SmallDisk disk;

    FaultBench(FaultBundle bundle, int major) {
        this(bundle, Postgres.dedicated(major), null);
    }

    /** One whose write-ahead log is on a small disk. */
    static FaultBench withSmallWal(FaultBundle bundle, int major) {
        SmallDisk disk = SmallDisk.create();
        Postgres.Builder server = Postgres.dedicated(major)
                .walIn(disk.folder())
                .setting("min_wal_size", "32MB")
                .setting("max_wal_size", "32MB");
        return new FaultBench(bundle, server, disk);
    }

    private FaultBench(FaultBundle bundle, Postgres.Builder builder, SmallDisk walDisk) {
        this.bundle = bundle;
        this.walDisk = walDisk;
        this.server = builder.setting("max_prepared_transactions", "5").start();
        // What is done to all sessions is not done to those of the test.
        for (String setting : timeouts()) {
            server.superuserExecute("ALTER ROLE " + server.user() + " SET " + setting + " = 0");
        }
        server.superuserExecute("ALTER ROLE " + server.user() + " SET default_transaction_read_only = off");
        server.createRole(USER, PASSWORD);
        for (FaultCommand.State state : FaultCommand.State.values()) {
            templates.put(state, prepared(state));
        }
    }

    Postgres server() {
        return server;
    }

    /** The limits of a server for sessions that do not say otherwise. */
    List<String> timeouts() {
        List<String> all = new ArrayList<>(
                List.of("idle_session_timeout", "idle_in_transaction_session_timeout", "statement_timeout"));
        if (server.major() >= WITH_TRANSACTION_TIMEOUT) {
            all.add("transaction_timeout");
        }
        return all;
    }

    /** On which the database of a cell is whose disk becomes full. */
    synchronized SmallDisk disk() {
        if (disk == null) {
            disk = SmallDisk.of(server);
        }
        return disk;
    }

    /** On which the write-ahead log is; null for beside the data. */
    SmallDisk walDisk() {
        return walDisk;
    }

    FaultBundle bundle() {
        return bundle;
    }

    private Database prepared(FaultCommand.State state) {
        Database database = new Database(server, "template_" + state.name().toLowerCase(Locale.ROOT), USER, PASSWORD);
        server.superuserExecute("CREATE DATABASE " + database.name() + " OWNER " + USER);
        if (state != FaultCommand.State.EMPTY) {
            App.Result made = app(database, server.port(), List.of("migrate")).run();
            if (made.exitCode() != 0) {
                throw new AssertionError(made.text());
            }
        }
        try (OtherSession superuser = OtherSession.ofSuperuser(database);
                OtherSession owner = OtherSession.of(database)) {
            switch (state) {
                case ROWS ->
                    owner.execute(
                            "INSERT INTO made_1 VALUES (1, 10), (2, 20), (3, -1)", "INSERT INTO made_2 VALUES (5)");
                case FOREIGN ->
                    owner.execute(
                            "DROP TABLE flyway_schema_history",
                            "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL)",
                            "INSERT INTO schema_migrations VALUES (4, false)");
                case DAMAGED ->
                    superuser.execute(
                            "UPDATE flyway_schema_history SET checksum = 1 WHERE version = '002'",
                            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'made_1_n'::regclass");
                default -> {}
            }
        }
        return database;
    }

    /** A database in the state in which the command begins. */
    Database database(FaultCommand command) {
        return database(command, "");
    }

    /** The same on the small disk. */
    Database databaseOnSmallDisk(FaultCommand command) {
        disk();
        return database(command, SmallDisk.clause());
    }

    private Database database(FaultCommand command, String clause) {
        Database database = new Database(server, "cell_" + ++number, USER, PASSWORD);
        server.superuserExecute("CREATE DATABASE %s TEMPLATE %s OWNER %s%s%s"
                .formatted(database.name(), templates.get(command.state()).name(), USER, server.asFiles(), clause));
        return database;
    }

    void drop(Database database) {
        server.superuserExecute("DROP DATABASE IF EXISTS " + database.name() + " WITH (FORCE)");
    }

    static Path place() {
        return TemporaryFolders.create("fault-cell");
    }

    /** The command line, not yet run. */
    App app(Database database, int port, List<String> arguments) {
        List<String> line = new ArrayList<>(arguments);
        line.addAll(List.of("--bundle", bundle.folder().path().toString()));
        return App.command(line.toArray(String[]::new)).database(database).env("PGPORT", String.valueOf(port));
    }

    @Override
    public void close() {
        server.close();
        for (SmallDisk small : Arrays.asList(disk, walDisk)) {
            if (small != null) {
                small.close();
            }
        }
    }
}
