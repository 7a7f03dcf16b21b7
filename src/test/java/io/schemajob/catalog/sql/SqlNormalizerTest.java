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

/** Pure cases; that the forms are those of real servers is the matter of {@code WrittenByHandIT}. */
class SqlNormalizerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a>1                             | ( A  > 1 )",
                "a > 1 /* c /* nested */ */      | a > 1 -- end",
                "\"abc\" = 1                     | abc = 1",
                "x IN ('b', 'a')                 | x = ANY (ARRAY['a'::text, 'b'::text])",
                "v in ('a','b')                  | (v)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])",
                "x NOT IN (1, 2)                 | x <> ALL (ARRAY[1, 2])",
                "x in (1)                        | x = 1",
                "a AND (b AND c)                 | (a AND b) AND c",
                "n between 1 and 2               | n >= 1 AND n <= 2",
                "x <> 1                          | x != 1",
                "-1                              | '-1'::integer",
                "''                              | ''::text",
                "e'a\\'b'                        | 'a''b'",
                "$$a'b$$                         | 'a''b'",
                "a is not null                   | (a IS NOT NULL)",
                "cast(a as int)                  | a::integer",
                "interval '1 week'               | '7 days'::interval",
                "interval '90 minutes'           | '01:30:00'::interval",
                "interval '1 year 2 mons'        | '14 months'::interval",
                "now()                           | CURRENT_TIMESTAMP",
                "pg_catalog.lower(a)             | lower(a)",
                "a operator(pg_catalog.+) b      | a + b",
                "case when a then b end          | CASE WHEN a THEN b ELSE NULL::text END",
                "array[]::text[]                 | '{}'::text[]",
                "x similar to 'a'                | x ~ similar_to_escape('a'::text)",
            })
    void equalExpressions(String one, String other) {
        assertThat(SqlNormalizer.expression(one)).isEqualTo(SqlNormalizer.expression(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a > 1                | a >= 1",
                "a > 1                | \"A\" > 1",
                "\"user\"             | user",
                "'a'                  | 'A'",
                "'a'                  | a",
                "(a OR b) AND c       | a OR b AND c",
                "a - (b - c)          | a - b - c",
                "x IN ('a')           | x IN ('a', 'b')",
                "x IN ('a', 'b')      | x NOT IN ('a', 'b')",
                "a LIKE 'x'           | a ILIKE 'x'",
                "lower(a)             | upper(a)",
                "a::integer           | a::bigint",
                "interval '1 month'   | interval '30 days'",
                "interval '1 day'     | interval '24 hours'",
                "1.5                  | 1.50",
                "NOT a AND b          | NOT (a AND b)",
                "a IS NULL            | a IS NOT NULL",
                "f(a, b)              | f(b, a)",
                "f(x => 1)            | f(y => 1)",
                "count(*)             | count(a)",
                "count(DISTINCT a)    | count(a)",
                "sum(a) FILTER (WHERE b) | sum(a)",
                "a COLLATE \"C\"      | a",
                "a AT TIME ZONE 'UTC' | a AT TIME ZONE 'CET'",
            })
    void differentExpressions(String one, String other) {
        assertThat(SqlNormalizer.expression(one)).isNotEqualTo(SqlNormalizer.expression(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a FROM t                 | select t.a from t;",
                "SELECT x.a FROM t x             | SELECT a FROM t AS x",
                "SELECT a AS a FROM t            | SELECT t.a FROM t",
                "SELECT count(*) FROM t          | SELECT count(*) AS count FROM t",
                "SELECT a FROM t ORDER BY a ASC  | SELECT a FROM t ORDER BY t.a",
                "SELECT a FROM t LIMIT 1 OFFSET 2 | SELECT a FROM t OFFSET 2 LIMIT 1",
                "SELECT a, b FROM t GROUP BY 1, 2 | SELECT a, b FROM t GROUP BY a, b",
                "SELECT sum(a) AS s FROM t ORDER BY s DESC | SELECT sum(a) AS s FROM t ORDER BY (sum(a)) DESC NULLS FIRST",
                "SELECT a FROM t UNION SELECT b FROM u | SELECT a FROM t UNION SELECT u.b AS a FROM u",
                "SELECT p.a FROM p LEFT OUTER JOIN q ON p.a = q.a | SELECT p.a FROM (p LEFT JOIN q ON ((p.a = q.a)))",
                "SELECT p.a FROM p INNER JOIN q USING (a) | SELECT p.a FROM p JOIN q USING (a)",
            })
    void equalQueries(String one, String other) {
        assertThat(SqlNormalizer.query(one)).isEqualTo(SqlNormalizer.query(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT a FROM t                 | SELECT b FROM t",
                "SELECT a FROM t                 | SELECT a FROM u",
                "SELECT a FROM t                 | SELECT a AS b FROM t",
                "SELECT a FROM t                 | SELECT DISTINCT a FROM t",
                "SELECT a FROM t ORDER BY a      | SELECT a FROM t ORDER BY a DESC",
                "SELECT a FROM t LIMIT 1         | SELECT a FROM t LIMIT 2",
                "SELECT a FROM t UNION SELECT b FROM u | SELECT a FROM t UNION ALL SELECT b FROM u",
                "SELECT p.a FROM p JOIN q ON p.a = q.a | SELECT q.a FROM p JOIN q ON p.a = q.a",
                "SELECT p.a FROM p JOIN q ON p.a = q.a | SELECT p.a FROM p LEFT JOIN q ON p.a = q.a",
                "SELECT p.a FROM p NATURAL JOIN q | SELECT p.a FROM p CROSS JOIN q",
                "SELECT a FROM f() WITH ORDINALITY | SELECT a FROM f()",
                "SELECT a FROM ONLY t            | SELECT a FROM t",
                "SELECT a FROM t WHERE b         | SELECT a FROM t",
                "SELECT a FROM t GROUP BY a      | SELECT a FROM t GROUP BY a HAVING b",
                "SELECT a FROM t FOR UPDATE      | SELECT a FROM t",
            })
    void differentQueries(String one, String other) {
        assertThat(SqlNormalizer.query(one)).isNotEqualTo(SqlNormalizer.query(other));
    }

    @Test
    void defaultsTakeTheTypeOfTheColumn() {
        assertThat(SqlNormalizer.defaultValue("NULL", "text")).isNull();
        assertThat(SqlNormalizer.defaultValue("NULL::text", "text")).isNull();
        assertThat(SqlNormalizer.defaultValue("'7'", "integer")).isEqualTo(SqlNormalizer.defaultValue("7", "integer"));
        assertThat(SqlNormalizer.defaultValue("'1 week'", "interval"))
                .isEqualTo(SqlNormalizer.defaultValue("'7 days'::interval", "interval"));
        assertThat(SqlNormalizer.defaultValue("'7'", "jsonb")).isNotEqualTo(SqlNormalizer.defaultValue("'8'", "jsonb"));
    }

    @Test
    void bodiesDifferOnlyByMoreThanWhiteSpaceAtTheEdges() {
        assertThat(SqlNormalizer.body("\nBEGIN  \r\n  x;\nEND\n\n")).isEqualTo(SqlNormalizer.body("BEGIN\n  x;\nEND"));
        assertThat(SqlNormalizer.body("BEGIN\nx;\nEND")).isNotEqualTo(SqlNormalizer.body("BEGIN\n  x;\nEND"));
        assertThat(SqlNormalizer.sqlBody("BEGIN ATOMIC\n SELECT t.a\n  FROM t;\nEND"))
                .isEqualTo(SqlNormalizer.sqlBody("begin atomic select a from t; end"));
        assertThat(SqlNormalizer.sqlBody("RETURN (x / (2)::numeric)")).isEqualTo(SqlNormalizer.sqlBody("return x / 2"));
    }

    @Test
    void namesAreFoundAsWholeWords() {
        assertThat(SqlNormalizer.mentions("lower(name) || 'other'", List.of("name")))
                .isTrue();
        assertThat(SqlNormalizer.mentions("\"Odd Name\" > 1", List.of("Odd Name")))
                .isTrue();
        assertThat(SqlNormalizer.mentions("names || 'name'", List.of("name"))).isFalse();
        assertThat(SqlNormalizer.mentions(null, List.of("name"))).isFalse();
    }

    /** Whatever the text, there is an answer, and the answer for an answer-preserving change is the same. */
    @Property(tries = 2000)
    void neverFails(
            @ForAll
                    @StringLength(max = 40)
                    @CharRange(from = ' ', to = '~')
                    @Chars({'\'', '"', '(', ')', '$', '\n', ':', '[', ']'})
                    String text) {
        String normal = SqlNormalizer.expression(text);
        assertThat(normal).isNotNull();
        assertThat(SqlNormalizer.query(text)).isNotNull();
        assertThat(SqlNormalizer.tokens(" " + text)).isEqualTo(SqlNormalizer.tokens(text));
    }
}
