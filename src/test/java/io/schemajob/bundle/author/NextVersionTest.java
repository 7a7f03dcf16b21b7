package io.schemajob.bundle.author;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Version;
import java.time.LocalDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The version that follows is newer than the newest, and written alike. */
class NextVersionTest {
    private static final LocalDateTime NOW = LocalDateTime.of(2026, 11, 21, 9, 8, 7);

    @Test
    void theFirstIsOne() {
        assertThat(NextVersion.after(null, NOW)).isEqualTo("001");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2",
        "001, 002",
        "009, 010",
        "999, 1000",
        "000009, 000010",
        "3, 4",
        "1.1, 1.2",
        "2_3_9, 2_3_10",
        "1.09, 1.10",
        "18446744073709551616, 18446744073709551617",
        "20241207_0001, 20261121_0001",
        "20241207.7, 20261121.1",
        "20261121_0001, 20261121_0002",
        "20261121_9999, 20261121_10000",
        "20270101_0004, 20270101_0005",
        "20240229, 20261121",
        "20261121, 20261122",
        "20261231, 20270101",
        "20240101120000, 20261121090807",
        "20261121090807, 20261121090808",
        "20271231235959, 20280101000000",
        "202401011200, 202611210908",
        "20241399, 20241400",
        "20241399_0001, 20241399_0002",
        "20240101126060, 20240101126061",
        "1717171717, 1717171718"
    })
    void followsTheStyle(String newest, String next) {
        assertThat(NextVersion.after(newest, NOW)).isEqualTo(next);
    }

    @Property
    void isAlwaysNewer(
            @ForAll @IntRange(min = 0, max = 100_000_000) int first,
            @ForAll @IntRange(min = 0, max = 10_000) int second) {
        for (String newest : new String[] {
            "%d".formatted(first), "%08d_%04d".formatted(first, second), "%d.%d".formatted(first, second)
        }) {
            assertThat(Version.of(NextVersion.after(newest, NOW))).isGreaterThan(Version.of(newest));
        }
    }
}
