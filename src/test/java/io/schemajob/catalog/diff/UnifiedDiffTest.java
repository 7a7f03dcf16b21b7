package io.schemajob.catalog.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class UnifiedDiffTest {
    /** Whoever has one side and the hunks has the other: nothing is lost, and none for what is equal. */
    @Property
    void theHunksLeadFromOneSideToTheOther(@ForAll("texts") List<String> before, @ForAll("texts") List<String> after)
            throws Exception {
        List<String> hunks = UnifiedDiff.hunks(before, after, String::equals);
        assertThat(hunks.isEmpty()).isEqualTo(before.equals(after));
        if (!hunks.isEmpty()) {
            List<String> file = new ArrayList<>(List.of("--- a", "+++ b"));
            file.addAll(hunks);
            assertThat(UnifiedDiffUtils.parseUnifiedDiff(file).applyTo(before)).isEqualTo(after);
        }
        assertThat(UnifiedDiff.hunks(before, after, String::equals)).isEqualTo(hunks);
    }

    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of("a", "b", "", " c", "-d", "+e", "@@ -1 +1 @@", "\\ No newline")
                .list()
                .ofMaxSize(30);
    }

    /** Two hundred thousand lines of which none is in the other text. */
    @Test
    void whatIsTooMuchToSearchIsOneChange() {
        List<String> before = lines("a", 100_000);
        List<String> after = new ArrayList<>(lines("b", 100_000));
        after.add(0, before.get(0));
        List<String> hunks = UnifiedDiff.hunks(before, after, String::equals);
        assertThat(hunks).hasSize(1 + 1 + 99_999 + 100_000).startsWith("@@ -1,100000 +1,100001 @@", " a0", "-a1");
    }

    @Test
    void oneLineInTheMiddleOfManyIsOneHunk() {
        List<String> before = lines("a", 50_000);
        List<String> after = new ArrayList<>(before);
        after.set(25_000, "x");
        assertThat(UnifiedDiff.hunks(before, after, String::equals))
                .containsExactly(
                        "@@ -24998,7 +24998,7 @@",
                        " a24997",
                        " a24998",
                        " a24999",
                        "-a25000",
                        "+x",
                        " a25001",
                        " a25002",
                        " a25003");
    }

    private static List<String> lines(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
    }
}
