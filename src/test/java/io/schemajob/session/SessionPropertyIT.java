package io.schemajob.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.JobRun;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    /**
     * Left out, as they make every run end differently, or do nothing: {@code exit_on_error} ends the session with the first
     * error and {@code ignore_system_indexes} and {@code log_statement_stats} are refused or only fill the server's log;
     * {@code is_superuser} cannot be set. All others are tried.
     */
    private static final String LEFT_OUT = "'exit_on_error', 'is_superuser', 'log_min_messages', 'debug_print_parse',"
            + " 'debug_print_rewritten', 'debug_print_plan', 'debug_print_raw_parse'";

    /** One of so many runs is a process that is killed; the others end by themselves. */
    private static final int EVERY_KILL = 8;

    /** Values of settings that are text; all others are set to the value that they have. */
    private static final Map<String, String> TEXTS = Map.ofEntries(
            Map.entry("application_name", "mine"),
            Map.entry("backtrace_functions", "f"),
            Map.entry("client_encoding", "LATIN1"),
            Map.entry("createrole_self_grant", "set"),
            Map.entry("DateStyle", "ISO, DMY"),
            Map.entry("default_tablespace", "pg_default"),
            Map.entry("default_text_search_config", "pg_catalog.german"),
            Map.entry("dynamic_library_path", "/nowhere"),
            Map.entry("extension_control_path", "/nowhere"),
            Map.entry("lc_messages", "POSIX"),
            Map.entry("lc_monetary", "POSIX"),
            Map.entry("lc_numeric", "POSIX"),
            Map.entry("lc_time", "POSIX"),
            Map.entry("log_timezone", "Asia/Tokyo"),
            Map.entry("restrict_nonsystem_relation_kind", "foreign-table"),
            Map.entry("role", "pg_monitor"),
            Map.entry("search_path", "pg_catalog"),
            Map.entry("session_authorization", "pg_monitor"),
            Map.entry("session_preload_libraries", ""),
            Map.entry("temp_tablespaces", "pg_default"),
            Map.entry("TimeZone", "Asia/Kolkata"),
            Map.entry("timezone_abbreviations", "Australia"),
            Map.entry("wal_consistency_checking", "heap"));

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
        List<String> found = new ArrayList<>();
        try (OtherSession eye = OtherSession.ofSuperuser(SERVER.createDatabase())) {
            // A time is set to the longest there is, in the longest unit: no limit may strike in the middle of a test.
            for (String row : eye.rows("SELECT name, vartype, CASE"
                    + " WHEN vartype = 'bool' THEN CASE setting WHEN 'on' THEN 'off' ELSE 'on' END"
                    + " WHEN vartype = 'enum' THEN enumvals[1 + (length(name) % cardinality(enumvals))]"
                    + " WHEN unit IN ('ms', 's', 'min') THEN max_val || unit"
                    + " WHEN vartype = 'integer' THEN least(greatest(setting::numeric + 1, min_val::numeric), max_val::numeric)::text"
                    + " WHEN vartype = 'real' THEN CASE WHEN setting::numeric > min_val::numeric THEN min_val ELSE max_val END"
                    + " ELSE setting END FROM pg_settings WHERE context IN ('user', 'superuser') AND name NOT IN ("
                    + LEFT_OUT
                    + ") ORDER BY name")) {
                String[] parts = row.split("[|]", 3);
                String value = parts[1].equals("string") ? TEXTS.getOrDefault(parts[0], parts[2]) : parts[2];
                found.add("SET %s = %s".formatted(parts[0], list(parts[0], value)));
            }
        }
        return found;
    }

    /** Several names are a list only without quotes around all of them. */
    private static String list(String name, String value) {
        String quoted = "'" + value.replace("'", "''") + "'";
        return name.equals("DateStyle") || name.equals("search_path") && value.contains(",")
                ? value.replaceAll("\\s*(\\w+)", "'$1'")
                : quoted;
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
        int tries = Integer.getInteger("schemajob.tries", Matrix.tries(16, 400));
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        for (int i = 0; i < tries; i++) {
            tryOnce(seed + i);
        }
    }

    /**
     * A process that is killed when it writes the history row of a script, so that nothing of that script is left. A script
     * before it that fails ends the process by itself.
     */
    private static void kill(Postgres.Database db, ScriptFolder scripts, int at) {
        JobRun.migrate(db, scripts, "001");
        try (OtherSession holder = OtherSession.ofSuperuser(db);
                OtherSession eye = OtherSession.ofSuperuser(db)) {
            holder.execute(
                    "CREATE SCHEMA gate",
                    "CREATE FUNCTION gate.wait() RETURNS trigger LANGUAGE plpgsql AS"
                            + " $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$",
                    "CREATE TRIGGER wait BEFORE INSERT ON public.flyway_schema_history FOR EACH ROW WHEN (NEW.version = '%03d')"
                                    .formatted(at)
                            + " EXECUTE FUNCTION gate.wait()",
                    "SELECT pg_advisory_lock(4711)");
            App.Running run = scripts.migrate(db).start();
            eye.await(
                    "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND objid = 4711 AND NOT granted"
                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                    () -> !run.process().isAlive());
            run.kill().await();
            eye.await("SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name LIKE 'schemajob/%'"
                    + " AND datname = current_database()");
            holder.execute("DROP SCHEMA gate CASCADE");
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
        int at = 2 + random.nextInt(count - 1);
        JobRun second;
        if (Math.floorMod(seed, EVERY_KILL) == 0) {
            kill(cut, scripts, at);
            second = JobRun.migrate(cut, scripts);
        } else {
            JobRun first = JobRun.migrate(cut, scripts, "%03d".formatted(at - 1));
            second = first.exitCode() == 0 ? JobRun.migrate(cut, scripts) : first;
        }
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
