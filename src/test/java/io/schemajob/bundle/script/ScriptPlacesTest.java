package io.schemajob.bundle.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.bundle.source.TextFile;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables are found where SQL stands, and refused where quoting them would mean something else. */
class ScriptPlacesTest {
    private static List<String> places(String sql) {
        return ScriptPlaces.of(Script.of(new TextFile("001_a.up.sql", sql)), Set.of("a", "b")).stream()
                .map(place -> place.name() + ":" + place.line() + ":" + sql.substring(place.start(), place.end()))
                .toList();
    }

    @Test
    void areFoundInSql() {
        assertThat(places("GRANT SELECT ON t TO ${a};\n\nSELECT\n  ${b}, ${c}.x, (${a});\n"))
                .containsExactly("a:1:${a}", "b:4:${b}", "c:4:${c}", "a:4:${a}");
    }

    @Test
    void textStaysText() {
        assertThat(places("-- ${a}\n/* ${b} */\nSELECT '${c}', \"${d}\", $$ ${e} $$, $1;\n"
                        + "COPY t FROM stdin;\nit's ${a}\n\\.\nSELECT ${b};\n"))
                .containsExactly("b:7:${b}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1;\nSELECT '\n${a}'",
                "SELECT 1,\n\n\"${a}\"",
                "DO $$ BEGIN\n\nPERFORM ${b}; END $$",
                "SELECT\n1,\nE${a}",
                "SELECT\n1,\nU&${a}",
                "SELECT\n\nx${a}",
                "SELECT\n\n${a}x",
                "SELECT\n\n${a}'x'",
                "SELECT\n\n${a}${b}"
            })
    void nothingThatQuotesCouldJoin(String sql) {
        assertThatThrownBy(() -> places(sql)).hasMessageMatching("(?s)001_a.up.sql:3: .*(beside|inside).*");
    }
}
