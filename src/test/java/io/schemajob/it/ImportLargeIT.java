package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A file of 4 GB, made when asked for: {@code -Dschemajob.large=true}. It needs 20 GB of disk and some minutes, so it is not
 * part of the suite.
 */
@EnabledIfSystemProperty(named = "schemajob.large", matches = "true")
class ImportLargeIT {
    private static final int TASKS = 110_000;
    private static final long FOUR_GB = 4L << 30;
    private static final int MOST_MEMORY_KB = 300 * 1024;

    @Test
    void fourGigabytesPassWithoutFillingMemory() throws IOException {
        SqliteFile file = SqliteFile.of(SqliteFile.PHASE_1);
        file.execute(
                """
                INSERT INTO tasks (id, title, description)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT 'task-' || i, 'task', i || ' ' || replace(hex(zeroblob(20000)), '00', 'é ') FROM n
                """
                        .formatted(TASKS));
        assertThat(Files.size(file.path())).isGreaterThan(FOUR_GB);
        Postgres.Database db = Postgres.version(18).createDatabase();
        App.Running run = file.importInto(db, "agent-platform", "--timeout", "1h")
                .env("JAVA_TOOL_OPTIONS", "-Xmx160m")
                .start();
        long peak = 0;
        while (run.process().isAlive()) {
            peak = Math.max(peak, peakMemory(run.process().pid()));
            pause();
        }
        App.Result result = run.await();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(peak).isBetween(1L, (long) MOST_MEMORY_KB);
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.count("tasks")).isEqualTo(TASKS);
        }
    }

    /** Kilobytes; 0 when the process has just ended. */
    private static long peakMemory(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
