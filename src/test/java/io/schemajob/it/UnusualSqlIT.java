package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** SQL that JDBC, Flyway's placeholders or a naive splitter would spoil runs as psql would run it. */
class UnusualSqlIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with(
                    "001_literals.up.sql",
                    """
                    BEGIN;
                    CREATE TABLE t (n int, doc jsonb, text text);
                    INSERT INTO t VALUES
                        (1, '{"a": {"b": [1, 2]}, "c": "?"}', '{d ''2020-01-01''} {fn now()} {{x}}'),
                        (2, '{}', $body$it's; not -- a comment /* at all */ ${placeholder} \\d $$ $other$ $body$);
                    INSERT INTO t SELECT 3, NULL, string_agg(k, ',') FROM t, jsonb_object_keys(doc) k WHERE doc ? 'a';
                    INSERT INTO t VALUES (4, NULL, E'back\\\\slash \\' quote ? $1 :name @var') ;
                    UPDATE t SET text = text || (SELECT count(*) FROM t WHERE doc ?| ARRAY['a', 'z'] OR doc ?& '{c}')
                    WHERE n = 3;
                    COMMENT ON TABLE t IS U&'\\00e4\\00f6 {x}?';
                    COMMIT;
                    """)
            .with(
                    "002_copy.up.sql",
                    "COPY t (n, doc, text) FROM stdin;\n"
                            + "10\t{\"k\": \"semi;colon\"}\tco\\tlumn\n"
                            + "11\t\\N\t-- no comment; $$ 'quote\n"
                            + "\\.\n"
                            + "COPY t (n, text) FROM STDIN WITH (FORMAT csv);\n"
                            + "20,\"a \"\"quoted\"\";\n"
                            + "second line\"\n"
                            + "\\.\n"
                            + "INSERT INTO t VALUES (30, NULL, 'after');\n")
            .with(
                    "003_routines.up.sql",
                    """
                    CREATE FUNCTION sql_body(a int) RETURNS int
                        BEGIN ATOMIC
                            SELECT CASE WHEN a > 0 THEN 1 ELSE 2 END;
                            SELECT a + 1;
                        END;
                    CREATE PROCEDURE proc() LANGUAGE plpgsql AS $$
                    BEGIN
                        PERFORM 1; INSERT INTO t (n) VALUES (40);
                    END $$;
                    CALL proc();
                    CREATE TABLE log (n int);
                    CREATE RULE r AS ON INSERT TO log DO ALSO (UPDATE t SET n = n; NOTIFY logged);
                    DO $do$ BEGIN RAISE NOTICE 'hello %', '{there}?'; END $do$;
                    SELECT set_config('search_path', 'pg_catalog', true);
                    """)
            .with("004_path.up.sql", "CREATE TABLE lands_in_the_schema (n int);");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void runsUnchanged() {
        App.Result result = cli.succeeds("migrate");
        assertThat(result.out())
                .contains("COPY 2\nCOPY 1\nINSERT 0 1\n")
                .contains(
                        "CREATE FUNCTION\nCREATE PROCEDURE\nCALL\nCREATE TABLE\nCREATE RULE\n    NOTICE: hello {there}?\nDO\n");
        assertThat(cli.rows("SELECT n, doc, text FROM t ORDER BY n"))
                .containsExactly(
                        "1 {\"a\": {\"b\": [1, 2]}, \"c\": \"?\"} {d '2020-01-01'} {fn now()} {{x}}",
                        "2 {} it's; not -- a comment /* at all */ ${placeholder} \\d $$ $other$ ",
                        "3 NULL a,c1",
                        "4 NULL back\\slash ' quote ? $1 :name @var",
                        "10 {\"k\": \"semi;colon\"} co\tlumn",
                        "11 NULL -- no comment; $$ 'quote",
                        "20 NULL a \"quoted\";\nsecond line",
                        "30 NULL after",
                        "40 NULL NULL");
        assertThat(cli.rows("SELECT sql_body(41), obj_description('t'::regclass)"))
                .containsExactly("42 äö {x}?");
        assertThat(cli.rows("SELECT 'public.lands_in_the_schema'::regclass")).hasSize(1);
    }
}
