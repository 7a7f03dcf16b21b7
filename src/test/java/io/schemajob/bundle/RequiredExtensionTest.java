package io.schemajob.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredExtensionTest {
    @ParameterizedTest
    @CsvSource({
        "1.6, 1.6, true", "1.9, 1.10, false", "1.10, 1.9, true", "0.8.5, 0.8, true", "0.8, 0.8.0, true",
        "3.4.0dev, 3.4, false", "3.4, 3.4dev, true", "2, 1.9.9, true", "1, 1.0.1, false", "1.6, , true",
    })
    void countsNumbersAsNumbers(String installed, String atLeast, boolean enough) {
        assertThat(new RequiredExtension("x", atLeast).isEnough(installed)).isEqualTo(enough);
    }
}
