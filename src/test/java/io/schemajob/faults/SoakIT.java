package io.schemajob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
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
    private final Path folder = TemporaryFolders.create("soak");
    private Path source;
    private Path targets;
    private int exports;
    private int restarts;

    @Test
    void nothingIsLost() {
        NumberedScripts scripts = NumberedScripts.create(SCRIPTS);
        scripts.folder()
                .with(
                        "import.yaml",
                        """
                        tables:
                          numbered_001: {columns: {n: n}}
                        layout: |
                          CREATE TABLE numbered_001 (n INTEGER);
                        """)
                .with("targets.yaml", "targets:\n- {name: this}\n");
        targets = scripts.folder().path().resolve("targets.yaml");
        source = SqliteFile.of("CREATE TABLE numbered_001 (n INTEGER)", "INSERT INTO numbered_001 VALUES (1), (2)")
                .path();
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
        List<App.Result> results = running.stream().map(App.Running::await).toList();
        TemporaryFolders.delete(folder);
        folder.toFile().mkdir();
        for (int i = 0; i < AT_ONCE; i++) {
            App.Result result = results.get(i);
            ends.merge(names.get(i) + " " + result.exitCode(), 1, Integer::sum);
            assertThat(result.exitCode()).as(names.get(i) + result.text()).isIn(0, 64, 65, 69, 75, 78, 84, 137, 143);
        }
    }

    private List<String> command(Random random) {
        return switch (random.nextInt(16)) {
            case 0, 1 -> List.of("migrate");
            case 2, 3, 4 -> List.of("migrate", "+" + (1 + random.nextInt(9)));
            case 5, 6 -> List.of("rollback", "-" + (1 + random.nextInt(9)), "--yes");
            case 7 -> List.of("rollback", "base", "--yes");
            case 8 -> List.of("repair");
            case 9 -> List.of("maintain");
            case 10 -> List.of("fleet", "migrate", "--targets", targets.toString());
            case 11 -> List.of("adopt");
            case 12 -> List.of("import", "sqlite", source.toString(), "--backup-dir", folder.toString());
            case 13 ->
                List.of(
                        "export",
                        "sqlite",
                        folder.resolve("out" + exports++ + ".db").toString());
            case 14 -> List.of(List.of("info", "verify", "usage", "current").get(random.nextInt(4)));
            default -> List.of("plan");
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
