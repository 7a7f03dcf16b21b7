package io.schemajob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.faults.CellRun.Result;
import io.schemajob.testing.App;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens to the network, the server or the process at whatever message of whatever command: the documented code, an end in
 * time, nothing held, no script half-applied, true sentences, and a next run that ends as if nothing had been.
 *
 * <p>{@code mvn verify} tries a share, always the same, and of the native executable a migration at each message with the main faults; {@code -Dschemajob.cells=all}, or {@code -Pfull}, everything,
 * {@code -Dschemajob.cells='MIGRATE .* RESET'} what reads so. The table of the codes is printed and in {@code target/faults.md}.
 */
class FaultMatrixIT {
    @BeforeAll
    static void prepare() {
        System.setProperty(FaultMatrix.SILENCE, FaultMatrix.SILENCE_MILLIS);
    }

    @AfterAll
    static void restore() {
        System.clearProperty(FaultMatrix.SILENCE);
    }

    @Test
    void everyCellEndsAsItHasTo() throws InterruptedException, IOException {
        FaultMatrix matrix = new FaultMatrix();
        assertThat(matrix.unmatched()).as("stages that no run comes to").isEmpty();
        List<FaultCell> cells = cells(matrix);
        long begin = System.nanoTime();
        Collection<Result> results = matrix.run(cells);
        String table = FaultMatrix.table(results);
        System.out.printf(
                "%d of %d cells in %d s%n%s", cells.size(), matrix.all().size(), seconds(begin), table);
        Files.writeString(Path.of("target/faults.md"), table);
        SoftAssertions softly = new SoftAssertions();
        softly.assertThat(results).hasSameSizeAs(cells);
        for (Result result : results) {
            Set<Integer> expected = FaultExpectation.codes(result.cell());
            String what = "%s in %d ms%n%s".formatted(result.cell(), result.millis(), result.text());
            softly.assertThat(expected).as(what).contains(result.exitCode());
            softly.assertThat(result.struck() || !FaultExpectation.strikesAlways(result.cell()))
                    .as(what + "met the fault")
                    .isTrue();
            softly.assertThat(result.problems()).as(what).isEmpty();
        }
        softly.assertAll();
    }

    private static List<FaultCell> cells(FaultMatrix matrix) {
        String wanted = System.getProperty("schemajob.cells", Boolean.getBoolean("schemajob.full") ? "all" : "");
        if (wanted.isEmpty()) {
            return App.isJar() ? matrix.share() : matrix.mainColumn();
        }
        return wanted.equals("all") ? matrix.all() : matrix.like(wanted);
    }

    private static long seconds(long begin) {
        return (System.nanoTime() - begin) / 1_000_000_000L;
    }
}
