package io.schemajob.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.Rule;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule flags what it must and nothing else. */
class RuleSamplesTest {
    static List<Sample> samples() {
        return Sample.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void flagsWhatItMust(Sample sample) {
        assertThat(sample.isFlagged())
                .as("%s%n%s", sample.sql(), sample.lint().findings())
                .isEqualTo(sample.flagged());
    }

    @Test
    void everyRuleHasSamplesOfBothKinds() {
        Arrays.stream(Rule.values())
                .filter(rule -> !Sample.withoutSamples().contains(rule))
                .forEach(rule -> assertThat(Sample.of(rule))
                        .as(rule.id())
                        .anyMatch(Sample::flagged)
                        .anyMatch(sample -> !sample.flagged()));
    }

    /** Also proves that the samples are read at all, and that no clean one hides behind a broken script. */
    @ParameterizedTest
    @MethodSource("samples")
    void cleanSamplesAreReadable(Sample sample) {
        if (!sample.flagged()) {
            assertThat(sample.lint().findings())
                    .extracting(LintFinding::rule)
                    .doesNotContain(Rule.UNREADABLE_SCRIPT, Rule.NEEDS_OWN_SCRIPT);
        }
        assertThat(sample.outline().statements()).isNotEmpty();
    }
}
