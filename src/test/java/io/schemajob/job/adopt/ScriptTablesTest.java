package io.schemajob.job.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptTablesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE TABLE IF NOT EXISTS Items (n int) | items | items",
                "CREATE UNLOGGED TABLE \"Items\" AS SELECT 1 | Items | Items",
                "CREATE TABLE app.items (n int) | app.items | app.items",
                "CREATE TEMP TABLE items (n int) | '' | ''",
                "CREATE OR REPLACE VIEW v AS SELECT 1; CREATE MATERIALIZED VIEW m AS SELECT 1 | m v | m v",
                "CREATE TABLE p PARTITION OF items FOR VALUES IN (1) | p | p",
                "CREATE FOREIGN TABLE f (n int) SERVER s | f | f",
                "CREATE TABLE a (n int); DROP TABLE a | a | ''",
                "CREATE TABLE a (n int); ALTER TABLE a RENAME TO b | a b | b",
                "CREATE TABLE a (n int); ALTER TABLE a RENAME COLUMN n TO m | a | a",
                "SELECT 1 AS n INTO a | a | a",
                "SET search_path = other, public; CREATE TABLE IF NOT EXISTS a (n int) | other.a | other.a",
                "SET LOCAL search_path TO 'other'; CREATE TABLE a (n int); RESET ALL; CREATE TABLE b (n int) | b other.a | b other.a",
                "SET search_path TO \"$user\", public; CREATE TABLE a (n int) | a | a",
                "SELECT 1 INTO TEMP a | '' | ''",
                "DO $$ BEGIN IF true THEN CREATE TABLE a (n int); ELSE CREATE TABLE b (n int); END IF; END $$ | a b | a b",
                "DO 'BEGIN CREATE TABLE a (n text DEFAULT ''x''); END' | a | a",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'CREATE TABLE z (n int)' | '' | ''",
            })
    void readsWhatTheScriptsMakeAndWhatRemains(String sql, String made, String remaining) {
        ScriptTables tables = tables(sql);
        assertThat(names(tables.made())).isEqualTo(made);
        assertThat(names(tables.remaining())).isEqualTo(remaining);
        assertThat(tables.certain()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE a ADD COLUMN m int | a",
                "CREATE INDEX i ON a (n) | a",
                "INSERT INTO a VALUES (1); UPDATE b SET n = 1; DELETE FROM c; TRUNCATE d | a b c d",
                "WITH x AS (SELECT 1) INSERT INTO a SELECT * FROM x | a",
                "DO $$ BEGIN INSERT INTO a VALUES (1); END $$ | a",
                "GRANT SELECT ON a TO public | ''",
            })
    void readsWhatTheyChange(String sql, String changed) {
        assertThat(names(tables(sql).changed())).isEqualTo(changed);
    }

    @Test
    void readsTheTableOfCopiedRows() {
        assertThat(names(tables("COPY a FROM stdin;\n1\n\\.\n").changed())).isEqualTo("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DO $$ BEGIN EXECUTE 'CREATE TABLE a (n int)'; END $$",
                "CALL make_everything()",
                "SELECT make_everything()",
                "IMPORT FOREIGN SCHEMA s FROM SERVER x INTO public",
                "CREATE TABLE a (n int",
            })
    void saysWhenTheTextDoesNotTell(String sql) {
        assertThat(tables(sql).certain()).isFalse();
    }

    @Test
    void aCallBesideTablesIsNoDoubt() {
        assertThat(tables("CREATE TABLE a (n int); SELECT setval('s', 1)").certain())
                .isTrue();
        assertThat(tables("CREATE EXTENSION pg_trgm", "CREATE TYPE t AS ENUM ('a')")
                        .certain())
                .isTrue();
    }

    private static ScriptTables tables(String... scripts) {
        List<Migration> migrations = new ArrayList<>();
        for (String sql : scripts) {
            Script script = Script.of(new TextFile(migrations.size() + "_a.up.sql", sql));
            migrations.add(new Migration(Version.of(String.valueOf(migrations.size())), "a", "a", script, null));
        }
        return ScriptTables.of(migrations);
    }

    private static String names(java.util.Set<?> names) {
        return names.stream().map(Object::toString).sorted().collect(Collectors.joining(" "));
    }
}
