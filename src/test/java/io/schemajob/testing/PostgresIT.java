package io.schemajob.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The servers of the other tests do what those tests rely on. */
class PostgresIT {
    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void runsTheVersionAskedForAndChecksPasswords(int major) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.connect()) {
            assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(major);
            assertThat(text(connection, "select current_user")).isEqualTo(database.user());
        }
        assertThatThrownBy(() -> database.server().connect(database.name(), database.user(), "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void stopsAndRestartsWithItsData() throws SQLException {
        try (Postgres server = Postgres.dedicated(18).start()) {
            Postgres.Database database = server.createDatabase();
            database.execute("create table kept (n int)");
            server.stop();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            server.restart();
            database.execute("select n from kept");
        }
    }

    @Test
    void provesItsIdentityByTls() throws SQLException {
        TestCa ca = TestCa.create();
        try (Postgres server = Postgres.dedicated(16).tls(ca).start()) {
            String url = "jdbc:postgresql://localhost:" + server.port() + "/postgres?sslmode=verify-full&sslrootcert=";
            try (Connection connection =
                    DriverManager.getConnection(url + ca.certificate(), server.user(), server.password())) {
                assertThat(text(connection, "select ssl from pg_stat_ssl where pid = pg_backend_pid()"))
                        .isEqualTo("t");
            }
            String otherCa = url + TestCa.create().certificate();
            assertThatThrownBy(() -> DriverManager.getConnection(otherCa, server.user(), server.password()))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void standbyFollowsAndIsReadOnly() throws Exception {
        try (Postgres primary = Postgres.dedicated(15).start();
                Postgres standby = primary.standby();
                Connection connection = standby.superuser()) {
            assertThat(text(connection, "select pg_is_in_recovery()")).isEqualTo("t");
            primary.superuserExecute("create table followed (n int)");
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (text(connection, "select to_regclass('followed')") == null && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(text(connection, "select to_regclass('followed')")).isEqualTo("followed");
            assertThatThrownBy(() -> standby.superuserExecute("create table refused (n int)"))
                    .cause()
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("25006"));
        }
    }

    /** A disk that fills fails tests that have nothing to do with it. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void leavesNothingBehindHoweverItsJvmEnds(boolean killed) throws Exception {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dschemajob.postgres=" + System.getProperty("schemajob.postgres", "target/postgres"),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ServerForOnce.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out = jvm.inputReader()) {
            assertThat(out.readLine()).isEqualTo("started");
            assertThat(dataOf(jvm.pid())).isNotEmpty();
            if (killed) {
                jvm.toHandle().destroyForcibly();
            } else {
                jvm.outputWriter().close();
            }
            jvm.waitFor();
        }
        // The guard of a killed JVM's server works on for a moment.
        long deadline = System.nanoTime() + 60_000_000_000L;
        while (killed && !dataOf(jvm.pid()).isEmpty() && System.nanoTime() < deadline) {
            DataFolders.sweep();
            Thread.sleep(20);
        }
        assertThat(dataOf(jvm.pid())).isEmpty();
    }

    private static List<Path> dataOf(long pid) throws IOException {
        try (Stream<Path> files = Files.list(PostgresBinaries.temporaryFolder())) {
            return files.filter(path -> path.getFileName().toString().contains("-" + pid + "-"))
                    .toList();
        }
    }

    /** A JVM that uses nothing but a server, until the end of its input. */
    static final class ServerForOnce {
        public static void main(String[] arguments) throws IOException {
            Postgres.dedicated(Postgres.NEWEST).start();
            System.out.println("started");
            System.in.read();
        }
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
