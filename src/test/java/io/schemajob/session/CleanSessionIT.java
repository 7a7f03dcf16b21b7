package io.schemajob.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.lock.LockKeys;
import io.schemajob.job.data.MaintainJob;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a script does to its session reaches the next script, or the run's own work. */
class CleanSessionIT {
    private final Postgres server = Postgres.version(Postgres.NEWEST);
    private final Postgres.Database db = server.createDatabase();
    private final Postgres.Database superuser =
            new Postgres.Database(server, db.name(), server.user(), server.password());
    private final ScriptFolder scripts = ScriptFolder.create();
    private int number;

    private CleanSessionIT script(String sql) {
        scripts.with("%03d_s.up.sql".formatted(++number), sql);
        return this;
    }

    private void succeeds(Postgres.Database as) {
        JobRun run = JobRun.migrate(as, scripts);
        assertThat(run.exitCode()).as(run.text()).isZero();
    }

    private JobRun failsWith(Postgres.Database as, int code) {
        JobRun run = JobRun.migrate(as, scripts);
        assertThat(run.exitCode()).as(run.text()).isEqualTo(code);
        return run;
    }

    @Test
    void foreignKeysCountAgainAfterReplicationRole() {
        script("CREATE TABLE a (id int PRIMARY KEY); CREATE TABLE b (id int, a int REFERENCES a)");
        script("SET session_replication_role = replica; INSERT INTO b VALUES (1, 98)");
        script("INSERT INTO b VALUES (2, 99)");
        JobRun run = failsWith(superuser, 80);
        assertThat(run.failure().sqlState()).isEqualTo("23503");
        assertThat(run.failure().message()).contains("Migration 003");
    }

