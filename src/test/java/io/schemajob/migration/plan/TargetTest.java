package io.schemajob.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.bundle.script.Version;
import io.schemajob.migration.plan.Target.Kind;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    @Test
    void readsItsTwoWords() {
        assertThat(Target.parse("head")).isEqualTo(Target.HEAD);
        assertThat(Target.parse("base").kind()).isEqualTo(Kind.BASE);
    }

    @Property
    void readsStepsInBothDirections(@ForAll @IntRange(min = -999_999_999, max = 999_999_999) int steps) {
        Target target = Target.parse((steps < 0 ? "" : "+") + steps);
        assertThat(target).isEqualTo(new Target(Kind.STEPS, steps, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "001", "20241207_0001", "1.2.3"})
    void readsVersions(String text) {
        assertThat(Target.parse(text)).isEqualTo(new Target(Kind.VERSION, 0, Version.of(text)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Head", "+", "-", "++1", "+1.5", "1.", "._1", "v1", "latest", "-1 ", "+9999999999", "1; --"})
    void refusesEverythingElseBeforeAnythingIsContacted(String text) {
        assertRefused(text);
    }

    @Property
    void neverFailsInAnotherWay(@ForAll String text) {
        Assume.that(!text.matches("head|base|[+-]\\d{1,9}|\\d+([._]\\d+)*"));
        assertRefused(text);
    }

    private static void assertRefused(String text) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> Target.parse(text));
        assertThat(e).as("refusal of \"%s\"", text).isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(e.failure().message()).contains('"' + text + '"');
        assertThat(e.failure().databaseState()).isEqualTo("Not contacted.");
    }
}
