package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.model.ObjectIdentity;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import org.junit.jupiter.api.Test;

class DriftTableTest {
    private static Difference drift(String object, String aspect, String expected, String found) {
        ObjectIdentity identity = ObjectIdentity.worded("any", "%s", object);
        return found.equals("missing")
                ? Difference.missing(identity, expected, null, Severity.DRIFT)
                : Difference.changed(identity, aspect, expected, found, Severity.DRIFT);
    }

    @Test
    void showsObjectExpectedAndFound() {
        List<Difference> differences = List.of(
                drift("column t.a", "type", "text", "integer"),
                drift("index t_idx on t", Difference.EXISTENCE, "btree (a)", "missing"));
        assertThat(String.join("\n", DriftTable.lines(differences, UnaryOperator.identity(), 100)))
                .isEqualTo(
                        """
                        OBJECT            EXPECTED   FOUND
                        column t.a: type  text       integer
                        index t_idx on t  btree (a)  missing""");
    }

    @Test
    void longCellsGoOnInTheNextLine() {
        List<Difference> differences =
                List.of(drift("view v", "definition", "line 1: SELECT a, b, c FROM t", "line 1: SELECT a"));
        assertThat(String.join("\n", DriftTable.lines(differences, UnaryOperator.identity(), 44)))
                .isEqualTo(
                        """
                        OBJECT         EXPECTED       FOUND
                        view v:        line 1:        line 1: SELECT
                        definition     SELECT a, b,   a
                                       c FROM t""");
    }

    @Test
    void nothingIsShownForNothing() {
        assertThat(DriftTable.lines(List.of(), UnaryOperator.identity(), 80)).isEmpty();
    }

    /** What cannot be seen would make the two look equal, or write lines of its own. */
    @Test
    void hiddenCharactersAreShown() {
        List<Difference> differences = List.of(
                drift("column a\n==> b", "default", "'x y'", "'x\ny'"),
                drift("view v", "definition", "SELECT 1,\n  2", "SELECT 1,\n  3\u202e"));
        assertThat(DriftTable.lines(differences, UnaryOperator.identity(), 100).stream()
                        .map(line -> line.replaceAll(" {2,}", "  ")))
                .containsExactly(
                        "OBJECT  EXPECTED  FOUND",
                        "column a\\n==> b: default  'x y'  'x\\ny'",
                        "view v: definition  SELECT 1, 2  SELECT 1, 3\\u202e");
    }

    @Test
    void secretsAreMaskedBeforeTheyAreBrokenIntoLines() {
        List<Difference> differences = List.of(drift("column a", "default", "x".repeat(30) + "canary-7f3a", "y"));
        for (int width = 40; width < 80; width++) {
            assertThat(String.join(
                            "", DriftTable.lines(differences, text -> text.replace("canary-7f3a", "***"), width)))
                    .doesNotContain("can");
        }
    }

    @Property
    void noLineIsTooLongAndNoCharacterIsLost(
            @ForAll @NotBlank @CharRange(from = ' ', to = '~') String object,
            @ForAll @NotBlank @CharRange(from = ' ', to = '~') String expected,
            @ForAll @NotBlank @CharRange(from = ' ', to = '~') String found,
            @ForAll @IntRange(min = 40, max = 200) int width) {
        List<String> lines = DriftTable.lines(
                List.of(drift(object, Difference.EXISTENCE, expected, found)), UnaryOperator.identity(), width);
        assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width));
        String all = String.join("", lines.subList(1, lines.size())).replaceAll("\\s", "");
        assertThat(all.codePoints().sorted().toArray())
                .isEqualTo((object + expected + found)
                        .replaceAll("\\s", "")
                        .codePoints()
                        .sorted()
                        .toArray());
    }
}
