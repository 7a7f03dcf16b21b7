package io.schemajob.bundle.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.sql.ConcurrentIndex.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrentIndexTest {
    private static Statement statement(String sql) {
        return new Statement(sql, 0, sql.length(), 1, StatementKinds.of(new SqlLexer("", sql)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "create index concurrently i on t (a)                          | CREATE  | i       | t     | false",
                "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS MyIndex ON ONLY S.T (a) | CREATE | s.myindex | s.t | true",
                "create index concurrently \"My \"\"Index\" on \"T\".x (a)     | CREATE  | T.My \"Index | T.x | false",
                "create /* x */ index concurrently on t (a)                    | CREATE  | -       | t     | false",
                "create index concurrently \"on\" on t (a)                     | CREATE  | on      | t     | false",
                "create index concurrently U&\"d\\0061t\\+000061\\\\\" on t (a) | CREATE | data\\ | t     | false",
                "create index concurrently U&\"d!0061t\" uescape '!' on t (a)  | CREATE  | dat     | t     | false",
                "create index concurrently Größe on t (a)                      | CREATE  | größe   | t     | false",
                "create index concurrently ÄB on t (a)                         | CREATE  | Äb      | t     | false",
                "drop index concurrently i                                     | DROP    | i       | -     | false",
                "drop index concurrently if exists \"S\".i cascade             | DROP    | S.i     | -     | true",
                "reindex index concurrently s.I                                | REINDEX | s.i     | -     | false",
                "reindex (verbose, concurrently) index i                       | REINDEX | i       | -     | false",
                "reindex table concurrently t                                  | REINDEX | -       | t     | false",
                "reindex schema concurrently s                                 | REINDEX | -       | -     | false",
            })
    void readsWhatTheStatementWorksOn(String sql, Action action, String index, String table, boolean conditional) {
        ConcurrentIndex found = ConcurrentIndex.of(statement(sql)).orElseThrow();
        assertThat(found.action()).isEqualTo(action);
        assertThat(text(found.index())).isEqualTo(index);
        assertThat(text(found.table())).isEqualTo(table);
        assertThat(found.conditional()).isEqualTo(conditional);
    }

    private static String text(SqlName name) {
        return name == null ? null : name.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create index i on t (a)",
                "vacuum t",
                "reindex database d",
                "reindex (concurrently false) schema s",
                "drop database d",
                "create database index",
                "create index concurrently i",
                "drop tablespace s"
            })
    void isEmptyForEverythingElse(String sql) {
        assertThat(ConcurrentIndex.of(statement(sql))).isEmpty();
    }

    @Test
    void longNamesAreCutAsTheServerCutsThem() {
        SqlName index = ConcurrentIndex.of(statement("create index concurrently " + "ü".repeat(40) + " on t (a)"))
                .orElseThrow()
                .index();
        assertThat(index.name()).isEqualTo("ü".repeat(31));
    }
}
