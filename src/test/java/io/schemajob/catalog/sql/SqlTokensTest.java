package io.schemajob.catalog.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pure cases; what servers make of texts is the matter of {@code WrittenByHandIT}. */
class SqlTokensTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a>1                             | A  > 1",
                "a > 1 /* c /* nested */ */      | a > 1 -- end",
                "\"abc\" = 1                     | abc = 1",
                "e'a\\'b'                        | 'a''b'",
                "$$a'b$$                         | 'a''b'",
            })
    void sameTokens(String one, String other) {
        assertThat(SqlTokens.joined(one)).isEqualTo(SqlTokens.joined(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a > 1                | a >= 1",
                "a > 1                | \"A\" > 1",
                "Ä > 1                | ä > 1",
                "\"user\"             | user",
                "x::\"char\"          | x::char",
                "\"current_schema\"   | current_schema",
                "\"left\"             | left",
                "'a'                  | 'A'",
                "'a'                  | a",
                "E'\\x41'             | 'x41'",
                "E'\\x41'             | E'\\\\x41'",
                "U&'\\0041'           | '\\0041'",
                "a @ -b               | a @- b",
                "(a OR b) AND c       | a OR b AND c",
                "1.5                  | 1.50",
            })
    void otherTokens(String one, String other) {
        assertThat(SqlTokens.joined(one)).isNotEqualTo(SqlTokens.joined(other));
    }

    @Test
    void typesInArgumentsHaveManyNames() {
        assertThat(SqlTokens.arguments("days int default 30"))
                .isEqualTo(SqlTokens.arguments("days integer DEFAULT 30"));
        assertThat(SqlTokens.arguments("days int")).isNotEqualTo(SqlTokens.arguments("days bigint"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "now()                    | CURRENT_TIMESTAMP",
                "x = ANY (ARRAY['b'::text, 'a'::text]) | x = ANY (ARRAY['a'::text, 'b'::text])",
                "(v)::text = ANY ((ARRAY['b'::character varying, 'a'::character varying])::text[]) | (v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
                "x <> ALL (ARRAY[2, 1])   | x <> ALL (ARRAY[1, 2])",
                "x = ANY ('{b,a}'::text[]) | x = ANY ('{a,b}'::text[])",
            })
    void printsWithAChoice(String one, String other) {
        assertThat(PrintedSql.canonical(one)).isEqualTo(PrintedSql.canonical(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "app.now()                | CURRENT_TIMESTAMP",
                "x = ALL (ARRAY[1, 2])    | x <> ALL (ARRAY[1, 2])",
                "x = ARRAY[2, 1]          | x = ARRAY[1, 2]",
                "x = ANY (ARRAY[1, 2])    | x = ANY (ARRAY[1, 3])",
                "x = ANY (ARRAY[1, 2])    | x = ANY (ARRAY[1, 2, 2, 3])",
                "x = ANY (f('{b,a}'))     | x = ANY (f('{a,b}'))",
                "x > ANY (ARRAY[1, y])    | x > ANY (ARRAY[y, 1])",
                "x = ANY ('{\"b,c\",a}'::text[]) | x = ANY ('{\"b\",\"c,a\"}'::text[])",
            })
    void printsWithoutAChoice(String one, String other) {
        assertThat(PrintedSql.canonical(one)).isNotEqualTo(PrintedSql.canonical(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT t.a FROM t              | SELECT a FROM t",
                "SELECT x.a FROM app.t x WHERE x.b | select a from app.t x where b",
                "SELECT t.a FROM app.t ORDER BY t.a | SELECT a FROM app.t ORDER BY a",
            })
    void columnsOfASingleRelation(String one, String other) {
        assertThat(SqlTokens.query(one)).isEqualTo(SqlTokens.query(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT t.a FROM t, u           | SELECT a FROM t, u",
                "SELECT t.a FROM t JOIN u USING (b) | SELECT a FROM t JOIN u USING (b)",
                "SELECT a FROM app.t            | SELECT a FROM t",
                "SELECT t.a FROM t              | SELECT u.a FROM t",
                "SELECT t.a FROM t x            | SELECT a FROM t x",
                "SELECT (c.t).a FROM t          | SELECT (c).a FROM t",
                "SELECT t.a FROM f(t.a)         | SELECT a FROM f(a)",
                "SELECT t.a, (SELECT t.a FROM u t) FROM t | SELECT a, (SELECT a FROM u t) FROM t",
            })
    void columnsOfMore(String one, String other) {
        assertThat(SqlTokens.query(one)).isNotEqualTo(SqlTokens.query(other));
    }

    @Test
    void nullMayHaveACast() {
        assertThat(SqlTokens.isNull("NULL")).isTrue();
        assertThat(SqlTokens.isNull("(null)::character varying")).isTrue();
        assertThat(SqlTokens.isNull("nullif(1, 1)")).isFalse();
        assertThat(SqlTokens.isNull("'null'")).isFalse();
    }

    @Test
    void bodiesDifferOnlyByMoreThanWhiteSpaceAtTheEdges() {
        assertThat(SqlTokens.body("\nBEGIN  \r\n  x;\nEND\n\n")).isEqualTo(SqlTokens.body("BEGIN\n  x;\nEND"));
        assertThat(SqlTokens.body("BEGIN\nx;\nEND")).isNotEqualTo(SqlTokens.body("BEGIN\n  x;\nEND"));
    }

    @Test
    void namesAreFoundAsWholeWords() {
        assertThat(SqlTokens.mentions("lower(name) || 'other'", List.of("name")))
                .isTrue();
        assertThat(SqlTokens.mentions("\"Odd Name\" > 1", List.of("Odd Name"))).isTrue();
        assertThat(SqlTokens.mentions("names || 'name'", List.of("name"))).isFalse();
        assertThat(SqlTokens.mentions(null, List.of("name"))).isFalse();
    }

    /** Whatever the text, there is an answer, and white space before it changes nothing. */
    @Property(tries = 2000)
    void neverFails(
            @ForAll
                    @StringLength(max = 40)
                    @CharRange(from = ' ', to = '~')
                    @Chars({'\'', '"', '(', ')', '$', '\n', ':', '[', ']'})
                    String text) {
        assertThat(SqlTokens.joined(" " + text)).isEqualTo(SqlTokens.joined(text));
        assertThat(PrintedSql.canonical(text)).isNotNull();
    }
}
