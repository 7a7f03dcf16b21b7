package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.diff.CodeText;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.report.text.Printable;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DiffTextTest {
    private static final ObjectIdentity FUNCTION = ObjectIdentity.of("function", "touch()");

    private static Difference changed(Object declared, Object live) {
        return Difference.changed(FUNCTION, "body", declared, live, Severity.DRIFT);
    }

    private static String text(Difference difference, int most) {
        return String.join("\n", new DiffText(UnaryOperator.identity(), most).lines(List.of(difference)));
    }

    private static String text(Difference difference) {
        return text(difference, DiffText.MOST_LINES);
    }

    @Test
    void aBodyIsShownByItsHunks() {
        assertThat(text(changed(new CodeText("BEGIN\n\tx := 1;  \nEND"), new CodeText("BEGIN\n\tx := 2;\nEND"))))
                .isEqualTo(
                        """
                        function touch(): body
                            @@ -1,3 +1,3 @@
                             BEGIN
                            -    x := 1; \s
                            +    x := 2;
                             END""");
    }

    @Test
    void shortValuesStandSideBySide() {
        assertThat(text(Difference.changed(
                        ObjectIdentity.column("t", "a"), "type", "varchar(200)", "text", Severity.WARNING)))
                .isEqualTo("column t.a: type [warning]\n    varchar(200) → text");
        assertThat(text(changed("none", null))).endsWith("\n    'none' → none");
        assertThat(text(changed(List.of("a, b"), List.of("a", "b")))).endsWith("\n    'a, b' → a, b");
        assertThat(text(changed(true, false))).endsWith("\n    true → false");
    }

    @Test
    void whatIsOnOneSideOnlySaysSo() {
        ObjectIdentity view = ObjectIdentity.of("view", "v");
        assertThat(text(Difference.missing(view, new CodeText("SELECT 1"), null, Severity.DRIFT)))
                .isEqualTo("view v is missing\n    @@ -1,1 +1,0 @@\n    -SELECT 1");
        assertThat(text(Difference.extra(ObjectIdentity.of("table", "t"), "3 columns", Severity.WARNING)))
                .isEqualTo("table t is extra [warning]\n    3 columns");
        assertThat(text(Difference.missing(
                        ObjectIdentity.in("t", "index", "i"), "btree (a)", "j has this definition", Severity.DRIFT)))
                .isEqualTo("index i on t is missing (j has this definition)\n    btree (a)");
    }

    /** Broken before AND and OR, but not within quotes. */
    @Test
    void ofALongExpressionTheChangedPartIsShown() {
        String both =
                "(tenant = current_setting('app.tenant AND more') AND state = ANY (ARRAY['a', 'b']) AND %s OR admin)";
        assertThat(text(changed(both.formatted("id > 1"), both.formatted("id > 2"))))
                .contains("\n    -AND id > 1\n    +AND id > 2\n")
                .contains("current_setting('app.tenant AND more')\n");
    }

    /** In a line of any length, the place that differs is in sight. */
    @Test
    void aLongLineIsCutAroundTheDifference() {
        String before = "x".repeat(5000);
        assertThat(text(changed(before + "1" + before, before + "2" + before)))
                .contains("    -…" + "x".repeat(40) + "1xx", "    +…" + "x".repeat(40) + "2xx", "more characters)");
    }

    @Test
    void muchIsBoundedAndSaysSo() {
        String lines = "a\n".repeat(500);
        String other = "b\n".repeat(500);
        assertThat(text(changed(new CodeText(lines), new CodeText(other)), 10).lines())
                .hasSize(1 + 10 + 1)
                .last()
                .asString()
                .matches("    … and 99\\d more lines; --verbose shows them all");
    }

    /** What nobody sees is written out where it is what differs. */
    @Test
    void hiddenDifferencesAreShown() {
        assertThat(text(changed(new CodeText("a\n  b"), new CodeText("a\n\tb"))))
                .contains("-  b", "+\\tb");
        assertThat(text(changed("a \nb", "a\nb"))).contains("-a\\u0020", "+a");
        assertThat(text(changed("a\r\nb", "a\nb"))).contains("-a\\r", "+a");
        assertThat(text(changed("a\u202eb", "ab"))).contains("a\\u202eb → ab");
    }

    @Test
    void secretsAreMaskedAndTheDifferenceIsStillTold() {
        List<String> lines = new DiffText(text -> text.replaceAll("canary-\\w+", "***"), 60)
                .lines(List.of(
                        changed(new CodeText("x\ny := 'canary-one'"), new CodeText("x\ny := 'canary-two'")),
                        changed("canary-one", "canary-two")));
        assertThat(String.join("\n", lines))
                .doesNotContain("canary")
                .contains("(what differs is masked here)", "*** → ***");
    }

    /** Each difference has its object and something to see; nothing of it begins a line of its own. */
    @Property
    void everyDifferenceIsShown(@ForAll("pairs") List<Object> pair) {
        Object declared = pair.get(0);
        Object live = pair.get(1);
        Difference difference = changed(declared, live);
        List<String> lines = new DiffText(UnaryOperator.identity(), 20).lines(List.of(difference));
        assertThat(lines).hasSizeBetween(2, 22);
        assertThat(lines.get(0)).isEqualTo("function touch(): body");
        assertThat(lines.subList(1, lines.size())).allSatisfy(line -> assertThat(line)
                .startsWith("    ")
                .matches(Printable::isPrintable)
                .hasSizeLessThan(500));
        if (!declared.equals(live)) {
            assertThat(lines.get(1)).matches("    (@@ .*|.+ → .+)").doesNotMatch("    (.*) → \\1");
        }
        assertThat(new DiffText(UnaryOperator.identity(), 20).lines(List.of(difference)))
                .isEqualTo(lines);
    }

    /** Two values of one aspect are of one form. */
    @Provide
    Arbitrary<List<Object>> pairs() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars('a', ' ', '\n', '\t', '\r', '\'', ',', '\u202e', 'é')
                .ofMaxLength(120);
        return Arbitraries.oneOf(
                pair(text),
                pair(text.map(CodeText::new)),
                pair(text.list().ofMaxSize(4)),
                pair(Arbitraries.maps(text, text).ofMaxSize(3)),
                pair(Arbitraries.of(true, false)),
                pair(Arbitraries.of("none", "missing")));
    }

    private static <T> Arbitrary<List<Object>> pair(Arbitrary<T> values) {
        return values.list().ofSize(2).map(List::<Object>copyOf);
    }
}
