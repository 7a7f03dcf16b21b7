package io.schemajob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many runs of mixed commands on one schema at once. The server's own log is the witness: each script is done and undone in turns, in the
 * order of the versions, as if one run had been after the other.
 */
class LoadIT {
    private static final int AT_ONCE = Matrix.tries(8, 32);
    private static final int SCRIPTS = Matrix.tries(30, 200);
    private static final long MILLIS = Matrix.tries(8_000, 120_000);
    private static final Pattern DDL = Pattern.compile("(CREATE|DROP) TABLE numbered_(\\d+)");

    /**
     * No Flyway is at work during a rollback: it never forgets a row of the history that it has read (it asks only for those of a higher
     * rank, {@code JdbcTableSchemaHistory}), so it would go on from what was rolled back meanwhile.
     *
     * @param beside whether every fourth is Flyway itself, which knows nothing of the job lock
     */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theHistoryIsLinear(boolean beside) throws Exception {
        NumberedScripts scripts = NumberedScripts.create(SCRIPTS);
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        try (Postgres server =
                Postgres.dedicated(17).setting("log_statement", "ddl").start()) {
            Postgres.Database database = server.createDatabase();
            Map<String, Integer> codes = new ConcurrentHashMap<>();
            ReadWriteLock flyways = new ReentrantReadWriteLock(true);
            long end = System.nanoTime() + MILLIS * 1_000_000;
            ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
            List<Future<Void>> workers = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                Random random = new Random(seed + i);
                boolean other = beside && i % 4 == 0;
                workers.add(pool.submit((Callable<Void>) () -> {
                    while (System.nanoTime() < end) {
                        if (other) {
                            codes.merge(under(flyways.readLock(), () -> flyway(scripts, database)), 1, Integer::sum);
                            continue;
                        }
                        List<String> command = command(random);
                        App.Result result = beside && command.get(0).equals("rollback")
                                ? under(flyways.writeLock(), () -> run(scripts, database, command))
                                : run(scripts, database, command);
                        codes.merge(command.get(0) + " " + result.exitCode(), 1, Integer::sum);
                        // Not at that version any more, or the lock was not to be had.
                        assertThat(result.exitCode())
                                .as(command + result.text())
                                .isIn(0, 64, 65, 75, 78);
                    }
                    return null;
                }));
            }
            for (Future<Void> worker : workers) {
                worker.get();
            }
            pool.shutdown();
            System.out.printf("%d at once on %d scripts, seed %d: %s%n", AT_ONCE, SCRIPTS, seed, new TreeMap<>(codes));
            assertThat(scripts.contradictions(database)).isEmpty();
            requireLinear(server.log());
            App.Result last = run(scripts, database, List.of("migrate"));
            assertThat(last.exitCode()).as(last.text()).isZero();
            assertThat(scripts.contradictions(database)).isEmpty();
        }
    }

    private static <T> T under(Lock lock, Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    private static List<String> command(Random random) {
        String version = "%03d".formatted(1 + random.nextInt(SCRIPTS));
        return switch (random.nextInt(8)) {
            case 0, 1 -> List.of("migrate", "+" + (1 + random.nextInt(5)));
            case 2 -> List.of("migrate", version);
            case 3 -> List.of("migrate");
            case 4 -> List.of("rollback", version, "--yes");
            case 5 -> List.of("rollback", "-" + (1 + random.nextInt(5)), "--yes");
            case 6 -> List.of("maintain");
            default -> List.of("repair");
        };
    }

    private static App.Result run(NumberedScripts scripts, Postgres.Database database, List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--bundle", scripts.folder().path().toString(), "--lock-wait", "60s"));
        return App.command(line.toArray(String[]::new)).database(database).run();
    }

    /** As its command line runs; it may give up, as the schema may change before it has the lock. */
    private static String flyway(NumberedScripts scripts, Postgres.Database database) {
        try {
            Flyway.configure()
                    .dataSource(
                            "jdbc:postgresql://127.0.0.1:%d/%s"
                                    .formatted(database.server().port(), database.name()),
                            database.user(),
                            database.password())
                    .locations("filesystem:" + scripts.folder().path().resolve("migrations"))
                    .sqlMigrationPrefix("")
                    .sqlMigrationSeparator("_")
                    .sqlMigrationSuffixes(".up.sql")
                    .load()
                    .migrate();
            return "flyway 0";
        } catch (FlywayException e) {
            return "flyway 1";
        }
    }

    /** The log as a stack: only the next version is done, only the newest undone. */
    private static void requireLinear(String log) {
        int at = 0;
        int changes = 0;
        for (MatchResult statement : DDL.matcher(log).results().toList()) {
            int version = Integer.parseInt(statement.group(2));
            boolean up = statement.group(1).equals("CREATE");
            assertThat(version)
                    .as("%d. change, %s at %d", ++changes, statement.group(), at)
                    .isEqualTo(up ? at + 1 : at);
            at = up ? version : version - 1;
        }
        assertThat(changes).as("statements in the server's log").isGreaterThan(SCRIPTS);
    }
}
