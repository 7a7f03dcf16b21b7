package io.schemajob.migration.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.history.Histories;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordedNameTest {
    /** Each is called "step". */
    private static final Bundle BUNDLE =
            Histories.bundle("001", "2", "2014_10_12_000000", "20250101_0001", "20240101120000");

    @ParameterizedTest
    @CsvSource({
        "1, 001",
        "0001, 001",
        "001_step.sql, 001",
        "db/001_step.up.sql, 001",
        "1-Step.js, 001",
        "V2__step.sql, 2",
        "001_users.sql, ",
        "3, ",
        "20240101120000, 20240101120000",
        "20240101120000_create_everything.ts, 20240101120000",
        "m20240101120000_step, 20240101120000",
        "20240101120000_Step, 20240101120000",
        "20250101_0001, 20250101_0001",
        "20250101_0001_step, 20250101_0001",
        "2014_10_12_000000_create_users_table, 2014_10_12_000000",
        "step, ",
        "auth.0001_step, ",
        "-1, ",
        "001step2, ",
    })
    void findsTheVersionThatIsMeant(String recorded, String version) {
        assertThat(RecordedName.version(BUNDLE, recorded).map(Version::toString).orElse(null))
                .isEqualTo(version);
    }

    @Property
    void neverFails(@ForAll String recorded) {
        assertThat(RecordedName.version(BUNDLE, recorded)).isNotNull();
    }
}
