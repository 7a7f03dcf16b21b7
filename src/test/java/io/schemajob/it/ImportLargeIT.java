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
 * part of the suite. The prompts of agents are long: those are in no full-text index, whose making would take most of an hour.
 */
@EnabledIfSystemProperty(named = "schemajob.large", matches = "true")
class ImportLargeIT {
    private static final int AGENTS = 110_000;
    private static final long FOUR_GB = 4L << 30;
    private static final long MOST_MEMORY_KB =
            (System.getProperty("schemajob.app", ".jar").endsWith(".jar") ? 300 : 120) * 1024;

    @Test
    void fourGigabytesPassWithoutFillingMemory() throws IOException {
        SqliteFile file = SqliteFile.of(SqliteFile.PHASE_1);
        file.execute(
                """
                INSERT INTO agents (id, name, agent_type, system_prompt)
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
                SELECT 'agent-' || i, 'agent', 'master_operator', i || ' ' || replace(hex(zeroblob(20000)), '00', 'é ')
                FROM n
                """
                        .formatted(AGENTS));
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
        assertThat(peak).isBetween(1L, MOST_MEMORY_KB);
        try (OtherSession eye = OtherSession.of(db)) {
            assertThat(eye.count("agents")).isEqualTo(AGENTS);
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
