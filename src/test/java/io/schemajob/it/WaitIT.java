package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application's pod waits for the schema, whatever the run that migrates it meets. */
class WaitIT {
    private static final String PENDING = "Waiting: it is at %s, and %d migration(s) are pending";

    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int);")
            .with("002_second.up.sql", "CREATE TABLE second (n int);");

    private final Postgres.Database database = Postgres.version(17).createDatabase();
    private final Cli cli = Cli.of(folder, database);

    @Test
    void endsWhenASlowMigrationIsCommittedAndNotBefore() {
        folder.with("002_second.up.sql", "CREATE TABLE second (n int); SELECT pg_advisory_xact_lock(4711);");
        try (OtherSession eye = OtherSession.of(database)) {
            eye.execute("SELECT pg_advisory_lock(4711)");
            App.Running waiting = cli.app("wait").start().awaitText(PENDING.formatted("base", 2));
            App.Running migrating = cli.app("migrate", "--no-verify").start();
            waiting.awaitText(PENDING.formatted("001", 1));
            assertThat(waiting.process().isAlive()).isTrue();
            eye.execute("SELECT pg_advisory_unlock(4711)");
            assertThat(migrating.await().exitCode()).isZero();
            App.Result result = Cli.succeeded(waiting.await());
            assertThat(result.out()).contains("==> The database is at 002");
            assertThat(Cli.json(result.termination()).path("toVersion").asText())
                    .isEqualTo("002");
            // Four sentences of the connection, however often it looked.
            assertThat(result.out().split("Verifying database connection")).hasSize(2);
        }
    }

    @Test
    void tellsThatTheMigrationFailed() {
        folder.with("002_second.up.sql", "CREATE INDEX CONCURRENTLY i ON first ((1 / n));")
                .with("001_first.up.sql", "CREATE TABLE first (n int); INSERT INTO first VALUES (0);");
        cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate");
        App.Result late = cli.fails(ExitStatus.TRY_AGAIN, "wait", "--timeout", "8s");
        assertThat(late.err())
                .contains("The database was not at 002 within 8 s: migration 002 has failed.", "schemajob info");
        assertThat(cli.succeeds("wait", "001").out()).contains("The database is at 001");
    }

    @Test
    void waitsForADatabaseThatIsStillToBeCreated() {
        String name = database.name() + "_later";
        App.Result late = Cli.failed(
                ExitStatus.TRY_AGAIN,
                cli.app("wait", "--timeout", "8s").env("PGDATABASE", name).run());
        assertThat(late.err()).contains("within 8 s: The database", "does not exist");
        App.Running waiting = cli.app("wait").env("PGDATABASE", name).start().awaitText("Waiting: The database");
        database.server().superuserExecute("CREATE DATABASE " + name + " OWNER " + database.user());
        Cli.succeeded(cli.app("migrate").env("PGDATABASE", name).run());
        Cli.succeeded(waiting.await());
    }

    @Test
    void outlastsRestartsOfTheServer() {
        try (Postgres server = Postgres.dedicated(18).start()) {
            Cli own = Cli.of(folder, server.createDatabase());
            server.stop();
            App.Running early =
                    own.app("wait", "--connect-timeout", "1s").start().awaitText("Waiting: PostgreSQL at");
            server.restart();
            early.awaitText(PENDING.formatted("base", 2));
            server.restart();
            own.succeeds("migrate");
            Cli.succeeded(early.await());
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void stopsWhenTold(String signal, int exitCode) {
        // Whoever starts the tests may ignore a signal, as a shell does for what it starts in the background.
        App.Running waiting = cli.app("wait", "--timeout", "0")
                .startedBy(List.of("env", "--default-signal=" + signal))
                .start()
                .awaitText(PENDING.formatted("base", 2));
        assertThat(waiting.signal(signal).await().exitCode()).isEqualTo(exitCode);
    }

    /** The application's own role, which may only read. */
    @Test
    void needsNoMoreThanToReadTheHistory() {
        String role = database.user() + "_app";
        database.server().createRole(role, "pw-app");
        cli.succeeds("migrate");
        App.Result denied = Cli.failed(
                ExitStatus.ACCESS_DENIED,
                cli.app("wait").env("PGUSER", role).env("PGPASSWORD", "pw-app").run());
        assertThat(denied.err()).contains("flyway_schema_history", "GRANT SELECT");
        database.execute("GRANT SELECT ON flyway_schema_history TO " + role);
        Cli.succeeded(
                cli.app("wait").env("PGUSER", role).env("PGPASSWORD", "pw-app").run());
        // What no waiting mends is said at once.
        Cli.failed(
                ExitStatus.ACCESS_DENIED,
                cli.app("wait").env("PGPASSWORD", "wrong").run());
    }

    /** The cause is known when the time is up, however short it is. */
    @Test
    void saysWhyTheServerWasNotReached() {
        App.Result late = Cli.failed(
                ExitStatus.TRY_AGAIN,
                cli.app("wait", "--timeout", "900ms").env("PGPORT", "1").run());
        assertThat(late.err())
                .contains("The database was not at 002 within 900 ms: PostgreSQL at ", "refused")
                .doesNotContain("..", "within 0 s");
    }

    /** Such as while it is restored. */
    @Test
    void waitsForADatabaseThatAcceptsNoConnections() {
        cli.succeeds("migrate");
        database.server().superuserExecute("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS false");
        App.Running waiting = cli.app("wait").start().awaitText("is not currently accepting connections");
        database.server().superuserExecute("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS true");
        Cli.succeeded(waiting.await());
    }

    /** Written by hand, as no tool writes it. */
    @Test
    void aVersionThatIsNoneIsAHistoryThatIsInvalid() {
        cli.succeeds("migrate");
        database.execute("INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
                + " installed_by, execution_time, success) VALUES (7, 'v3-beta', 'x', 'SQL', 'x', 'x', 0, true)");
        for (String command : new String[] {"wait", "info", "verify", "current", "migrate", "plan"}) {
            assertThat(cli.fails(ExitStatus.HISTORY_INVALID, command).err())
                    .as(command)
                    .contains("Row 7 of \"public\".\"flyway_schema_history\" has the version \"v3-beta\"")
                    .contains("DELETE FROM \"public\".\"flyway_schema_history\" WHERE installed_rank = 7;");
        }
    }

    /** Pods of the old release start again while the new one is there. */
    @Test
    void isContentWithADatabaseThatIsNewer() {
        ScriptFolder next = ScriptFolder.create()
                .with("001_first.up.sql", "CREATE TABLE first (n int);")
                .with("002_second.up.sql", "CREATE TABLE second (n int);")
                .with("003_third.up.sql", "CREATE TABLE third (n int);");
        Cli.of(next, database).succeeds("migrate");
        assertThat(cli.succeeds("wait").out()).contains("The database is at 003");
        assertThat(cli.succeeds("wait", "002").out()).contains("The database is at 003");
    }

    /** A version of that number is there, and it is not the bundle's. */
    @Test
    void refusesAHistoryThatContradictsTheBundle() {
        cli.succeeds("migrate");
        folder.with("001_first.up.sql", "CREATE TABLE first (n bigint);");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "wait").err())
                .contains("001_first.up.sql was changed after it was applied", "schemajob repair");
        assertThat(Cli.of(ScriptFolder.create().with("001_other.up.sql", "SELECT 1;"), database)
                        .fails(ExitStatus.HISTORY_INVALID, "wait")
                        .err())
                .contains("contradict");
    }

    @Test
    void comparesWhereItIsAskedTo() {
        cli.succeeds("migrate");
        folder.with("schema.yaml", cli.prints("snapshot"));
        assertThat(cli.succeeds("wait", "--verify").out()).contains("All 2 tables verified successfully");
        database.execute("DROP TABLE second");
        assertThat(cli.succeeds("wait").out()).doesNotContain("verified");
        cli.fails(ExitStatus.VERIFICATION_FAILED, "wait", "--verify");
    }

    @Test
    void refusesWhatItCouldOnlyWaitForInVain() {
        assertThat(cli.fails(ExitStatus.USAGE, "wait", "009").err()).contains("has no migration 009");
        assertThat(cli.fails(ExitStatus.USAGE, "wait", "base").err()).contains("wait knows head and versions");
        ScriptFolder declared = ScriptFolder.create().with("schema.yaml", "tables: {}\n");
        assertThat(Cli.of(declared, database).fails(ExitStatus.USAGE, "wait").err())
                .contains("has no migrations", "schemajob verify");
    }
}
