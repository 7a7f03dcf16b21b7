package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** Statements with much to say: it is printed while they run, none of it is kept, and a flood is cut off. */
class NoticesIT {
    private final Postgres.Database db = Postgres.version(16).createDatabase();

    /** 200 MB of notices, in 64 MB of memory. */
    @Test
    void floodIsCutOffAndTakesNoMemory() {
        ScriptFolder folder = ScriptFolder.create()
                .with(
                        "migrations/001_flood.up.sql",
                        "DO $$ BEGIN FOR i IN 1..60000 LOOP RAISE NOTICE '% %', i, repeat('x', 2000); END LOOP; END $$;"
                                + " DO $$ BEGIN RAISE WARNING '%', repeat('y', 1000000); END $$;"
                                + " SELECT 'after the flood';")
                .with(
                        "migrations/002_copy.up.sql",
                        "CREATE TABLE t (n int); CREATE FUNCTION say() RETURNS trigger LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE NOTICE 'row % %', NEW.n, repeat('z', 2000); RETURN NEW; END $$;\n"
                                + "CREATE TRIGGER s BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION say();\n"
                                + "COPY t FROM stdin;\n" + "1\n".repeat(40_000) + "\\.\n")
                .with(
                        "verify/noisy.sql",
                        "SELECT n FROM t WHERE n > 1 AND say_again(n); SELECT say_again(g) AS n"
                                + " FROM generate_series(1, 20000) g WHERE NOT say_again(g);")
                .with(
                        "migrations/003_function.up.sql",
                        "CREATE FUNCTION say_again(n int) RETURNS boolean LANGUAGE plpgsql AS"
                                + " $$ BEGIN RAISE NOTICE '% %', n, repeat('v', 2000); RETURN true; END $$;");
        App.Result result = folder.migrate(db).memory("64m").run();
        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("NOTICE: 1 xxx", "NOTICE: 1000 xxx", "NOTICE: 59000 more notices of this statement")
                .contains("WARNING: yyy", "y… (1000000 characters in all)")
                .contains("NOTICE: row 1 zzz", "NOTICE: 39000 more notices")
                .doesNotContain("NOTICE: 1001 xxx");
    }

    /** Whoever watches sees them while the statement still runs. */
    @Test
    void noticeIsPrintedAtOnce() {
        ScriptFolder folder = ScriptFolder.create()
                .with(
                        "001_slow.up.sql",
                        "DO $$ BEGIN RAISE NOTICE 'half way'; PERFORM pg_sleep(60) FROM pg_class LIMIT 1; END $$;");
        try (OtherSession eye = OtherSession.of(db)) {
            App.Running run = folder.migrate(db).start().awaitText("half way");
            eye.await("SELECT count(*) = 1 FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event = 'PgSleep'");
            assertThat(run.terminate().await().exitCode()).isEqualTo(143);
        }
    }
}
