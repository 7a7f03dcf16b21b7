package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.model.Schema;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Transactions and checks: a verification leaves no trace, in its own transaction or in somebody else's. */
class VerifierIT {
    private final Postgres.Database database = Postgres.version(Postgres.NEWEST).createDatabase();

    private static VerificationRequest checks(String... texts) {
        List<TextFile> files = IntStream.range(0, texts.length)
                .mapToObj(i -> new TextFile("verify/%02d.sql".formatted(i + 1), texts[i]))
                .toList();
        return new VerificationRequest("app", null, null, files, DiffOptions.DEFAULT);
    }

    private static VerificationRequest nothingDeclared() {
        return new VerificationRequest("app", null, Schema.EMPTY, List.of(), DiffOptions.DEFAULT);
    }

    private Connection connect() throws SQLException {
        Connection connection = database.connect();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS app");
        }
        return connection;
    }

    @Test
    void everyRowOfACheckIsAViolation() throws SQLException {
        try (Connection connection = connect()) {
            VerificationReport report = Verifier.verify(
                    connection,
                    checks(
                            "SELECT 1 WHERE false;",
                            "-- too many\nSELECT n, 'x' AS why, NULL AS c, 1 AS d, 2 AS e FROM generate_series(1, 50) n;",
                            "SELECT 'first' AS a; SELECT 'second' AS b;"));
            assertThat(report.clean()).isFalse();
            assertThat(report.declared()).isFalse();
            assertThat(report.violations()).hasSize(2);
            Violation many = report.violations().get(0);
            assertThat(many.file()).isEqualTo("verify/02.sql");
            assertThat(many.rows()).hasSize(20).startsWith("n=1, why=x, c=null, d=1");
            assertThat(many.more()).isTrue();
            assertThat(report.violations().get(1).rows()).containsExactly("a=first", "b=second");
            assertThat(report.violations().get(1).more()).isFalse();
        }
    }

    @Test
    void checksSeeTheSchemaAndChangeNothing() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE app.t (n int); INSERT INTO app.t VALUES (7)");
            assertThat(Verifier.verify(connection, checks("SELECT n FROM t"))
                            .violations()
                            .get(0)
                            .rows())
                    .containsExactly("n=7");
            assertFails(
                    connection,
                    checks("SELECT 1 WHERE false", "SELECT 1 WHERE\n  false;\n\nDELETE FROM t"),
                    "25006",
                    "verify/02.sql:4");
            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(Rows.of(connection, "SELECT n FROM app.t")).containsExactly(List.of("7"));
            statement.execute("INSERT INTO app.t VALUES (8)");
        }
    }

    @Test
    void anErrorInACheckNamesFileAndLine() throws SQLException {
        try (Connection connection = connect()) {
            assertFails(
                    connection, checks("-- a comment\n\nSELECT 1 AS x\n  FROM nowhere"), "42P01", "verify/01.sql:4");
            assertFails(connection, checks("SELECT 1 WHERE false;\nSELECT\n  1 +;"), "42601", "verify/01.sql:3");
            assertFails(connection, checks("SELECT 1\n/ 0"), "22012", "verify/01.sql:1");
        }
    }

    private static void assertFails(Connection connection, VerificationRequest request, String state, String where) {
        assertThatThrownBy(() -> Verifier.verify(connection, request))
                .isInstanceOfSatisfying(SchemajobException.class, e -> {
                    assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
                    assertThat(e.failure().sqlState()).isEqualTo(state);
                    assertThat(e.failure().where()).isEqualTo(where);
                });
    }

    @Test
    void insideAnOpenTransactionItLeavesEverythingAsItWas() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET search_path = pg_temp, app; CREATE TABLE app.fresh (n int)");
            assertFails(connection, checks("DELETE FROM fresh"), "25006", "verify/01.sql:1");
            VerificationReport report = Verifier.verify(connection, nothingDeclared());
            assertThat(report.warnings())
                    .singleElement()
                    .hasToString("table fresh, expected not declared, found 1 columns");
            assertThat(report.clean()).isTrue();
            statement.execute("INSERT INTO app.fresh VALUES (1)");
            assertThat(Rows.of(connection, "SHOW search_path")).containsExactly(List.of("pg_temp, app"));
            connection.commit();
            assertThat(Rows.of(connection, "SELECT n FROM app.fresh")).containsExactly(List.of("1"));
        }
    }

    @Test
    void takesNoTransactionNumber() throws SQLException {
        try (Connection connection = connect()) {
            assertThat(Verifier.verify(
                                    connection, checks("SELECT 1 WHERE pg_current_xact_id_if_assigned() IS NOT NULL"))
                            .clean())
                    .isTrue();
        }
    }

    @Test
    void aLostConnectionIsReportedAsSuch() throws SQLException {
        try (Connection connection = connect()) {
            String end = "SELECT pg_terminate_backend(pg_backend_pid())";
            assertThatThrownBy(() -> Verifier.verify(connection, checks(end)))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57P01"));
        }
    }
}
