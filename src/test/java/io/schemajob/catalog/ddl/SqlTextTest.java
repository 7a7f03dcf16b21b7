package io.schemajob.catalog.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, literals and bodies come through SQL as they are. */
class SqlTextTest {
    @ParameterizedTest
    @CsvSource({
        "orders, orders",
        "Orders, \"Orders\"",
        "user, \"user\"",
        "a b, \"a b\"",
        "x\"y, \"x\"\"y\"",
        "left, \"left\""
    })
    void quotesWhereItMust(String name, String written) {
        assertThat(SqlText.name(name)).isEqualTo(written);
    }

    @Test
    void findsNamesAlsoInLiterals() {
        assertThat(SqlNames.mentioned("nextval('shop.\"Seq\"'::regclass) + Orders.\"Odd\" || 'two words'"))
                .contains("shop", "Seq", "orders", "Odd", "nextval")
                .doesNotContain("two words", "two");
    }

    @Property
    void aBodyIsOneStatement(
            @ForAll @StringLength(max = 12) @CharRange(from = 'a', to = 'd') @CharRange(from = '$', to = '\'')
                    String body) {
        String sql = "DO " + SqlText.dollar(body + "$$b;o$d$y$") + ";\nSELECT 1;";
        assertThat(ScriptParser.outline(Script.of(new TextFile("x.sql", sql))).statements())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "integer, bigint,",
        "character varying(50), text,",
        "uuid, text,",
        "jsonb, json,",
        "text, integer, c::integer",
        "text, mood, c::mood",
        "mood, state, c::text::state",
        "text[], integer[], c::text[]::integer[]",
        "boolean, integer, c::integer"
    })
    void saysHowOnlyWhereItMust(String from, String to, String using) {
        assertThat(TypeFamily.using(Schema.EMPTY, "c", from, to)).isEqualTo(using);
    }

    @Test
    void enumsGrowInPlace() {
        List<String> union = EnumValues.union(List.of("a", "d"), List.of("z", "a", "b", "c"));
        assertThat(union).containsExactly("z", "a", "b", "c", "d");
        assertThat(EnumValues.additions("e", List.of("a", "d"), union, false))
                .containsExactly(
                        "ALTER TYPE e ADD VALUE 'z' BEFORE 'a'",
                        "ALTER TYPE e ADD VALUE 'b' AFTER 'a'",
                        "ALTER TYPE e ADD VALUE 'c' AFTER 'b'");
    }
}
