package io.schemajob.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class EnvironmentTest {
    @Property
    void everyValueComesBack(
            @ForAll @AlphaChars @NotEmpty String name,
            @ForAll @AlphaChars @NotEmpty String other,
            @ForAll String value) {
        Assume.that(!name.equals(other) && value.indexOf('\0') < 0);
        assertThat(Environment.parse(name + "=" + value + "\0" + other + "=x\0"))
                .isEqualTo(Map.of(name, value, other, "x"));
    }

    @Test
    void emptyValuesAndEntriesThatAreNoVariables() {
        assertThat(Environment.parse("A=\0=B\0nothing\0\0C=a=b\n")).isEqualTo(Map.of("A", "", "C", "a=b\n"));
        assertThat(Environment.parse("")).isEmpty();
    }

    @Test
    void readsThatOfThisProcess() {
        assertThat(Environment.read().keySet()).containsAll(System.getenv().keySet());
    }
}
