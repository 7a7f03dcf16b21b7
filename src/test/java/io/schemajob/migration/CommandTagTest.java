package io.schemajob.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are what psql 16 prints for the same statement. */
class CommandTagTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE t (a int) | -1 | CREATE TABLE",
                "create table if not exists t () | 0 | CREATE TABLE",
                "CREATE UNLOGGED TABLE t () | 0 | CREATE TABLE",
                "CREATE UNIQUE INDEX i ON t (a) | 0 | CREATE INDEX",
                "CREATE INDEX CONCURRENTLY i ON t (a) | 0 | CREATE INDEX",
                "CREATE OR REPLACE VIEW v AS SELECT 1 | 0 | CREATE VIEW",
                "CREATE TEMP VIEW v AS SELECT 1 | 0 | CREATE VIEW",
                "CREATE MATERIALIZED VIEW m AS SELECT 1 | 1 | SELECT 1",
                "CREATE MATERIALIZED VIEW m AS SELECT 1 WITH NO DATA | 0 | CREATE MATERIALIZED VIEW",
                "CREATE TABLE t AS SELECT 1 | 1 | SELECT 1",
                "CREATE CONSTRAINT TRIGGER c AFTER INSERT ON t EXECUTE FUNCTION f() | 0 | CREATE TRIGGER",
                "CREATE EVENT TRIGGER e ON sql_drop EXECUTE FUNCTION f() | 0 | CREATE EVENT TRIGGER",
                "CREATE OR REPLACE TRUSTED PROCEDURAL LANGUAGE l | 0 | CREATE LANGUAGE",
                "ALTER TABLE ONLY t ADD b int | 0 | ALTER TABLE",
                "DROP FOREIGN TABLE f | 0 | DROP FOREIGN TABLE",
                "DROP TABLE IF EXISTS t | 0 | DROP TABLE",
                "INSERT INTO t VALUES (1), (2) | 2 | INSERT 0 2",
                "UPDATE t SET a = 1 | 3 | UPDATE 3",
                "delete from t | 0 | DELETE 0",
                "COPY t FROM stdin | 7 | COPY 7",
                "SELECT 1 | -1 | SELECT",
                "WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x | 1 | INSERT 0 1",
                "WITH RECURSIVE x AS (SELECT 1), y AS (UPDATE t SET a = 1 RETURNING a) DELETE FROM t | 4 | DELETE 4",
                "DO $$BEGIN END$$ | 0 | DO",
                "GRANT SELECT ON t TO r | 0 | GRANT",
                "COMMENT ON TABLE t IS 'x' | 0 | COMMENT",
                "'-- why\nCREATE /* what */ TABLE t ()' | 0 | CREATE TABLE",
                "WITH x AS (SELECT '(') UPDATE t SET a = 1 | 2 | UPDATE 2",
            })
    void isWhatPsqlPrints(String sql, long rows, String tag) {
        assertThat(CommandTag.of(sql, rows)).isEqualTo(tag);
    }

    @Test
    void longCommentsBetweenWordsDoNotExhaustTheStack() {
        String between = " ".repeat(100_000) + "\n-- no\n".repeat(100_000) + "/* no */\n".repeat(100_000);
        assertThat(CommandTag.of("CREATE" + between + "TABLE" + between + "t ()", 0))
                .isEqualTo("CREATE TABLE");
    }

    @Property
    void neverFails(@ForAll String sql, @ForAll long rows) {
        assertThatCode(() -> CommandTag.of(sql, rows)).doesNotThrowAnyException();
    }
}
