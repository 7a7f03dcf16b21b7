package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Parts;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresProxy;
import io.schemajob.testing.PostgresProxy.Strike;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever breaks while an import is under way: either all rows are there or none, and the next run ends it. */
class ImportFaultsIT {
    /** Where the header of a file says how many pages are free. */
    private static final long FREE_PAGES = 36;

    private static final String BUNDLE = "agent-platform";
    private static final int TASKS = 20_000;
    private static final int KILLS = Matrix.tries(20, 40);
    private static final String BEGUN = "Backing up";
    private static final String EXPORTING = "Database connection successful";
    private static final double SHORTER = 0.8;
    private static final SqliteFile FILE = SqliteFile.phase1(50, TASKS);

    @Test
    void neverAPartOfTheDataWheneverARunIsKilled() throws InterruptedException {
        Postgres.Database db = migrated(Postgres.version(16));
        App.Running undisturbed = FILE.importInto(db, BUNDLE).start().awaitText(BEGUN);
        long begin = System.nanoTime();
        assertThat(undisturbed.await().exitCode()).isZero();
        double window = Seconds.since(begin);
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.printf("Kills at random instants of %.2f s; again with -Dschemajob.seed=%d%n", window, seed);
        int killed = 0;
        try (OtherSession eye = OtherSession.of(db)) {
            eye.execute("TRUNCATE agents, tasks CASCADE");
            for (int tries = 0; killed < KILLS; tries++) {
                assertThat(tries).as("runs until %d were killed at work", KILLS).isLessThan(4 * KILLS);
                App.Running run = FILE.importInto(db, BUNDLE).start().awaitText(BEGUN);
                Thread.sleep((long) (random.nextDouble() * window * 1000));
                boolean atWork = run.kill().await().exitCode() != 0;
                eye.await("SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name LIKE 'schemajob/%'");
                int rows = eye.count("tasks");
                assertThat(rows).as("seed %d, kill %d", seed, killed).isIn(0, TASKS);
                assertThat(eye.count("agents")).isEqualTo(rows == 0 ? 0 : 50);
                if (rows > 0) {
                    eye.execute("TRUNCATE agents, tasks CASCADE");
                }
                killed += atWork ? 1 : 0;
                window *= atWork ? 1 : SHORTER;
            }
            Cli.succeeded(FILE.importInto(db, BUNDLE).run());
            assertThat(eye.count("tasks")).isEqualTo(TASKS);
        }
    }

    /** The file has its name only when it is whole, and what a killed run leaves is no obstacle to the next one. */
    @Test
    void neverAPartOfAFileWheneverAnExportIsKilled() throws InterruptedException, IOException {
        Postgres.Database db = migrated(Postgres.version(17));
        Path folder = TemporaryFolders.create("killed-export");
        Path ids = folder.resolve("ids.csv");
        Cli.succeeded(FILE.importInto(db, BUNDLE, "--id-map", ids.toString()).run());
        Path back = folder.resolve("back.db");
        App export = App.command("export", "sqlite", back.toString(), "--bundle", BUNDLE, "--id-map", ids.toString())
                .database(db);
        String tasks = "SELECT id, title, description, status, assigned_agent_id FROM tasks ORDER BY id";
        List<String> expected = FILE.rows(tasks);
        App.Running undisturbed = export.start().awaitText(EXPORTING);
        long begin = System.nanoTime();
        assertThat(undisturbed.await().exitCode()).isZero();
        double window = Seconds.since(begin);
        long seed = Long.getLong("schemajob.seed", System.nanoTime());
        Random random = new Random(seed);
        System.out.printf("Kills at random instants of %.2f s; again with -Dschemajob.seed=%d%n", window, seed);
        int killed = 0;
        for (int tries = 0; killed < KILLS; tries++) {
            assertThat(tries).as("runs until %d were killed at work", KILLS).isLessThan(4 * KILLS);
            Files.deleteIfExists(back);
            App.Running run = export.start().awaitText(EXPORTING);
            Thread.sleep((long) (random.nextDouble() * window * 1000));
            boolean atWork = run.kill().await().exitCode() != 0;
            if (Files.exists(back)) {
                assertThat(SqliteFile.existing(back).rows(tasks))
                        .as("seed %d", seed)
                        .isEqualTo(expected);
            }
            killed += atWork ? 1 : 0;
            window *= atWork ? 1 : SHORTER;
        }
        Files.deleteIfExists(back);
        Cli.succeeded(export.run());
        assertThat(SqliteFile.existing(back).rows(tasks)).isEqualTo(expected);
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("ids.csv", "back.db");
    }

    @Test
    void serverThatRestartsInTheMiddleKeepsNothing() {
        try (Postgres server = Postgres.dedicated(17).start()) {
            Postgres.Database db = migrated(server);
            SqliteFile large = SqliteFile.phase1(50, 60_000);
            App.Running run = large.importInto(db, BUNDLE, "--verbose", "--connect-timeout", "30s")
                    .start()
                    .awaitText("Copying tasks");
            server.restart();
            App.Result broken = run.await();
            assertThat(broken.exitCode()).as(broken.text()).isEqualTo(ExitStatus.UNAVAILABLE.code());
            try (OtherSession eye = OtherSession.of(db)) {
                assertThat(eye.count("tasks")).isZero();
                Cli.succeeded(large.importInto(db, BUNDLE).run());
                assertThat(eye.count("tasks")).isEqualTo(60_000);
            }
        }
    }

