package io.schemajob.importer.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each column type makes of what SQLite may hold, and what it refuses. */
class FieldTest {
    private static final TargetType TIMESTAMPTZ = TargetType.of(Kind.TIMESTAMPTZ, "timestamp with time zone");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2025-01-31|2025-01-31T00:00:00Z",
                "2025-01-31T10:20|2025-01-31T10:20:00Z",
                "2025-01-31 10:20:30|2025-01-31T10:20:30Z",
                "2025-01-31T10:20:30.123456|2025-01-31T10:20:30.123456Z",
                "2025-01-31T10:20:30.1234560000|2025-01-31T10:20:30.123456Z",
                "2025-01-31T10:20:30.5Z|2025-01-31T10:20:30.500Z",
                "2025-01-31T10:20:30+02:00|2025-01-31T08:20:30Z",
                "2025-01-31T10:20:30-0330|2025-01-31T13:50:30Z",
                "2025-01-31 10:20:30 +02|2025-01-31T08:20:30Z",
                "2025-01-31 10:20:30 UTC|2025-01-31T10:20:30Z",
                "1969-12-31T23:59:59.999999Z|1969-12-31T23:59:59.999999Z",
                "0001-01-01|0001-01-01T00:00:00Z",
                "2024-02-29|2024-02-29T00:00:00Z",
            })
    void readsMoments(String text, String instant) throws ConversionException {
        assertThat(moment(convert(TIMESTAMPTZ, FieldRules.PLAIN, SourceValue.text(text))))
                .hasToString(instant);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2025-02-29|date that exists",
                "2025-13-01|date that exists",
                "0000-01-01|date that exists",
                "2025-01-31T24:00:00|time that exists",
                "2025-01-31T10:60:00|time that exists",
                "2025-01-31T10:20:60|time that exists",
                "2025-01-31T10:20:30.1234567|more exact than a microsecond",
                "2025-01-31T10:20:30+25:00|offset",
                "2025-01-31T|ISO 8601",
                "2025-01-31T10:20:30 x|ISO 8601",
                "2025-01-31T10:20:30ZZ|ISO 8601",
                "31.01.2025|ISO 8601",
                "yesterday|ISO 8601",
                "''|ISO 8601",
                "12025-01-01|ISO 8601",
            })
    void refusesOtherMoments(String text, String reason) {
        refuses(TIMESTAMPTZ, FieldRules.PLAIN, SourceValue.text(text), reason);
    }

    /** A text that has the form is told what is wrong with its time. */
    @Test
    void namesWhatIsWrongWithATimeOfAFormat() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        FieldRules rules = new FieldRules(
                false,
                berlin,
                Epoch.NONE,
                false,
                Map.of(),
                FieldRules.Empty.KEEP,
                null,
                false,
                new TimeFormats(List.of("dd.MM.uuuu HH:mm[ VV]", TimeFormats.ISO), berlin, null),
                Fraction.REJECT,
                List.of(),
                List.of(),
                Trim.NONE,
                null);
        refuses(TIMESTAMPTZ, rules, SourceValue.text("31.03.2024 02:30"), "does not exist in Europe/Berlin");
        refuses(TIMESTAMPTZ, rules, SourceValue.text("27.10.2024 02:30"), "exists twice in Europe/Berlin");
        refuses(TIMESTAMPTZ, rules, SourceValue.text("31.03.2024"), "is not a date in the format");
    }

    @Test
    void assumesTheZoneThatTheMappingNames() throws ConversionException {
        FieldRules berlin = rules(ZoneId.of("Europe/Berlin"), Epoch.NONE);
        assertThat(moment(convert(TIMESTAMPTZ, berlin, SourceValue.text("2025-07-01T12:00:00"))))
                .hasToString("2025-07-01T10:00:00Z");
        assertThat(moment(convert(TIMESTAMPTZ, berlin, SourceValue.text("2025-07-01T12:00:00Z"))))
                .hasToString("2025-07-01T12:00:00Z");
        refuses(TIMESTAMPTZ, berlin, SourceValue.text("2025-03-30T02:30:00"), "does not exist in Europe/Berlin");
        refuses(TIMESTAMPTZ, berlin, SourceValue.text("2025-10-26T02:30:00"), "exists twice in Europe/Berlin");
    }

    @Test
    void readsNumbersAsMomentsOnlyWithAnEpoch() throws ConversionException {
        refuses(TIMESTAMPTZ, FieldRules.PLAIN, SourceValue.integer(1_735_689_600), "names no epoch");
        assertThat(moment(
                        convert(TIMESTAMPTZ, rules(ZoneOffset.UTC, Epoch.SECONDS), SourceValue.integer(1_735_689_600))))
                .hasToString("2025-01-01T00:00:00Z");
        assertThat(moment(
                        convert(TIMESTAMPTZ, rules(ZoneOffset.UTC, Epoch.SECONDS), SourceValue.real(1_735_689_600.25))))
                .hasToString("2025-01-01T00:00:00.250Z");
        assertThat(moment(convert(TIMESTAMPTZ, rules(ZoneOffset.UTC, Epoch.MILLISECONDS), SourceValue.integer(-1))))
                .hasToString("1969-12-31T23:59:59.999Z");
        assertThat(moment(
                        convert(TIMESTAMPTZ, rules(ZoneOffset.UTC, Epoch.JULIAN_DAYS), SourceValue.real(2_460_676.5))))
                .hasToString("2025-01-01T00:00:00Z");
        refuses(
                TIMESTAMPTZ,
                rules(ZoneOffset.UTC, Epoch.SECONDS),
                SourceValue.integer(Long.MAX_VALUE),
                "between the years 1 and 9999");
    }

    @Test
    void refusesWhatATypeWithFewerDigitsWouldRound() {
        TargetType millis = new TargetType(Kind.TIMESTAMPTZ, "timestamp(3) with time zone", -1, -1, 3);
        refuses(millis, FieldRules.PLAIN, SourceValue.text("2025-01-01T00:00:00.0001"), "more exact");
    }

    @ParameterizedTest
    @CsvSource({
        "INT2, 32767, 32767",
        "INT4, -2147483648, -2147483648",
        "INT8, 9223372036854775807, 9223372036854775807",
        "BOOLEAN, yes, 1",
        "BOOLEAN, FALSE, 0",
        "DATE, 2000-01-02, 1",
        "DATE, 1999-12-31 00:00:00, -1",
    })
    void readsNumbersFromText(Kind kind, String text, long number) throws ConversionException {
        assertThat(convert(TargetType.of(kind, kind.name()), FieldRules.PLAIN, SourceValue.text(text))
                        .number())
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({
        "INT2, 32768, out of the range",
        "INT4, 2147483648, out of the range",
        "INT8, 9223372036854775808, out of the range",
        "INT8, 1.5, not a whole number",
        "BOOLEAN, maybe, neither true nor false",
        "DATE, 2000-01-02 10:00, time of day",
        "NUMERIC, 1e, not a decimal number",
        "NUMERIC, NaN, not a decimal number",
        "UUID, 12345, not a UUID",
        "TEXT_ARRAY, '{\"a\": 1}', not a JSON array",
        "TEXT_ARRAY, '[1]', not a JSON array of strings",
        "UUID_ARRAY, '[\"agent-7\"]', not a UUID",
        "UUID_ARRAY, '[1]', not a JSON array of strings",
        "INT4_ARRAY, '[1', ends too early",
        "INT4_ARRAY, '[\"1\"]', not a JSON array of numbers",
        "INT4_ARRAY, '[0.5]', not whole",
        "INT4_ARRAY, '[2147483648]', out of the range of integer",
        "INT8_ARRAY, '[9223372036854775808]', out of the range of bigint",
        "INT8_ARRAY, '[1e400]', out of the range of bigint",
        "FLOAT4, 0.1234567890123, more digits than real",
    })
    void refusesTextThatIsNoSuchNumber(Kind kind, String text, String reason) {
        refuses(TargetType.of(kind, kind.name()), FieldRules.PLAIN, SourceValue.text(text), reason);
    }

    @ParameterizedTest
    @CsvSource({"TEXT", "JSONB", "UUID", "BYTEA", "ENUM", "TEXT_ARRAY", "UUID_ARRAY", "INT4_ARRAY"})
    void refusesARealWhereNoneCanBe(Kind kind) {
        refuses(TargetType.of(kind, kind.name()), FieldRules.PLAIN, SourceValue.real(1.5), "storage class real");
    }

    @Test
    void neverRoundsANumeric() throws ConversionException {
        TargetType score = TargetType.numeric(3, 2);
        assertThat(text(convert(score, FieldRules.PLAIN, SourceValue.real(0.5))))
                .isEqualTo("0.50");
        assertThat(text(convert(score, FieldRules.PLAIN, SourceValue.text("1.500"))))
                .isEqualTo("1.50");
        assertThat(text(convert(score, FieldRules.PLAIN, SourceValue.integer(0))))
                .isEqualTo("0.00");
        refuses(score, FieldRules.PLAIN, SourceValue.real(0.123), "3 digits after the point");
        refuses(score, FieldRules.PLAIN, SourceValue.integer(10), "out of the range");
        refuses(score, FieldRules.PLAIN, SourceValue.real(Double.POSITIVE_INFINITY), "not a finite number");
        TargetType free = TargetType.of(Kind.NUMERIC, "numeric");
        assertThat(text(convert(free, FieldRules.PLAIN, SourceValue.text("1.50e1"))))
                .isEqualTo("15.0");
        assertThat(text(convert(free, FieldRules.PLAIN, SourceValue.real(1e21))))
                .isEqualTo("1000000000000000000000");
        refuses(free, FieldRules.PLAIN, SourceValue.text("1e140000"), "more digits");
    }

    /** A million digits took half a minute, and none of it could be cancelled. */
    @Test
    void numberOfMillionsOfDigitsIsRefusedByItsLength() {
        String digits = "9".repeat(4_000_000);
        for (String text : List.of(digits, "-" + digits + ".5", digits + "x")) {
            refuses(TargetType.of(Kind.NUMERIC, "numeric"), FieldRules.PLAIN, SourceValue.text(text), "");
        }
        for (String text : List.of(digits, "[1, -" + digits + ".5]", "{\"a\": 0." + digits + "}")) {
            refuses(TargetType.of(Kind.JSONB, "jsonb"), FieldRules.PLAIN, SourceValue.text(text), "more digits");
        }
    }

    @Test
    void countsCharactersAndNotBytes() throws ConversionException {
        TargetType five = TargetType.varchar(5);
        assertThat(text(convert(five, FieldRules.PLAIN, SourceValue.text("🤖🤖🤖🤖🤖"))))
                .hasSize(10);
        refuses(five, FieldRules.PLAIN, SourceValue.text("123456"), "6 characters long");
        refuses(five, FieldRules.PLAIN, SourceValue.text("12345 "), "6 characters long");
    }

    @Test
    void appliesRulesBeforeTheType() throws ConversionException {
        FieldRules rules = new FieldRules(
                false,
                ZoneOffset.UTC,
                Epoch.NONE,
                true,
                Map.of("done", "completed", "1", "low"),
                FieldRules.Empty.NULL,
                "pending",
                true);
        TargetType type = TargetType.varchar(20);
        assertThat(text(convert(type, rules, SourceValue.text("done")))).isEqualTo("completed");
        assertThat(text(convert(type, rules, SourceValue.integer(1)))).isEqualTo("low");
        assertThat(text(convert(type, rules, SourceValue.text("")))).isEqualTo("pending");
        assertThat(text(convert(type, rules, SourceValue.NULL))).isEqualTo("pending");
        refuses(type, FieldRules.PLAIN.withRequired(true), SourceValue.NULL, "is NULL");
        assertThat(convert(type, FieldRules.PLAIN, SourceValue.NULL)).isNull();
    }

    private static FieldRules rules(ZoneId zone, Epoch epoch) {
        return new FieldRules(false, zone, epoch, false, Map.of(), FieldRules.Empty.KEEP, null, false);
    }

    private static CanonicalValue convert(TargetType type, FieldRules rules, SourceValue value)
            throws ConversionException {
        return Field.of(type, rules, null).convert(value);
    }

    private static void refuses(TargetType type, FieldRules rules, SourceValue value, String reason) {
        assertThatThrownBy(() -> convert(type, rules, value))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining(reason);
    }

    private static String text(CanonicalValue value) {
        return new String(value.bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static java.time.Instant moment(CanonicalValue value) {
        long micros = value.number() + Kind.EPOCH_MICROS;
        return java.time.Instant.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000);
    }
}
