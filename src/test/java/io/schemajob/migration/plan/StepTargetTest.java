package io.schemajob.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTargetTest {
    @Property
    void aBareNumberCountsMigrations(@ForAll @IntRange(min = 1, max = 9999) int number) {
        Target up = Target.parse(StepTarget.up(String.valueOf(number)));
        Target down = Target.parse(StepTarget.down(String.valueOf(number), false));
        assertThat(up).isEqualTo(new Target(Target.Kind.STEPS, number, null));
        assertThat(down).isEqualTo(new Target(Target.Kind.STEPS, -number, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"001", "02", "20241207", "20241207_0001", "1.5", "head", "base", "+2", "-2", "0"})
    void everythingElseIsATarget(String text) {
        assertThat(StepTarget.up(text)).isEqualTo(text);
        assertThat(StepTarget.down(text, false)).isEqualTo(text);
    }

    @Test
    void upAloneIsEverythingAndDownAloneIsNothing() {
        assertThat(StepTarget.up(null)).isEqualTo("head");
        assertThat(StepTarget.down(null, true)).isEqualTo("base");
        assertRefused(() -> StepTarget.down(null, false));
        assertRefused(() -> StepTarget.down("1", true));
    }

    private static void assertRefused(Runnable code) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, code::run);
        assertThat(e.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(e.failure().hint()).contains("down 1 --yes", "down -all --yes");
    }
}
