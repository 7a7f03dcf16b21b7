package io.schemajob.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.CatalogText;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Generated scripts over every setting that a user may change and everything else that a session can carry: one run, one
 * script a run, a run that ends between any two, and a dry run end with the same code, and the first three in the same
 * catalog and rows. Each script writes down what it finds in its session, so a trace of another one shows in a row.
 *
 * <p>{@code -Dschemajob.tries=10000} for more, {@code -Dschemajob.seed=…} for one again.
 */
class SessionPropertyIT {
    private static final Postgres SERVER = Postgres.version(Postgres.NEWEST);

    /** They end the session, or the server refuses to let go of them; or the run's driver cannot live with them. */
    private static final String LEFT_OUT =
            "'role', 'session_authorization', 'transaction_isolation', 'transaction_read_only',"
                    + " 'transaction_deferrable', 'seed', 'is_superuser', 'DateStyle', 'client_encoding', 'transaction_timeout',"
                    + " 'statement_timeout', 'lock_timeout', 'idle_session_timeout', 'idle_in_transaction_session_timeout',"
                    + " 'log_statement_stats', 'log_parser_stats', 'log_planner_stats', 'log_executor_stats', 'zero_damaged_pages',"
                    + " 'exit_on_error', 'debug_discard_caches', 'default_tablespace', 'temp_tablespaces', 'session_preload_libraries',"
                    + " 'local_preload_libraries', 'dynamic_library_path', 'jit_provider', 'default_table_access_method',"
                    + " 'default_toast_compression', 'tcp_user_timeout', 'allow_in_place_tablespaces', 'allow_system_table_mods',"
                    + " 'ignore_system_indexes', 'ignore_checksum_failure', 'restrict_nonsystem_relation_kind',"
                    + " 'default_transaction_isolation', 'default_transaction_deferrable', 'wal_consistency_checking',"
                    + " 'createrole_self_grant', 'ssl_renegotiation_limit', 'log_min_messages', 'max_stack_depth',"
                    + " 'extension_control_path', 'io_method'";

    /** What a script sees of its session; the settings as one text. */
    private static final String WRITE_DOWN =
            """
            INSERT INTO public.seen SELECT '%s', (SELECT pg_catalog.string_agg(name || '=' || setting, ' ' ORDER BY name)
                    FROM pg_catalog.pg_settings WHERE context IN ('user', 'superuser') AND name NOT IN ('application_name')),
                current_user || session_user, current_setting('app.a', true) || '.', current_setting('app.b', true) || '.',
                (SELECT count(*) FROM pg_catalog.pg_prepared_statements), (SELECT count(*) FROM pg_catalog.pg_cursors
                    WHERE name <> '' AND is_holdable),
                (SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid()
                    AND objid IN (41, 42)),
                pg_catalog.pg_my_temp_schema() = 0, (SELECT count(*) FROM pg_catalog.pg_listening_channels());
            """;

    private static final String FIRST =
            """
            CREATE TABLE seen (script text, settings text, users text, a text, b text, prepared int, cursors int, locks int,
                no_temporary boolean, channels int);
            CREATE TABLE parent (id int PRIMARY KEY);
            CREATE TABLE child (id int REFERENCES parent DEFERRABLE INITIALLY DEFERRED, t text);
            CREATE SEQUENCE s;
            """;

    private static final List<String> STATEMENTS = List.of(
            "SET app.a = '1'",
            "SET LOCAL app.b = '2'",
            "DO $$ BEGIN PERFORM set_config('app.' || 'a', '3', false); END $$",
            "PREPARE p AS SELECT 1",
            "CREATE TEMP TABLE t (n int)",
            "CREATE TEMP TABLE t (n int) ON COMMIT DROP",
            "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
            "DECLARE d CURSOR FOR SELECT 1",
            "LISTEN x",
            "SET ROLE pg_monitor",
            "SET SESSION AUTHORIZATION pg_monitor",
            "SELECT pg_advisory_lock(41)",
            "SELECT pg_advisory_xact_lock_shared(42)",
            "SELECT pg_advisory_unlock_all()",
            "SELECT nextval('public.s')",
            "INSERT INTO public.parent SELECT lastval() + 1000",
            "INSERT INTO public.child VALUES (1), (2); INSERT INTO public.parent VALUES (1), (2) ON CONFLICT DO NOTHING",
            "INSERT INTO public.child VALUES (99)",
            "SET session_replication_role = replica",
            "SET standard_conforming_strings = off",
            "INSERT INTO public.child VALUES (NULL, 'C:\\temp\\new')",
            "SET search_path = ''",
            "CREATE TABLE unqualified (n int); DROP TABLE unqualified",
            "SET check_function_bodies = off",
            "CREATE OR REPLACE FUNCTION public.f() RETURNS int LANGUAGE sql AS 'SELECT nothing FROM nowhere'",
            "SET CONSTRAINTS ALL IMMEDIATE",
            "SET default_transaction_read_only = on",
            "RESET ALL",
            "DEALLOCATE ALL",
            "SAVEPOINT x; SET work_mem = '99kB'; ROLLBACK TO SAVEPOINT x",
            "ALTER ROLE CURRENT_USER SET work_mem = '88kB'",
            "SET client_encoding = 'LATIN1'",
            "SET TIME ZONE 'Asia/Kolkata'");

