package io.schemajob.importer.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code JsonAgreementIT} asks PostgreSQL itself about many more. */
class JsonConverterTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"b\":1,\"a\":2,\"aa\":3}|{\"a\": 2, \"b\": 1, \"aa\": 3}",
                "{\"a\":1,\"a\":2}|{\"a\": 2}",
                "[1,2.50,1e2,-0,1.5e-3]|[1, 2.50, 100, 0, 0.0015]",
                "\"\\u00e9\\ud83e\\udd16\\/\"|\"é🤖/\"",
                " {  } |{}",
                "[]|[]",
                "null|null",
                "true|true",
                "\"\\u0001\\n\"|\"\\u0001\\n\"",
            })
    void printsAsPostgresDoes(String json, String canonical) throws ConversionException {
        assertThat(convert(json, false)).isEqualTo(canonical);
    }

    /** Only jsonb loses something. */
    @Test
    void countsKeysThatAreThereTwiceWhereOneIsLost() throws ConversionException {
        for (Kind kind : new Kind[] {Kind.JSON, Kind.JSONB}) {
            JsonConverter converter = new JsonConverter(kind, false);
            CanonicalValue value = converter.convert(SourceValue.text("{\"a\": 1, \"a\": 2}"));
            assertThat(value.bytes()).hasSize(kind == Kind.JSON ? 16 : 8);
            assertThat(converter.duplicates()).isEqualTo(kind == Kind.JSON ? 0 : 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\"}",
                "{'a': 1}",
                "{a: 1}",
                "01",
                "1.",
                ".5",
                "+1",
                "NaN",
                "tru",
                "\"a",
                "\"\t\"",
                "\"\\x\"",
                "\"\\u12\"",
                "[1] x",
                "{\"a\":1,}",
                "// c\n1",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
                "\"\\u0000\"",
                "1e999999999",
                "-",
                "1e",
            })
    void refusesWhatPostgresRefuses(String json) {
        assertThatThrownBy(() -> convert(json, false)).isInstanceOf(ConversionException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|is not valid JSON: it ends too early",
                "NaN|is not valid JSON at character 1",
                "[1, NaN]|is not valid JSON at character 5",
                "nul|is not valid JSON at character 1",
                "[-Infinity]|is not valid JSON at character 2",
                "{\"a\": undefined}|is not valid JSON at character 7",
                "[1,|is not valid JSON: it ends too early",
                "{\"a\":|is not valid JSON: it ends too early",
                "\"a|is not valid JSON: it ends too early",
                "[1,]|is not valid JSON at character 4",
                "{'a': 1}|is not valid JSON at character 2",
                "[1] [2]|is not valid JSON at character 5",
                "tru|is not valid JSON at character 1",
            })
    void saysWhereItStopsBeingJson(String json, String reason) {
        assertThatThrownBy(() -> convert(json, false)).hasMessage(reason);
    }

    @Test
    void refusesDuplicateKeysWhereTheMappingSaysSo() {
        assertThatThrownBy(() -> convert("[{\"a\": 1, \"a\": 1}]", true)).hasMessageContaining("there twice");
    }

    @Test
    void endsBeforeTheStackDoes() {
        assertThatThrownBy(() -> convert("[".repeat(100_000), false)).hasMessageContaining("nested deeper");
    }

    private static String convert(String json, boolean refuseDuplicates) throws ConversionException {
        CanonicalValue value = new JsonConverter(Kind.JSONB, refuseDuplicates).convert(SourceValue.text(json));
        return new String(value.bytes(), StandardCharsets.UTF_8);
    }
}
