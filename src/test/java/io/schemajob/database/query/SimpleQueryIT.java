package io.schemajob.database.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

class SimpleQueryIT {
    private Connection session;

    @BeforeEach
    void connect() throws SQLException {
        session = Postgres.version(Postgres.NEWEST).createDatabase().connect();
        session.setAutoCommit(false);
        run("CREATE TABLE t (a int)");
    }

    @AfterEach
    void close() throws SQLException {
        session.close();
    }

    private String run(String sql) throws SQLException {
        return SimpleQuery.run(session, sql);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE UNIQUE INDEX i ON t (a) | CREATE INDEX",
                "CREATE OR REPLACE VIEW v AS SELECT 1 | CREATE VIEW",
                "CREATE TABLE u AS SELECT 1 | SELECT 1",
                "DROP TABLE IF EXISTS t | DROP TABLE",
                "INSERT INTO t VALUES (1), (2) | INSERT 0 2",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x RETURNING a | INSERT 0 1",
                "DO $$BEGIN END$$ | DO",
                "SELECT generate_series(1, 3) | SELECT 3",
                "SHOW search_path | SHOW",
                "COMMENT ON TABLE t IS 'x' | COMMENT",
            })
    void tellsTheTagThatPsqlPrints(String sql, String tag) throws SQLException {
        assertThat(run(sql)).isEqualTo(tag);
    }

    @Test
    void sendsTheStatementAsItStands() throws SQLException {
        // None of these is a placeholder or an escape of JDBC.
        String sql =
                "DO $$ BEGIN ASSERT '{d x}' LIKE '{_ x}' AND '{\"a\": 1}'::jsonb ? 'a' AND U&'\\00e4' = 'ä'; END $$ -- ?";
        assertThat(run(sql)).isEqualTo("DO");
    }

    @Test
    void handsOverNoticesInOrderAndKeepsNone() throws SQLException {
        List<String> notices = new ArrayList<>();
        List<Boolean> chained = new ArrayList<>();
        SimpleQuery.run(session, "DO $$ BEGIN RAISE NOTICE 'one'; RAISE WARNING 'two'; END $$", notice -> {
            notices.add(notice.getMessage());
            chained.add(notice.getNextWarning() != null);
        });
        assertThat(notices).containsExactly("one", "two");
        assertThat(chained).containsOnly(false);
    }

    @Test
    void failsWithStateAndPositionAndTheSessionGoesOn() throws SQLException {
        session.commit();
        assertThatThrownBy(() -> run("SELECT 1, nothing FROM t")).isInstanceOfSatisfying(PSQLException.class, e -> {
            assertThat(e.getSQLState()).isEqualTo("42703");
            assertThat(e.getServerErrorMessage().getPosition()).isEqualTo("SELECT 1, ".length() + 1);
        });
        session.rollback();
        assertThat(run("SELECT FROM t")).isEqualTo("SELECT 0");
    }

    @Test
    void isPartOfTheTransactionOfTheSession() throws SQLException {
        session.commit();
        run("INSERT INTO t VALUES (1)");
        session.rollback();
        assertThat(run("SELECT FROM t")).isEqualTo("SELECT 0");
        session.rollback();
        session.setAutoCommit(true);
        run("INSERT INTO t VALUES (1)");
        run("CREATE INDEX CONCURRENTLY i ON t (a)");
        assertThat(run("SELECT FROM t")).isEqualTo("SELECT 1");
    }

    @Test
    void anotherStatementOfTheSessionMayFollow() throws SQLException {
        run("INSERT INTO t VALUES (1)");
        try (Statement other = session.createStatement()) {
            assertThat(other.executeUpdate("UPDATE t SET a = 2")).isEqualTo(1);
        }
        assertThat(run("DELETE FROM t WHERE a = 2")).isEqualTo("DELETE 1");
    }
}
