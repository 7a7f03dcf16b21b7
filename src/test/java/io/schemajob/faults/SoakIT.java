package io.schemajob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Hours of processes that are killed, stopped and told to end at random instants, on a server that restarts at random: on demand, with
 * {@code -Dschemajob.soak=3600} (seconds).
 */
@EnabledIfSystemProperty(named = "schemajob.soak", matches = "\\d+")
class SoakIT {
    private static final int SCRIPTS = 40;
    private static final int AT_ONCE = 3;

    private static final String NOBODY = "SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'schemajob/%'";

    private final Map<String, Integer> ends = new TreeMap<>();
    private int restarts;

    @Test
    void nothingIsLost() {
        NumberedScripts scripts = NumberedScripts.create(SCRIPTS);
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        Random random = new Random(seed);
        long end = System.nanoTime() + Long.getLong("schemajob.soak") * 1_000_000_000L;
        int rounds = 0;
        try (Postgres server = Postgres.dedicated(16).start()) {
            Postgres.Database database = server.createDatabase();
            while (System.nanoTime() < end) {
                round(scripts, server, database, random);
                try (OtherSession eye = OtherSession.ofSuperuser(database)) {
                    eye.await(NOBODY);
                }
                assertThat(scripts.contradictions(database))
                        .as("round %d of seed %d", rounds, seed)
                        .isEmpty();
                rounds++;
                if (rounds % 50 == 0) {
                    System.out.printf("%d rounds, %d restarts, ends %s%n", rounds, restarts, ends);
                }
            }
            App.Result last = app(scripts, database, List.of("migrate")).start().await();
            assertThat(last.exitCode()).as(last.text()).isZero();
            assertThat(scripts.contradictions(database)).isEmpty();
        }
        System.out.printf("Soak of seed %d: %d rounds, %d restarts, ends %s%n", seed, rounds, restarts, ends);
    }

    /** Some processes at once, each of which something may happen to, and the server too. */
    private void round(NumberedScripts scripts, Postgres server, Postgres.Database database, Random random) {
        List<App.Running> running = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            List<String> command = command(random);
            names.add(command.get(0));
            running.add(app(scripts, database, command).start());
        }
        pause(random.nextInt(2_500));
        if (random.nextInt(6) == 0) {
            server.restart();
            restarts++;
        }
        for (App.Running run : running) {
            pause(random.nextInt(200));
            switch (random.nextInt(6)) {
                case 0, 1 -> run.kill();
                case 2 -> run.terminate();
                case 3 -> {
                    run.signal("STOP");
                    pause(random.nextInt(1_500));
                    run.signal("CONT");
                }
                default -> {}
            }
        }
        for (int i = 0; i < AT_ONCE; i++) {
            App.Result result = running.get(i).await();
            ends.merge(names.get(i) + " " + result.exitCode(), 1, Integer::sum);
            assertThat(result.exitCode()).as(result.text()).isIn(0, 64, 65, 69, 75, 78, 137, 143);
        }
    }

    private static List<String> command(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> List.of("migrate");
            case 1 -> List.of("migrate", "+" + (1 + random.nextInt(9)));
            case 2 -> List.of("rollback", "-" + (1 + random.nextInt(9)), "--yes");
            case 3 -> List.of("rollback", "base", "--yes");
            case 4 -> List.of("repair");
            default -> List.of("maintain");
        };
    }

    private static App app(NumberedScripts scripts, Postgres.Database database, List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--bundle", scripts.folder().path().toString(), "--connect-timeout", "20s"));
        return App.of(line.toArray(String[]::new)).database(database);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