    /** Pages that are counted as free and are not there: every row can still be read, and yet something is wrong. */
    @Test
    void aDamagedFileIsRefusedThoughItsRowsCanBeRead() throws IOException {
        SqliteFile file = SqliteFile.phase1(5, 200);
        try (RandomAccessFile bytes = new RandomAccessFile(file.path().toFile(), "rw")) {
            bytes.seek(FREE_PAGES);
            bytes.writeInt(5);
        }
        Postgres.Database db = Postgres.version(17).createDatabase();
        App.Result refused = file.importInto(db, BUNDLE).run();
        assertThat(refused.exitCode()).as(refused.text()).isEqualTo(84);
        assertThat(refused.text()).contains("is damaged: ", "size is 0 but should be 5", ".recover");
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.count("tasks")).isZero();
        }
    }

    /** Only the tables are on the small disk; the write-ahead log is elsewhere, as on a server that survives this. */
    @Test
    void fullDiskKeepsNothing() throws IOException, InterruptedException {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root can mount a small disk");
        Parts.program("mount", "Debian package mount");
        Path disk = TemporaryFolders.create("small-disk");
        Assumptions.assumeTrue(
                execute("mount", "-t", "tmpfs", "-o", "size=14m,mode=700,uid=65534,gid=65534", "none", disk.toString()),
                "cannot mount");
        try (Postgres server = Postgres.dedicated(16).start()) {
            server.superuserExecute("CREATE TABLESPACE small LOCATION '" + disk + "'");
            Postgres.Database db = server.createDatabase();
            server.superuserExecute("ALTER DATABASE " + db.name() + " SET default_tablespace = 'small'");
            server.superuserExecute("GRANT CREATE ON TABLESPACE small TO " + db.user());
            Cli.succeeded(App.of("migrate", "--bundle", BUNDLE).database(db).run());
            SqliteFile large = SqliteFile.phase1(50, 60_000);
            App.Result result = Cli.failed(
                    ExitStatus.UNAVAILABLE, large.importInto(db, BUNDLE).run());
            assertThat(result.err()).contains("No space left on device", "53100", "Make room");
            try (OtherSession eye = OtherSession.of(db)) {
                assertThat(eye.count("tasks")).isZero();
                assertThat(eye.count("agents")).isZero();
                assertThat(execute("mount", "-o", "remount,size=200m", disk.toString()))
                        .isTrue();
                Cli.succeeded(large.importInto(db, BUNDLE).run());
                assertThat(eye.count("tasks")).isEqualTo(60_000);
            }
        } finally {
            execute("umount", "-l", disk.toString());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CUT_BEFORE", "CUT_AFTER", "CUT_AFTER_FOR_GOOD"})
    void lostConnectionAroundTheCommit(Strike strike) {
        Postgres.Database db = migrated(Postgres.version(18));
        SqliteFile file = SqliteFile.phase1(5, 500);
        try (PostgresProxy proxy = PostgresProxy.atCommitAfter(
                        db.server(), "INSERT INTO \"public\".\"schemajob_import\"", strike);
                OtherSession eye = OtherSession.of(db)) {
            App.Result result = file.importInto(db, BUNDLE, "--connect-timeout", "2s")
                    .env("PGPORT", String.valueOf(proxy.port()))
                    .run();
            assertThat(proxy.struck()).as(result.text()).isTrue();
            switch (strike) {
                case CUT_BEFORE -> {
                    Cli.failedWithTrace(ExitStatus.UNAVAILABLE, result);
                    assertThat(result.err()).contains("The connection was lost before the commit was done");
                    assertThat(eye.count("tasks")).isZero();
                }
                case CUT_AFTER -> {
                    assertThat(result.exitCode()).as(result.text()).isZero();
                    assertThat(result.out()).contains("The server says that the commit was done");
                    assertThat(eye.count("tasks")).isEqualTo(500);
                }
                case CUT_AFTER_FOR_GOOD -> {
                    Cli.failedWithTrace(ExitStatus.UNAVAILABLE, result);
                    assertThat(result.err()).contains("Either all rows are there or none.");
                    eye.await("SELECT count(*) = 500 FROM tasks");
                }
                default -> throw new IllegalStateException();
            }
            App.Result next = Cli.succeeded(file.importInto(db, BUNDLE).run());
            if (strike == Strike.CUT_BEFORE) {
                assertThat(next.out()).contains("Imported 505 rows");
            } else {
                assertThat(next.out()).contains("All rows are already there");
            }
            assertThat(eye.count("tasks")).isEqualTo(500);
        }
    }

    private static Postgres.Database migrated(Postgres server) {
        Postgres.Database db = server.createDatabase();
        Cli.succeeded(App.of("migrate", "--bundle", BUNDLE).database(db).run());
        return db;
    }

    private static boolean execute(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
