package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** Scripts that run outside of a transaction, because their statement refuses one or because they say so. */
class NoTransactionIT {
    private static final String DIRECTIVE = "-- schemajob: no-transaction\n";

    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("001_t.up.sql", "CREATE TABLE t (id int, kind text);\nINSERT INTO t VALUES (1), (1);");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void whatCannotShareATransactionRunsStepByStep() {
        folder.with(
                        "002_all.up.sql",
                        DIRECTIVE
                                + """
                                SET lock_timeout = '3s';
                                CREATE TYPE role AS ENUM ('a');
                                ALTER TYPE role ADD VALUE 'b';
                                CREATE TABLE p (id int, r role DEFAULT 'b') PARTITION BY RANGE (id);
                                CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);
                                BEGIN ISOLATION LEVEL SERIALIZABLE;
                                CREATE TYPE role_new AS ENUM ('b');
                                ALTER TABLE p ALTER r DROP DEFAULT, ALTER r TYPE role_new USING r::text::role_new;
                                DROP TYPE role;
                                COMMIT;
                                CREATE INDEX CONCURRENTLY t_id ON t (id);
                                CREATE INDEX CONCURRENTLY t_kind ON t (kind);
                                CREATE INDEX p_id ON p (id);
                                REINDEX INDEX p_id;
                                DO $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO t VALUES (i + 10); COMMIT; END LOOP; END $$;
                                CREATE PROCEDURE work() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO t VALUES (99); COMMIT; END $$;
                                CALL work();
                                VACUUM t;
                                """)
                .with(
                        "002_all.down.sql",
                        DIRECTIVE + "DROP INDEX CONCURRENTLY t_id;\nDROP INDEX CONCURRENTLY t_kind;\n"
                                + "DROP PROCEDURE work();\nDROP TABLE p;\nDROP TYPE role_new;")
                .with("003_empty.up.sql", "")
                .with("003_empty.down.sql", "-- nothing\n")
                .with("004_after.up.sql", "CREATE TABLE after (id int);");

        cli.succeeds("migrate");

        assertThat(cli.applied()).containsExactly("001", "002", "003", "004");
        assertThat(cli.rows("SELECT count(*) FROM t")).containsExactly("6");
        assertThat(cli.rows("SELECT to_regclass('schemajob_progress') IS NULL")).containsExactly("t");
        assertThat(cli.succeeds("migrate").out()).contains("already applied");
        folder.with("004_after.down.sql", "DROP TABLE after;");
        cli.succeeds("rollback", "001", "--yes");
        assertThat(cli.applied()).containsExactly("001");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.contains("t_kind") || line.contains("role_new"));
    }

    @Test
    void aFailureIsToldStatementByStatementAndTheCorrectedScriptGoesOn() {
        folder.with(
                "002_x.up.sql",
                DIRECTIVE
                        + "INSERT INTO t VALUES (2);\nSET search_path = pg_catalog;\nBEGIN;\nINSERT INTO public.t VALUES (3);\n"
                        + "INSERT INTO public.t VALUES ('x');\nCOMMIT;\nCREATE TABLE public.later (n int4);");

        App.Result failed = cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate");

        assertThat(failed.err())
                .contains("002_x.up.sql line 6 (statement 5 of 7)")
                .contains(
                        "statements 1 to 2 (lines 2 to 3): done, and stays; statements 3 to 6 (lines 4 to 7): rolled back to"
                                + " its BEGIN; statement 7 (line 8): not begun. The history says 001.");
        assertThat(cli.rows("SELECT version, success FROM flyway_schema_history"))
                .containsExactly("001 t", "002 f");
        assertThat(cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate").err()).contains("line 6");
        assertThat(cli.rows("SELECT count(*) FROM t WHERE id > 1")).containsExactly("1");

        folder.with("002_x.up.sql", DIRECTIVE + "INSERT INTO t VALUES (22);\nCREATE TABLE later (n int);");
        assertThat(cli.fails(ExitStatus.HISTORY_INVALID, "migrate").err())
                .contains("those statements were changed since");

        folder.with(
                "002_x.up.sql",
                DIRECTIVE
                        + "INSERT INTO t VALUES (2);\nSET search_path = pg_catalog;\nBEGIN;\nINSERT INTO public.t VALUES (3);\n"
                        + "COMMIT;\nCREATE TABLE public.later (n int4);");
        assertThat(cli.succeeds("migrate").out()).contains("goes on at line 3");
        assertThat(cli.rows("SELECT id FROM t WHERE id > 1 ORDER BY id")).containsExactly("2", "3");
        assertThat(cli.applied()).containsExactly("001", "002");
        assertThat(cli.rows("SELECT to_regclass('schemajob_progress') IS NULL")).containsExactly("t");
    }

    @Test
    void aBlockThatCommitsItselfWaitsForAPerson() {
        String loop = "DO $$ BEGIN INSERT INTO t VALUES (7); COMMIT; PERFORM 1 / %s; END $$;";
        folder.with("002_x.up.sql", DIRECTIVE + loop.formatted("0"));
        assertThat(cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate").err())
                .contains("what it did before the error stays");
        cli.fails(ExitStatus.HISTORY_INVALID, "migrate");
        assertThat(cli.rows("SELECT count(*) FROM t WHERE id = 7")).containsExactly("1");
        folder.with("002_x.up.sql", DIRECTIVE + loop.formatted("1"));
        cli.succeeds("migrate");
        assertThat(cli.rows("SELECT count(*) FROM t WHERE id = 7")).containsExactly("2");
    }

    /** A killed build leaves an invalid index, also in the middle of a script. */
    @Test
    void anIndexThatFailedIsBuiltAgain() {
        folder.with(
                "002_x.up.sql",
                DIRECTIVE + "CREATE TABLE beside (n int);\nCREATE UNIQUE INDEX CONCURRENTLY t_key ON t (id);");
        assertThat(cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate").err()).contains("a later run clears away");
        database.execute("DELETE FROM t WHERE ctid = (SELECT max(ctid) FROM t)");
        assertThat(cli.succeeds("migrate").out()).contains("t_key was left invalid");
        assertThat(cli.applied()).containsExactly("001", "002");
    }

    /** No history row says whose the tables are then; the note of the progress does. */
    @Test
    void theVeryFirstScriptGoesOnAfterAKill() {
        ScriptFolder first = ScriptFolder.create()
                .with(
                        "001_x.up.sql",
                        DIRECTIVE
                                + "CREATE TABLE made (n int);\nSELECT pg_advisory_xact_lock(77);\nCREATE TABLE later (n int);");
        Cli job = Cli.of(first, database);
        try (OtherSession holder = OtherSession.of(database)) {
            holder.execute("SELECT pg_advisory_lock(77)");
            App.Running run = first.migrate(database).start();
            holder.await("SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
            run.kill().await();
        }
        assertThat(job.succeeds("migrate").out()).contains("goes on at line 3");
        assertThat(job.applied()).containsExactly("001");
        assertThat(job.rows("SELECT to_regclass('later') IS NOT NULL")).containsExactly("t");
    }

    /** Refused by the server before it did anything: nothing is recorded, and the corrected script just runs. */
    @Test
    void whatWasRefusedBeforeAnyEffectLeavesNothing() {
        database.execute("CREATE TABLE p (id int) PARTITION BY RANGE (id);"
                + "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (0) TO (10);"
                + "CREATE TABLE pd PARTITION OF p DEFAULT");
        for (String sql : new String[] {
            "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY",
            "CREATE INDEX CONCURRENTLY p_id ON p (id)",
            "CREATE INDEX CONCURRENTLY m_id ON missing (id)",
            "REINDEX TABLE CONCURRENTLY missing",
            "VACUUM (FULL) missing"
        }) {
            folder.with("002_x.up.sql", sql + ";");
            App.Result failed = cli.fails(ExitStatus.MIGRATION_FAILED, "migrate");
            assertThat(failed.err()).contains("nothing of it remains", "Correct 002_x.up.sql and run the job again.");
            assertThat(cli.applied()).containsExactly("001");
            assertThat(cli.history()).hasSize(1);
        }
        folder.with("002_x.up.sql", "VACUUM t;");
        cli.succeeds("migrate");
    }

    @Test
    void aHistoryRowThatIsRefusedDoesNotUndoAnIndex() {
        cli.succeeds("migrate");
        database.execute("CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE EXCEPTION ''not today''; END'; CREATE TRIGGER no BEFORE INSERT ON flyway_schema_history"
                + " FOR EACH ROW EXECUTE FUNCTION no()");
        folder.with("002_x.up.sql", "CREATE INDEX CONCURRENTLY t_id ON t (id);");
        App.Result failed = cli.fails(ExitStatus.MIGRATION_PARTIAL, "migrate");
        assertThat(failed.err())
                .contains("not today", "is done, and stays; the history does not say so")
                .doesNotContain("rolled back whole");
        database.execute("DROP TRIGGER no ON flyway_schema_history");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002");
    }

    @Test
    void allRefusedScriptsAreToldAtOnce() {
        folder.with("002_a.up.sql", "SELECT 1;\nVACUUM t;")
                .with("003_b.up.sql", "SELECT 1;\n\nCOMMIT;")
                .with("004_c.up.sql", "-- schemajob: no-transactions\nSELECT 1;");
        String message = cli.fails(ExitStatus.CONFIG, "migrate").err();
        assertThat(message)
                .contains(
                        "3 scripts are refused",
                        "002_a.up.sql:2: VACUUM",
                        "003_b.up.sql:3: a script may not begin or end")
                .contains("004_c.up.sql:1: ", "-- schemajob: no-transaction");
        assertThat(cli.rows("SELECT to_regclass('t') IS NULL")).containsExactly("t");
    }
}
