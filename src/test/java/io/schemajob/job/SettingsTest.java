package io.schemajob.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private final Map<Setting, String> options = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> properties = new HashMap<>();

    private Settings settings() {
        return new Settings(options, environment, properties::get);
    }

    private static Settings with(Setting setting, String value) {
        return new Settings(Map.of(setting, value), Map.of(), name -> null);
    }

    @ParameterizedTest
    @EnumSource
    void optionBeatsVariableBeatsPropertyBeatsDefault(Setting setting) {
        assertThat(settings().text(setting)).isEqualTo(setting.defaultValue());
        assertThat(settings().isGiven(setting)).isFalse();
        assertThat(settings().source(setting)).isEqualTo(setting.defaultValue() == null ? "not set" : "default");
        properties.put(setting.property(), "property");
        assertThat(settings().text(setting)).isEqualTo("property");
        assertThat(settings().source(setting)).isEqualTo("property " + setting.property());
        environment.put(setting.variable(), "variable");
        assertThat(settings().text(setting)).isEqualTo("variable");
        assertThat(settings().source(setting)).isEqualTo("variable " + setting.variable());
        options.put(setting, "option");
        assertThat(settings().text(setting)).isEqualTo("option");
        assertThat(settings().source(setting)).isEqualTo("option --" + setting.optionName());
        assertThat(settings().isGiven(setting)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void emptyIsUnsetEverywhere(Setting setting) {
        properties.put(setting.property(), "");
        environment.put(setting.variable(), "");
        options.put(setting, "");
        assertThat(settings().text(setting)).isEqualTo(setting.defaultValue());
        assertThat(settings().isGiven(setting)).isFalse();
        properties.put(setting.property(), "property");
        assertThat(settings().text(setting)).isEqualTo("property");
    }

    @Test
    void namesFollowFromOneAnother() {
        assertThat(Setting.LOCK_TIMEOUT.optionName()).isEqualTo("lock-timeout");
        assertThat(Setting.LOCK_TIMEOUT.variable()).isEqualTo("SCHEMAJOB_LOCK_TIMEOUT");
        assertThat(Setting.LOCK_TIMEOUT.property()).isEqualTo("schemajob.lock-timeout");
    }

    @Test
    void variablesOfOtherToolsAreLookedUpAsTheyAre() {
        environment.put("VAULT_ADDR", "http://vault");
        environment.put("VAULT_NAMESPACE", "");
        assertThat(settings().variable("VAULT_ADDR")).isEqualTo("http://vault");
        assertThat(settings().variable("VAULT_NAMESPACE")).isNull();
        assertThat(settings().variable("VAULT_CACERT")).isNull();
    }

    @Test
    void aRequiredSettingThatIsMissingTellsHowToSetIt() {
        SchemajobException e =
                catchThrowableOfType(SchemajobException.class, () -> settings().required(Setting.BUNDLE));
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).startsWith("SCHEMAJOB_BUNDLE is not set");
        assertThat(e.failure().hint()).isEqualTo("Set the variable SCHEMAJOB_BUNDLE or the option --bundle.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0s, 0", "1ms, 1", "5s, 5000", "2m, 120000", "3h, 10800000", "596h, 2145600000"})
    void readsTimes(String text, long milliseconds) {
        assertThat(with(Setting.LOCK_TIMEOUT, text).duration(Setting.LOCK_TIMEOUT))
                .isEqualTo(Duration.ofMillis(milliseconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5", "5 s", "s", "-5s", "+5s", "1.5s", "5S", "5sec", "1d", "PT5S", " 5s", "00", "1e3s", "٣s", "597h"
            })
    void refusesTimesWithoutOrWithWrongUnits(String text) {
        Settings settings = with(Setting.LOCK_WAIT, text);
        assertRefused(settings, "SCHEMAJOB_LOCK_WAIT is \"" + text + "\"");
    }

    @Property
    void everyTimeFitsPostgresqlsMilliseconds(
            @ForAll @IntRange(min = 0, max = 999_999_999) int number, @ForAll @IntRange(max = 3) int unit) {
        Settings settings = with(Setting.STATEMENT_TIMEOUT, number + new String[] {"ms", "s", "m", "h"}[unit]);
        try {
            assertThat(settings.duration(Setting.STATEMENT_TIMEOUT).toMillis()).isBetween(0L, (long) Integer.MAX_VALUE);
        } catch (SchemajobException e) {
            assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "ten", "1.0", "01", "1000000", "10s"})
    void refusesWrongCounts(String text) {
        assertRefused(with(Setting.LOCK_RETRIES, text), "SCHEMAJOB_LOCK_RETRIES is \"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON", "yaml", "text "})
    void refusesOtherLogFormats(String text) {
        assertRefused(with(Setting.LOG_FORMAT, text), "it is text or json");
    }

    @Test
    void acceptsWhatIsRight() {
        assertThat(with(Setting.LOCK_RETRIES, "3").count(Setting.LOCK_RETRIES)).isEqualTo(3);
        assertThat(with(Setting.LOG_FORMAT, "json").json()).isTrue();
        assertThat(settings().json()).isFalse();
        settings().validate();
    }

    private static void assertRefused(Settings settings, String part) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, settings::validate);
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).contains(part);
        assertThat(e.failure().databaseState()).isEqualTo("Not contacted.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SCHEMA     | pg_x            | SCHEMAJOB_SCHEMA is \"pg_x\"",
                "SCHEMA     | ' app'          | a space at its beginning",
                "SCHEMA     | 'app\u00a0'     | a no-break space (\\u00a0) at its end",
                "SCHEMA     | ' '             | SCHEMAJOB_SCHEMA is empty",
                "SCHEMA     | 'a\0b'          | a NUL character",
                "OWNER_ROLE | none            | SCHEMAJOB_OWNER_ROLE is \"none\"",
                "OWNER_ROLE | 'app\n'         | a line break (\\n) at its end",
                "LOCK_RETRIES | '3\u200b'     | \"3\\u200b\"",
                "LOCK_TIMEOUT | '5s\u00a0'    | \"5s\\u00a0\"",
            })
    void namesThatPostgresqlRefusesAndWhatCannotBeSeenAreNamed(Setting setting, String value, String part) {
        SchemajobException e = catchThrowableOfType(
                SchemajobException.class, () -> with(setting, value).validate());
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).contains(part);
        assertThat(e.failure().databaseState()).isEqualTo("Not contacted.");
    }

    /** PostgreSQL would cut it and work on the schema whose name is what is left. */
    @ParameterizedTest
    @EnumSource(names = {"SCHEMA", "OWNER_ROLE"})
    void namesOfMoreThan63BytesAreRefused(Setting setting) {
        with(setting, "a".repeat(63)).validate();
        with(setting, "\u00f6".repeat(31) + "x").validate();
        for (String longer : new String[] {"a".repeat(64), "\u00f6".repeat(32)}) {
            assertThat(catchThrowableOfType(SchemajobException.class, () -> with(setting, longer)
                                    .validate())
                            .failure()
                            .message())
                    .contains(setting.variable(), "64 bytes");
        }
    }
}
