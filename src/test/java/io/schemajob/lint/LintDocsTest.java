package io.schemajob.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule has its section, what it warns of is flagged, and what it recommends is clean. */
class LintDocsTest {
    static List<LintDocs> sections() {
        return LintDocs.all();
    }

    static Stream<LintDocs> sectionsWithBadExample() {
        return sections().stream().filter(section -> section.rule() != Rule.MISSING_DOWN);
    }

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyRuleHasASectionThatTellsItsSeverity(Rule rule) {
        String severity = rule.severity().toString();
        assertThat(LintDocs.section(rule))
                .startsWith("\n" + severity.substring(0, 1).toUpperCase(Locale.ROOT) + severity.substring(1) + ". ");
    }

    @ParameterizedTest
    @MethodSource("sectionsWithBadExample")
    void whatIsWarnedOfIsFlagged(LintDocs section) {
        assertThat(section.insteadOf()).isNotNull();
        assertThat(Bundles.lint(LintDocs.before(), section.insteadOf().sql()).findings())
                .extracting(LintFinding::rule)
                .contains(section.rule());
    }

    @ParameterizedTest
    @MethodSource("sections")
    void whatIsRecommendedIsClean(LintDocs section) {
        List<String> ups = new ArrayList<>(List.of(LintDocs.before()));
        section.better().stream()
                .filter(LintDocs.Example::up)
                .map(LintDocs.Example::sql)
                .forEach(ups::add);
        assertThat(ups).hasSizeGreaterThan(1);
        String down = section.better().stream()
                .filter(example -> !example.up())
                .map(LintDocs.Example::sql)
                .findFirst()
                .orElse("SELECT 1;");
        assertThat(Bundles.lint(Bundles.of("", ups, down)).findings()).isEmpty();
    }
}
