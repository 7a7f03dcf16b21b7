package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL server on the loopback interface. Passwords are really checked (SCRAM), so that tests of wrong
 * passwords mean something. Shared servers live until the JVM ends; every server ends with the JVM, even a killed one.
 *
 * <pre>
 * Postgres server = Postgres.version(18);        // shared
 * Postgres.Database db = server.createDatabase(); // fresh, with an owner of its own
 * try (Connection connection = db.connect()) { … }
 *
 * try (Postgres own = Postgres.dedicated(16).tls(TestCa.create()).start()) { own.stop(); own.restart(); }
 * </pre>
 */
public final class Postgres implements AutoCloseable {
    /** Every major version that the product supports. */
    public static final List<Integer> MAJORS = List.of(14, 15, 16, 17, 18);

    public static final int NEWEST = 18;

    /** Only ever reachable on the loopback interface of the machine that runs the tests. */
    private static final String SUPERUSER = "postgres";

    private static final String PASSWORD = "only-for-tests";
    private static final Map<Integer, Postgres> SHARED = new ConcurrentHashMap<>();
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private volatile PostgresProcess process;

    private Postgres(PostgresProcess process) {
        this.process = process;
    }

    /** The server of this major version that all tests of this JVM share; never stop it. */
    public static Postgres version(int major) {
        return SHARED.computeIfAbsent(major, number -> dedicated(number).start());
    }

    /** A server of one's own, to be stopped, restarted and closed at will. */
    public static Builder dedicated(int major) {
        return new Builder(major);
    }

    public int major() {
        return process.major();
    }

    public String host() {
        return "127.0.0.1";
    }

    public int port() {
        return process.port();
    }

    /** The superuser's name. */
    public String user() {
        return SUPERUSER;
    }

    /** The superuser's password. */
    public String password() {
        return PASSWORD;
    }

    /** What the server wrote to its log since its first start. */
    public String log() {
        return process.log();
    }

    /** A fresh database, owned by a fresh ordinary role. */
    public Database createDatabase() {
        String name = "db" + NUMBER.incrementAndGet();
        Database database = new Database(this, name, name + "_owner", "pw-" + name);
        superuserExecute(
                creation(database.user(), database.password()),
                "CREATE DATABASE " + name + " OWNER " + database.user() + asFiles());
        return database;
    }

    /** The end of CREATE DATABASE: copied as files it takes half the processor time, where nothing waits for a disk. */
    public String asFiles() {
        return major() < 15 ? "" : " STRATEGY file_copy";
    }

    /** Creates an ordinary role that may log in; name and password may be anything. */
    public void createRole(String name, String password) {
        superuserExecute(creation(name, password));
    }

    private static String creation(String role, String password) {
        return "CREATE ROLE \"" + role.replace("\"", "\"\"") + "\" LOGIN PASSWORD '"
                + ScramVerifier.of(password).replace("'", "''") + "'";
    }

    /** A role that may not log in; classes of one fork share their servers, so another may have made it. */
    public void role(String name) {
        superuserExecute("DO $$ BEGIN CREATE ROLE " + name + "; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
    }

    /** Statements as superuser in the database {@code postgres}, outside a transaction. */
    public void superuserExecute(String... statements) {
        try (Connection connection = superuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + String.join("; ", statements), e);
        }
    }

    public Connection connect(String database, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", "prefer");
        return DriverManager.getConnection("jdbc:postgresql://" + host() + ":" + port() + "/" + database, properties);
    }

    /** A superuser's connection to the database {@code postgres}. */
    public Connection superuser() throws SQLException {
        return superuser("postgres");
    }

    public Connection superuser(String database) throws SQLException {
        return connect(database, SUPERUSER, PASSWORD);
    }

    /** Ends all sessions and shuts the server down; the data stay. */
    public void stop() {
        process.stop();
    }

    /** Stops the server if it runs, and starts it again on the same port with the same data. */
    public void restart() {
        process.stop();
        process.start();
    }

    /** The same without a shutdown: an immediate end, after which the server recovers from its write-ahead log. It may have ended by itself. */
    public void restartAtOnce() {
        process.abort();
        process.start();
    }

