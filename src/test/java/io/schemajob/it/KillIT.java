package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Runs that are killed without warning, as by the kernel when memory runs out. */
class KillIT {
    private static final int KILLS = Matrix.tries(12, 60);
    private static final int AT_ONCE = 2;

    /** How much shorter the next tries are when a run had ended before it was to be killed. */
    private static final double SHORTER = 0.85;

    private static final int KILLED = 128 + 9;

    /** The first word that a run says once it talks to the server. */
    private static final String CONNECTED = "Database connection successful";

    private static final ScriptFolder SCRIPTS = ScriptFolder.create()
            .with(
                    "V1__tables.sql",
                    """
                    CREATE TABLE log (script int);
                    CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL DEFAULT 'none' CHECK (name <> ''));
                    INSERT INTO item SELECT n, 'item ' || n FROM generate_series(1, 3000) n;
                    CREATE INDEX item_old ON item (name, id);
                    """)
            .with("V2__log.sql", "INSERT INTO log VALUES (2); SELECT pg_sleep(0.05);")
            .with("V3__index.sql", "CREATE INDEX CONCURRENTLY item_name ON item (name);")
            .with("V4__unique.sql", "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS item_both ON item (id, name);")
            .with("V5__log.sql", "INSERT INTO log VALUES (5); ALTER TABLE item ADD COLUMN price numeric(9, 2);")
            .with("V6__drop.sql", "DROP INDEX CONCURRENTLY item_old;")
            .with("V7__reindex.sql", "REINDEX TABLE CONCURRENTLY item;")
            .with("V8__log.sql", "INSERT INTO log VALUES (8); SELECT pg_sleep(0.05);")
            .with("R__view.sql", "CREATE OR REPLACE VIEW items AS SELECT id, name FROM item;");

    @Test
    void nextRunEndsInTheSameSchemaWheneverTheLastOneWasKilled() throws InterruptedException, ExecutionException {
        Postgres.Database undisturbed = Postgres.version(16).createDatabase();
        App.Running run = SCRIPTS.migrate(undisturbed).start().awaitText(CONNECTED);
        long begin = System.nanoTime();
        App.Result result = run.await();
        double length = Seconds.since(begin);
        assertThat(result.exitCode()).as(result.text()).isZero();
        List<String> expected = dump(undisturbed);

        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        System.out.printf("Kills at random instants of %.2f s; again with -Dschemajob.seed=%d%n", length, seed);
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<Integer>> kills = IntStream.range(0, KILLS)
                .mapToObj(i -> pool.submit(() -> killOnce(new Random(seed + i), length, expected)))
                .toList();
        int missed = 0;
        for (Future<Integer> kill : kills) {
            missed += kill.get();
        }
        pool.shutdown();
        System.out.printf("%d runs were killed at work, %d had ended before%n", KILLS, missed);
    }

    /**
     * Starts runs until one was still at work when it was killed; how long a run takes differs too much from one to
     * the next to know an instant beforehand. Returns how many had ended before.
     */
    private static int killOnce(Random random, double length, List<String> expected) {
        double window = length;
        for (int missed = 0; missed < 40; missed++) {
            if (killAndRunAgain(random.nextDouble() * window, expected)) {
                return missed;
            }
            window *= SHORTER;
        }
        throw new AssertionError("no run was still at work when it was to be killed");
    }

    /** Returns whether the run was still at work. */
    private static boolean killAndRunAgain(double instant, List<String> expected) {
        Postgres.Database database = Postgres.version(16).createDatabase();
        App.Running run = SCRIPTS.migrate(database).start().awaitText(CONNECTED);
        sleep(instant);
        App.Result killed = run.kill().await();
        App.Result next = SCRIPTS.migrate(database).run();
        String what =
                "after a kill at %.3f s of%n%s%nthe next run said%n%s".formatted(instant, killed.text(), next.text());
        assertThat(next.exitCode()).as(what).isZero();
        assertThat(dump(database)).as(what).isEqualTo(expected);
        return killed.exitCode() == KILLED;
    }

    private static void sleep(double seconds) {
        try {
            Thread.sleep((long) (seconds * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void nextRunWaitsForTheServerSessionOfAKilledOne() {
        Postgres.Database db = Postgres.version(16).createDatabase();
        ScriptFolder scripts = ScriptFolder.create()
                .with("V1__slow.sql", "CREATE TABLE slow (n int); INSERT INTO slow VALUES (1); SELECT pg_sleep(3);");
        try (OtherSession eye = OtherSession.of(db)) {
            App.Running run = scripts.migrate(db).start();
            eye.await("SELECT count(*) = 1 FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event = 'PgSleep'");
            run.kill().await();
            App.Result next = scripts.migrate(db).run();
            assertThat(next.exitCode()).as(next.text()).isZero();
            assertThat(eye.count("slow")).isEqualTo(1);
        }
    }

    /** Everything that a run leaves behind but times and the name of the owner. */
    private static List<String> dump(Postgres.Database database) {
        try (OtherSession eye = OtherSession.of(database)) {
            return eye.rows(
                    """
                    SELECT 'column', table_name, column_name, data_type, is_nullable, column_default
                    FROM information_schema.columns WHERE table_schema = 'public'
                    UNION ALL
                    SELECT 'index', tablename, indexname, indexdef, (indisvalid AND indisready)::text, ''
                    FROM pg_indexes JOIN pg_index ON indexrelid = indexname::regclass WHERE schemaname = 'public'
                    UNION ALL
                    SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
                    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                    UNION ALL
                    SELECT 'view', viewname, definition, '', '', '' FROM pg_views WHERE schemaname = 'public'
                    UNION ALL
                    SELECT 'history', installed_rank::text, version, script, checksum::text, success::text
                    FROM flyway_schema_history
                    UNION ALL
                    SELECT 'log', script::text, count(*)::text, '', '', '' FROM log GROUP BY script
                    UNION ALL
                    SELECT 'items', count(*)::text, '', '', '', '' FROM item
                    ORDER BY 1, 2, 3, 4, 5, 6
                    """);
        }
    }
}