    private final List<String> settings = settings();

    private static List<String> settings() {
        try (OtherSession eye = OtherSession.ofSuperuser(SERVER.createDatabase())) {
            return eye.rows(
                    "SELECT format('SET %I = %L', name, coalesce(CASE vartype WHEN 'bool' THEN CASE setting WHEN 'on'"
                            + " THEN 'off' ELSE 'on' END WHEN 'enum' THEN enumvals[1 + (length(name) % cardinality(enumvals))]"
                            + " WHEN 'integer' THEN least(greatest(setting::numeric + 1, min_val::numeric), max_val::numeric)::text"
                            + " WHEN 'real' THEN (CASE WHEN setting::numeric > min_val::numeric THEN min_val ELSE max_val END)::text"
                            + " END, setting)) FROM pg_settings WHERE context IN ('user', 'superuser') AND name NOT IN ("
                            + LEFT_OUT
                            + ") AND vartype <> 'string' ORDER BY name");
        }
    }

    private String script(Random random, int number) {
        StringBuilder script = new StringBuilder(WRITE_DOWN.formatted(number));
        int statements = random.nextInt(4);
        for (int i = 0; i < statements; i++) {
            boolean setting = random.nextInt(3) == 0;
            List<String> from = setting ? settings : STATEMENTS;
            script.append(from.get(random.nextInt(from.size()))).append(";\n");
        }
        return script.toString();
    }

    private record Outcome(int code, String state, List<String> catalog, List<String> rows) {}

    private static Outcome outcome(Postgres.Database db, JobRun run) {
        List<String> rows = new ArrayList<>();
        try (OtherSession eye = OtherSession.ofSuperuser(db)) {
            for (String table : List.of("seen", "parent", "child")) {
                rows.addAll(eye.rows("SELECT * FROM public." + table + " x ORDER BY x::text"));
            }
            rows.addAll(eye.rows("SELECT version, script, success FROM flyway_schema_history ORDER BY installed_rank"));
            eye.execute("ALTER ROLE " + db.server().user() + " RESET ALL");
        }
        // The only differences between two databases are their names and those of their owners.
        return new Outcome(
                run.exitCode(),
                run.failure() == null ? "" : String.valueOf(run.failure().sqlState()),
                CatalogText.of(db).stream()
                        .map(line -> line.replaceAll("\\bdb\\d+", "db"))
                        .toList(),
                rows.stream().map(row -> row.replaceAll("\\bdb\\d+", "db")).toList());
    }

    private static Postgres.Database superuser() {
        Postgres.Database db = SERVER.createDatabase();
        return new Postgres.Database(SERVER, db.name(), SERVER.user(), SERVER.password());
    }

    @Test
    void howeverTheScriptsAreRunTheyEndTheSame() {
        int tries = Integer.getInteger("schemajob.tries", 40);
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        for (int i = 0; i < tries; i++) {
            tryOnce(seed + i);
        }
    }

    private void tryOnce(long seed) {
        Random random = new Random(seed);
        int count = 3 + random.nextInt(4);
        ScriptFolder scripts = ScriptFolder.create().with("001_s.up.sql", FIRST);
        List<String> texts = new ArrayList<>();
        for (int number = 2; number <= count; number++) {
            texts.add(script(random, number));
            scripts.with("%03d_s.up.sql".formatted(number), texts.get(texts.size() - 1));
        }
        String description = "-Dschemajob.seed=" + seed + "\n"
                + texts.stream()
                        .map(text -> text.substring(text.indexOf(";\n") + 2))
                        .collect(Collectors.joining("\n=>\n"));
        Postgres.Database once = superuser();
        JobRun atOnce = JobRun.migrate(once, scripts);
        Outcome expected = outcome(once, atOnce);

        Postgres.Database each = superuser();
        JobRun last = null;
        for (int number = 1; number <= count && (last == null || last.exitCode() == 0); number++) {
            last = JobRun.migrate(each, scripts, "%03d".formatted(number));
        }
        assertThat(outcome(each, last))
                .as("%s\none script a run: %s\n\nall at once: %s", description, last.text(), atOnce.text())
                .isEqualTo(expected);

        Postgres.Database cut = superuser();
        JobRun first = JobRun.migrate(cut, scripts, "%03d".formatted(1 + random.nextInt(count)));
        JobRun second = first.exitCode() == 0 ? JobRun.migrate(cut, scripts) : first;
        assertThat(outcome(cut, second))
                .as("%s\ncut in two: %s\n\nall at once: %s", description, second.text(), atOnce.text())
                .isEqualTo(expected);

        JobRun dry = JobRun.dryRun(superuser(), scripts);
        if (!dry.text().contains("nothing is verified")) {
            assertThat(dry.exitCode())
                    .as("%s\ndry run: %s\n\nall at once: %s", description, dry.text(), atOnce.text())
                    .isEqualTo(expected.code());
        }
    }
}