    /** A read-only hot standby of this server, replicating from now on. This server is restarted for the copy. */
    public Postgres standby() {
        try {
            process.stop();
            PostgresProcess copy = process.copy();
            process.start();
            copy.append(
                    "postgresql.conf",
                    "primary_conninfo = 'host=%s port=%d user=%s password=%s'%n"
                            .formatted(host(), port(), SUPERUSER, PASSWORD));
            copy.append("standby.signal", "");
            copy.start();
            return new Postgres(copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A failover: this server ends, having sent all that it has to the standby, which is promoted. From now on this is the standby, on its
     * port; the other's data are deleted.
     */
    public void failOver(Postgres standby) {
        PostgresProcess old = process;
        old.stop();
        standby.superuserExecute("SELECT pg_promote()");
        process = standby.process;
        old.delete();
    }

    /** Ends the server and deletes its data. */
    @Override
    public void close() {
        process.delete();
    }

    /**
     * A database with the role that owns it.
     *
     * @param server where it is
     * @param name of the database
     * @param user the owner's name
     * @param password the owner's password
     */
    public record Database(Postgres server, String name, String user, String password) {
        public Connection connect() throws SQLException {
            return server.connect(name, user, password);
        }

        public Connection superuser() throws SQLException {
            return server.superuser(name);
        }

        /**
         * A superuser's session that plans each query once, as planning is most of what it costs to read a catalog again.
         * Plans are forgotten when a schema is made, so the one of temporary objects is made here and not in transactions
         * that are rolled back.
         */
        public Connection planningOnce() throws SQLException {
            Connection connection = superuser();
            try (Statement statement = connection.createStatement()) {
                statement.execute("CREATE TEMPORARY TABLE first (); DROP TABLE first;"
                        + " SET plan_cache_mode = force_generic_plan");
            }
            return connection;
        }

        /** The owner's connection as libpq writes it, with the password. */
        public String url() {
            return "postgresql://%s:%s@127.0.0.1:%d/%s".formatted(user, password, server.port(), name);
        }

        /**
         * The same, with the owner's password hashed as often as PostgreSQL does it: Go's lib/pq takes a count of less than
         * four digits for an error.
         */
        public Database forGo() {
            server.superuserExecute("ALTER ROLE \"%s\" PASSWORD '%s'".formatted(user, password));
            return this;
        }

        /** Runs a script of statements as the owner, each on its own. */
        public void execute(String sql) {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage() + " in " + sql, e);
            }
        }
    }

    /** What a dedicated server differs in. */
    public static final class Builder {
        private final int major;
        private final StringBuilder configuration = new StringBuilder();
        private TestCa ca;
        private Path wal;

        private Builder(int major) {
            this.major = major;
        }

        /** A line of {@code postgresql.conf}. */
        public Builder setting(String name, String value) {
            configuration.append("%s = '%s'%n".formatted(name, value));
            return this;
        }

        /** Offers TLS with a certificate for localhost and 127.0.0.1 that this authority signs. */
        public Builder tls(TestCa authority) {
            this.ca = authority;
            return this;
        }

        /** Keeps the write-ahead log in this folder, which is empty. */
        public Builder walIn(Path folder) {
            this.wal = folder;
            return this;
        }

        public Postgres start() {
            try {
                PostgresProcess process = PostgresProcess.initialise(major, SUPERUSER, PASSWORD);
                if (wal != null) {
                    process.moveWal(wal);
                }
                process.append("postgresql.conf", configuration.toString());
                if (ca != null) {
                    offerTls(process);
                }
                process.start();
                return new Postgres(process);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void offerTls(PostgresProcess process) throws IOException {
            TestCa.Certificate certificate = ca.issue("localhost", "dns:localhost", "ip:127.0.0.1");
            process.append("server.crt", Files.readString(certificate.certificate()));
            process.append("server.key", Files.readString(certificate.privateKey()));
            process.append("postgresql.conf", "ssl = on%n".formatted());
        }
    }

    /** For tests that put files beside the server's own, such as further extensions. */
    public static Path home(int major) {
        try {
            return PostgresBinaries.home(major);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