    @Test
    void stringsAreReadAsWrittenAgain() {
        script("CREATE TABLE a (t text)");
        script("SET standard_conforming_strings = off");
        script("INSERT INTO a VALUES ('C:\\temp\\new')");
        succeeds(db);
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.value("SELECT t FROM a")).isEqualTo("C:\\temp\\new");
        }
    }

    @Test
    void functionBodiesAreCheckedAgain() {
        script("SET check_function_bodies = false");
        script("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT missing FROM nowhere'");
        failsWith(db, 80);
    }

    /** Each statement makes something of a name that can be there only once, and the run needs its own things. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PREPARE x AS SELECT 1",
                "PREPARE \"S_1\" AS SELECT 1; PREPARE \"S_2\" AS SELECT 1",
                "CREATE TEMP TABLE x (n int)",
                "DECLARE x CURSOR WITH HOLD FOR SELECT 1",
                "CREATE SEQUENCE IF NOT EXISTS s; DO $$ BEGIN PERFORM lastval(); RAISE 'carried'; EXCEPTION WHEN"
                        + " object_not_in_prerequisite_state THEN PERFORM nextval('s'); END $$",
                "DO $$ BEGIN ASSERT NOT EXISTS (SELECT FROM pg_listening_channels()); END $$; LISTEN x",
                "DO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL; END $$; SET app.x = '1'",
                "DO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL; SET LOCAL app.x = '1'; END $$",
                "DO $$ BEGIN ASSERT current_setting('app.' || 'x', true) IS NULL;"
                        + " PERFORM set_config('app.' || 'x', 'v', true); END $$",
                "DO $$ BEGIN ASSERT current_user = session_user; END $$; SET ROLE pg_monitor",
                "DO $$ BEGIN ASSERT (SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND pid ="
                        + " pg_backend_pid() AND mode = 'ExclusiveLock') IS NOT TRUE; END $$; SELECT pg_advisory_lock(42)",
                "SELECT pg_advisory_unlock_all()",
                "DO $$ BEGIN PERFORM pg_advisory_unlock_all(); END $$",
                "SET search_path = ''; SET lock_timeout = '1h'",
                "DO $$ BEGIN ASSERT current_setting('lock_timeout') = '5s'; SET lock_timeout = 0; END $$",
                "RESET ALL; DO $$ BEGIN ASSERT current_setting('search_path') NOT LIKE '%nowhere%'; END $$;"
                        + " SELECT set_config('search_path', 'nowhere', false)",
                "DEALLOCATE ALL; CLOSE ALL; UNLISTEN *; RESET ROLE",
                "SET default_transaction_read_only = on",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY",
                "DO $$ BEGIN ASSERT current_setting('work_mem') <> '123kB'; END $$; SET work_mem = '123kB'",
                "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 1",
                "SET temp_buffers = '1MB'; CREATE TEMP TABLE y (n int); SELECT * FROM y",
                "DO $$ BEGIN ASSERT pg_my_temp_schema() = 0; END $$; CREATE TEMP VIEW z AS SELECT 1",
                "SET client_encoding = 'LATIN1'; SELECT 1",
                "SET client_encoding = 'SQL_ASCII'",
                "SET NAMES 'WIN1252'; SELECT 1",
                "SET timezone = 'Asia/Kolkata'",
                "SET datestyle = 'ISO, DMY'",
                "SET client_min_messages = error; SET row_security = off",
                "SET plpgsql.nonsense = '1'; DO $$ BEGIN ASSERT true; END $$",
                "DISCARD ALL",
                "-- schemajob: no-transaction\nDO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL; END $$;"
                        + "SET app.x = '1'; DISCARD ALL; SELECT pg_advisory_unlock_all(); SET app.x = '2'",
            })
    void everyScriptFindsItAsTheFirstDid(String sql) {
        server.superuserExecute("GRANT pg_monitor TO " + db.user());
        script(sql).script(sql).script("CREATE TABLE made (n int)").script(sql);
        succeeds(db);
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT version FROM public.flyway_schema_history ORDER BY 1"))
                    .containsExactly("001", "002", "003", "004");
            assertThat(eye.value("SELECT to_regclass('public.made') IS NOT NULL"))
                    .isEqualTo("t");
        }
    }

    /** The driver knows the first and not the second, and sends UTF-8 in its place. */
    @ParameterizedTest
    @ValueSource(strings = {"EUC_JP", "WIN1252"})
    void theNamesOfTheRunAreSentAsUtf8WhateverAScriptHasChosen(String encoding) {
        String role = "größer_" + db.name();
        server.superuserExecute("CREATE ROLE \"%s\"; GRANT \"%s\" TO %s".formatted(role, role, db.user()));
        server.superuserExecute("GRANT ALL ON DATABASE %s TO \"%s\"".formatted(db.name(), role));
        Map<String, String> environment = new HashMap<>(JobRun.environment(db));
        environment.put("SCHEMAJOB_OWNER_ROLE", role);
        environment.put("SCHEMAJOB_SCHEMA", "größer");
        script("SET client_encoding = '%s'; SELECT 1".formatted(encoding)).script("CREATE TABLE größer (n int)");
        JobRun run = JobRun.run(environment, scripts, JobRun.migrating("head"));
        assertThat(run.exitCode()).as(run.text()).isZero();
        try (OtherSession eye = OtherSession.ofSuperuser(db)) {
            assertThat(eye.value(
                            "SELECT tableowner FROM pg_tables WHERE schemaname = 'größer' AND tablename = 'größer'"))
                    .isEqualTo(role);
        }
    }

    /** Each statement, what of it the message must name, and the state: these the run cannot live with. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SET datestyle = 'German' | DateStyle",
                "DO $$ BEGIN PERFORM set_config('datestyle', 'SQL, MDY', true); END $$ | DateStyle",
                "SET client_encoding = 'LATIN1'; INSERT INTO a VALUES ('Ω') | client_encoding",
                "SET client_encoding = 'SQL_ASCII'; COMMENT ON TABLE a IS 'ä' | client_encoding",
                "SET TRANSACTION READ ONLY | read-only",
                "SELECT set_config('transaction_read_only', 'on', false) | read-only",
                "SAVEPOINT x; SET transaction_read_only = on; SELECT 1 | read-only",
            })
    void whatTheRunCannotLiveWithIsNamedAndRolledBack(String sql, String named) {
        script("CREATE TABLE a (t text)").script(sql);
        JobRun run = failsWith(db, 80);
        assertThat(run.failure().message()).contains("Migration 002", named);
        assertThat(run.failure().databaseState()).contains("rolled back whole; the schema is at 001");
        assertThat(JobRun.migrate(db, scripts).exitCode()).isEqualTo(80);
        JobRun dry = JobRun.dryRun(db, scripts);
        assertThat(dry.exitCode()).as(dry.text()).isEqualTo(80);
    }

    /** What is deferred to the end of a script fires under that script's settings. */
    @Test
    void deferredTriggersFireInTheSessionOfTheirScript() {
        script("CREATE TABLE a (t text); CREATE TABLE log (path text);"
                + " CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN INSERT INTO public.log VALUES (current_setting(''work_mem'')); RETURN NULL; END';"
                + " CREATE CONSTRAINT TRIGGER d AFTER INSERT ON a DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
                + " EXECUTE FUNCTION f()");
        script("SET work_mem = '99kB'; INSERT INTO a VALUES ('x')");
        script("INSERT INTO a VALUES ('y'); SET LOCAL work_mem = '98kB'");
        succeeds(db);
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.rows("SELECT path FROM log ORDER BY 1")).containsExactly("98kB", "99kB");
        }
    }

    /** A function made by one script, called by a trigger of another, leaves what only a new session is free of. */
    @Test
    void whatFunctionsLeaveIsSeenToo() {
        script("CREATE TABLE a (t text); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM set_config(''app.'' || NEW.t, ''1'', false); RETURN NEW; END';"
                + " CREATE TRIGGER d BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()");
        script("INSERT INTO a VALUES ('x')");
        script("DO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL; END $$");
        succeeds(db);
        script("INSERT INTO a VALUES ('x')");
        script("DO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL; END $$");
        succeeds(db);
    }

    /** A view, a default, a rule or a check may call set_config without any function of somebody's. */
    @Test
    void whatExpressionsLeaveIsSeenToo() {
        String set = "set_config('app.%s', '1', false)";
        script("CREATE VIEW v AS SELECT %s AS s; CREATE TABLE a (n int, t text DEFAULT %s);"
                .formatted(set.formatted("v"), set.formatted("d")));
        script(
                "CREATE TABLE b (n int CHECK (%s = '1')); CREATE TABLE c (n int); CREATE RULE r AS ON INSERT TO c DO ALSO SELECT %s;"
                        .formatted(set.formatted("c"), set.formatted("r")));
        script("CREATE TABLE e (n int); ALTER TABLE e ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
                + " CREATE POLICY p ON e USING (true) WITH CHECK (" + set.formatted("p") + " = '1')");
        String[] uses = {
            "SELECT * FROM v",
            "INSERT INTO a (n) VALUES (1)",
            "INSERT INTO b VALUES (1)",
            "INSERT INTO c VALUES (1)",
            "INSERT INTO e VALUES (1)",
            "SELECT 1"
        };
        String nothing = "DO $$ BEGIN ASSERT (SELECT count(current_setting(name, true)) = 0 FROM"
                + " unnest('{app.v,app.d,app.c,app.r,app.p}'::text[]) name); END $$; ";
        for (String use : uses) {
            script(nothing + use);
        }
        succeeds(db);
        // In a run of their own nothing in the scripts says so.
        for (String use : uses) {
            script(nothing + use);
        }
        succeeds(db);
    }

    @Test
    void maintenanceTasksDoNotMeet() {
        server.superuserExecute("GRANT pg_monitor TO " + db.user());
        script("CREATE TABLE a (n int); INSERT INTO a SELECT generate_series(1, 25)");
        String task = "DO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL AND current_user = session_user"
                + " AND current_setting('work_mem') <> '66kB' AND pg_my_temp_schema() = 0; PERFORM set_config('app.x', '1', false),"
                + " set_config('work_mem', '66kB', false); CREATE TEMP TABLE t (n int); SET ROLE pg_monitor; END $$;\n";
        scripts.with(
                "maintenance.sql",
                "-- task: one  One\n" + task + "-- task: two  Two\n" + task + "-- task: unlock  Unlock\n"
                        + "SELECT pg_advisory_unlock_all();\n-- setting: batch = 10  rows\n-- task: rows  Rows\n-- batch\n"
                        + "DELETE FROM a WHERE n IN (SELECT n FROM a LIMIT :batch);\n");
        succeeds(db);
        JobRun run = JobRun.run(db, scripts, job -> new MaintainJob(job, Map.of(), List.of()).execute());
        assertThat(run.exitCode()).as(run.text()).isZero();
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.count("a")).isZero();
        }
    }

    /** While a script is at work that has released whatever its session held, nobody else gets in. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_advisory_unlock_all(); LOCK TABLE other.gate",
                "DO $$ BEGIN PERFORM pg_advisory_unlock_all(); LOCK TABLE other.gate; END $$",
                "-- schemajob: no-transaction\nSELECT pg_advisory_unlock_all();\nSELECT count(*) FROM other.gate",
                "-- schemajob: no-transaction\nDISCARD ALL;\nSELECT count(*) FROM other.gate",
                "-- schemajob: no-transaction\nBEGIN ISOLATION LEVEL SERIALIZABLE;\nSELECT pg_advisory_unlock_all();\n"
                        + "SELECT count(*) FROM other.gate;\nCOMMIT",
                "-- schemajob: no-transaction\nBEGIN;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nSELECT 1;\nCOMMIT;\n"
                        + "SELECT pg_advisory_unlock_all();\nCREATE INDEX CONCURRENTLY i ON other.gate (n)",
            })
    void nobodyElseGetsInMeanwhile(String sql) {
        script("SELECT 1");
        script(sql);
        LockKeys keys = LockKeys.of(db.name(), "public");
        Map<String, String> patient = JobRun.environment(db);
        patient.put("SCHEMAJOB_LOCK_TIMEOUT", "60s");
        Map<String, String> second = JobRun.environment(db);
        second.put("SCHEMAJOB_LOCK_WAIT", "300ms");
        try (OtherSession holder = OtherSession.of(db);
                OtherSession eye = OtherSession.of(db)) {
            holder.execute("CREATE SCHEMA other", "CREATE TABLE other.gate (n int)", "BEGIN", "LOCK TABLE other.gate");
            JobRun.Running run = JobRun.start(patient, scripts, JobRun.migrating("head"));
            eye.await("SELECT count(*) = 1 FROM pg_locks WHERE relation = 'other.gate'::regclass AND NOT granted");
            assertThat(eye.value("SELECT pg_try_advisory_lock(%d)".formatted(keys.job())))
                    .isEqualTo("f");
            assertThat(eye.value("SELECT pg_try_advisory_lock(%d)".formatted(keys.shared())))
                    .isEqualTo("f");
            JobRun other = JobRun.run(second, scripts, JobRun.migrating("head"));
            assertThat(other.exitCode()).as(other.text()).isEqualTo(75);
            assertThat(other.text()).contains("Another run holds the job lock");
            holder.execute("COMMIT");
            JobRun result = run.await();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
    }

    /** The next script sees what a new run would: settings that are stored count for new sessions. */
    @Test
    void storedSettingsCountFromTheNextScriptOn() {
        script("ALTER ROLE CURRENT_USER SET work_mem = '77kB'");
        script("DO $$ BEGIN ASSERT current_setting('work_mem') = '77kB'; END $$");
        script("RESET ALL; ALTER ROLE CURRENT_USER RESET work_mem");
        script("DO $$ BEGIN ASSERT current_setting('work_mem') <> '77kB'; END $$");
        succeeds(db);
    }

    /** Downwards too: the history is written as the run's user, whatever the script did. */
    @Test
    void downScriptsCannotReachTheHistoryEither() {
        scripts.with("001_a.up.sql", "CREATE TABLE a (t text)")
                .with("001_a.down.sql", "DROP TABLE a; SELECT pg_advisory_unlock_all(); SET search_path = ''")
                .with("002_b.up.sql", "CREATE TABLE b (t text)")
                .with("002_b.down.sql", "DROP TABLE b; SET ROLE pg_monitor; SET default_transaction_read_only = on");
        server.superuserExecute("GRANT pg_monitor TO " + db.user());
        succeeds(db);
        JobRun down = JobRun.rollback(db, scripts, "base");
        assertThat(down.exitCode()).as(down.text()).isZero();
    }

    /** The lock that tells the next run of a killed one's backend is held while the script that dropped it is at work. */
    @ParameterizedTest
    @ValueSource(strings = {"pg_advisory_unlock_all()", "released()"})
    void locksSurviveInTheMiddleOfAScript(String release) {
        try (OtherSession eye = OtherSession.of(db)) {
            eye.execute("CREATE FUNCTION released() RETURNS void LANGUAGE sql AS 'SELECT pg_advisory_unlock_all()'");
        }
        script("SELECT 1");
        script(
                "CREATE TABLE held AS SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'"
                        + " AND pid = pg_backend_pid() AND false; SELECT " + release
                        + "; INSERT INTO held SELECT count(*) FROM"
                        + " pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock' AND pid = pg_backend_pid()");
        succeeds(db);
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.value("SELECT max(n) FROM held")).isEqualTo("1");
        }
    }

    /** Checks neither meet each other nor the session that holds the locks of the run. */
    @Test
    void checksDoNotMeet() {
        String check = "DO $$ BEGIN ASSERT current_setting('app.x', true) IS NULL"
                + " AND current_setting('work_mem') <> '66kB' AND NOT EXISTS (SELECT FROM pg_prepared_statements)"
                + " AND (SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
                + " AND %s); END $$; SET app.x = '1'; SET work_mem = '66kB'; PREPARE p AS SELECT 1;"
                + " SELECT WHERE pg_advisory_unlock_all() IS NULL; SELECT WHERE pg_advisory_lock(7) IS NULL;"
                + " SET ROLE pg_monitor; SELECT WHERE false";
        server.superuserExecute("GRANT pg_monitor TO " + db.user());
        script("CREATE TABLE a (t text)");
        scripts.with("verify/1.sql", check.formatted("true")).with("verify/2.sql", check.formatted("true"));
        succeeds(db);
        JobRun verify = JobRun.verify(db, scripts);
        assertThat(verify.exitCode()).as(verify.text()).isZero();
        script("CREATE TABLE b (t text)");
        scripts.with("verify/1.sql", check.replace("app.x", "app.y").formatted("objid = 7"))
                .with("verify/2.sql", check.replace("app.x", "app.z").formatted("objid = 8"));
        JobRun dry = JobRun.dryRun(db, scripts);
        assertThat(dry.exitCode()).as(dry.text()).isZero();
    }
}
