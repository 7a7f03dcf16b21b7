package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.equivalence.Answers;
import io.schemajob.catalog.equivalence.DeparsedForms;
import io.schemajob.catalog.equivalence.Equivalence;
import io.schemajob.catalog.equivalence.Forms;
import io.schemajob.catalog.equivalence.PlannedForms;
import io.schemajob.catalog.equivalence.Question;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.BriefDefault;
import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What people write and what the servers make of it compare equal, and what means something else does not. */
class WrittenByHandIT {
    private static final String TABLE =
            "CREATE TABLE t (a int, b int, n numeric(9,2), s text, v varchar(30), c char(3), j jsonb, tags text[], ok boolean,"
                    + " at timestamptz, day date, span interval, u uuid, bin bytea, \"Mixed\" text, \"order\" int)";

    private static final String NESTED_OR = "a = 1 OR (b = 2 OR (a = 3 OR ok))";
    private static final String NESTED_AND = "a = 1 AND (b = 2 AND (a = 3 AND ok))";

    /** Printed they keep their brackets or lose them as they were made; the planner makes one list. */
    private static final Set<String> NESTED = Set.of(NESTED_OR, NESTED_AND);

    private static final List<String> CHECKS = List.of(
            "a > 0",
            "A>0 and b<10 or not ok",
            "(a + b * 2 - 3) / 4 % 5 <> 1",
            "-a < -1",
            "n >= 0 AND n <= 9.99",
            "n > -5",
            "s IN ('x', 'y', 'it''s')",
            "v in ('new','open')",
            "c IN ('abc')",
            "a in (1, 2, 3)",
            "a NOT IN (1, 2)",
            "v NOT IN ('q', 'r')",
            "a BETWEEN 1 AND 5",
            "a NOT BETWEEN 1 AND 5 AND b = 1",
            "s LIKE 'x%'",
            "v NOT LIKE '%y'",
            "s ILIKE 'x_' OR s NOT ILIKE 'q'",
            "s ~ '^[a-z]+$' AND s !~* 'bad'",
            "v ~ 'x'",
            "s SIMILAR TO 'a|b'",
            "s IS NULL OR length(s) <= 100",
            "v IS NOT NULL",
            "ok IS TRUE OR ok IS NOT FALSE OR ok IS UNKNOWN",
            "a IS DISTINCT FROM b",
            "a IS NOT DISTINCT FROM b",
            "a != b",
            "char_length(trim(s)) > 0",
            "trim(both 'x' from s) <> ''",
            "lower(s) = s",
            "lower(v) = v AND length(v) > 1 AND upper(trim(v)) <> 'Q'",
            "to_tsvector('english', v) @@ to_tsquery('x')",
            "coalesce(s, '') <> ''",
            "nullif(a, 0) > 1 OR greatest(a, b) < 9 OR least(a, b, 3) = 2",
            "jsonb_typeof(j) = 'object'",
            "j ? 'key' AND j ->> 'kind' = 'x' AND j -> 'a' IS NOT NULL",
            "(j ->> 'n')::int > 3",
            "j @> '{\"a\": 1}'",
            "array_length(tags, 1) > 0 AND tags[1] <> 'x'",
            "'x' = ANY (tags)",
            "tags && ARRAY['a', 'b']",
            "tags <> '{}'",
            "CASE WHEN a > 1 THEN b > 2 ELSE ok END",
            "CASE a WHEN 1 THEN true WHEN 2 THEN false END",
            "at > '2020-01-01 00:00:00+00'",
            "at >= timestamptz '2020-01-01 00:00:00+00'",
            "day >= date '2020-01-01'",
            "day <= CAST('2020-01-01' AS date)",
            "extract(year from day) > 2000",
            "date_part('year', day) > 2000",
            "day + interval '1 day' > at",
            "at < now() + interval '7 days'",
            "at < current_timestamp",
            "day < current_date",
            "(at AT TIME ZONE 'UTC') > '2020-01-01 00:00:00'",
            "span > interval '00:00:01'",
            "u <> '00000000-0000-0000-0000-000000000000'",
            "octet_length(bin) < 100",
            "substring(s from 1 for 2) = 'ab'",
            "position('x' in s) > 0",
            "\"Mixed\" <> '' AND \"order\" > 1",
            "num_nonnulls(a, b) = 1",
            "(a IS NULL) = (b IS NULL)",
            "NOT (a > 1 AND (b > 2 OR ok))",
            "(ok AND a = 1) OR (NOT ok AND (a = 2 OR b = 3))",
            "s COLLATE \"C\" > 'a'",
            "a::bigint * 2 > 3 AND a::text = '1' AND n::int > 1",
            "a # b > 1 AND a & 1 = 0 AND a << 2 > 1 AND a * a > 1",
            "s || v || 'x' <> 'y'",
            "round(n, 1) = 1.5 AND n = 1e3",
            NESTED_OR,
            NESTED_AND,
            "s <> E'line\\nbreak' AND s <> $$dollar's$$");

    private static final List<String> DEFAULTS = List.of(
            "a 5",
            "a -5",
            "a '7'",
            "a 2 + 3",
            "n 0",
            "n -1.50",
            "s ''",
            "s 'it''s'",
            "v 'x'",
            "c 'abc'",
            "j '{}'",
            "j '{\"a\": [1]}'",
            "j jsonb_build_object('a', 1)",
            "tags '{}'",
            "tags ARRAY['x']",
            "tags ARRAY[]::text[]",
            "ok true",
            "ok FALSE",
            "at now()",
            "at CURRENT_TIMESTAMP",
            "at now() + interval '1 day'",
            "day current_date",
            "span '7 days'",
            "span interval '1 hour'",
            "u gen_random_uuid()",
            "s NULL",
            "s current_user",
            "s md5(random()::text)",
            "bin '\\x00'",
            "s upper('x'::text)",
            "at timezone('utc', now())::timestamptz");

    private static final List<String> VIEWS = List.of(
            "SELECT a, b FROM t",
            "SELECT t.a, t.b AS other FROM t WHERE t.ok ORDER BY t.a DESC, b NULLS FIRST LIMIT 5 OFFSET 1",
            "SELECT x.a FROM t AS x WHERE x.v IN ('new', 'open') AND x.at > now() - interval '7 days'",
            "SELECT DISTINCT s FROM t",
            "SELECT DISTINCT ON (s) s, a FROM t ORDER BY s, a",
            "SELECT s, count(*), sum(n) total FROM t GROUP BY s HAVING count(*) > 1",
            "SELECT count(*) FILTER (WHERE ok) AS good, count(DISTINCT s) AS kinds FROM t",
            "SELECT p.a, q.b FROM t p JOIN t q ON q.a = p.b LEFT OUTER JOIN t r ON r.a = q.a WHERE p.ok",
            "SELECT p.a, q.b FROM t p, t q WHERE p.a = q.b",
            "SELECT p.b FROM t p INNER JOIN t r USING (a) CROSS JOIN t q",
            "SELECT a, row_number() OVER (PARTITION BY s ORDER BY a DESC) AS place, max(b) OVER (PARTITION BY s) AS m FROM t",
            "SELECT a, (SELECT max(u.b) FROM t u WHERE u.a = t.a) AS best FROM t",
            "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM t u WHERE u.b = t.a) AND a IN (SELECT u.b FROM t u)",
            "WITH w AS (SELECT t.a FROM t WHERE t.ok) SELECT w.a FROM w",
            "SELECT a FROM t UNION ALL SELECT b FROM t",
            "SELECT a, CASE WHEN b > 1 THEN 'high' WHEN b > 0 THEN 'low' ELSE 'none' END AS level FROM t",
            "SELECT s, string_agg(v, ', ' ORDER BY v) AS all_v, array_agg(a) AS ids FROM t GROUP BY s",
            "SELECT date_trunc('day', at) AS day, avg(n)::numeric(9,2) AS mean FROM t GROUP BY 1",
            "SELECT e.key, e.value FROM t, LATERAL jsonb_each_text(t.j) e(key, value)",
            "SELECT g.n FROM generate_series(1, 3) g(n)",
            "VALUES (1, 'x'), (2, 'y')",
            "SELECT lower(s), a + 1, b::text, CASE WHEN ok THEN 1 END FROM t",
            "SELECT a AS one FROM t UNION SELECT b AS two FROM t INTERSECT SELECT 3 ORDER BY one",
            "SELECT s, sum(a) AS total FROM t GROUP BY s ORDER BY total DESC, 1",
            "SELECT a FROM t OFFSET 2 ROWS FETCH FIRST 4 ROWS ONLY",
            "SELECT a AS first FROM t OFFSET 3 LIMIT 6;");

    /** Checks that look alike and are not: declared, live. */
    private static final List<List<String>> OTHER_CHECKS = List.of(
            List.of("a > 0", "a >= 0"),
            List.of("s = 'x'", "s = 'X'"),
            List.of("s COLLATE \"C\" > 'a'", "s > 'a'"),
            List.of("s COLLATE \"C\" > 'a'", "s COLLATE \"POSIX\" > 'a'"),
            List.of("a IN (1, 2)", "a IN (1, 2, 3)"),
            List.of("a IN (1, 2)", "a NOT IN (1, 2)"),
            List.of("a = ALL (ARRAY[1, 2])", "a = ANY (ARRAY[1, 2])"),
            List.of("tags = '{a,b}'", "tags = '{b,a}'"),
            List.of("s = ANY ('{\"a,b\"}')", "s = ANY ('{a,b}')"),
            List.of("must IS NOT NULL AND b > 0", "b > 0"),
            List.of("must IS NULL OR b > 0", "b > 0"),
            List.of("a / 2 * 2 > 1", "a / (2 * 2) > 1"),
            List.of("a / 2 > 1", "a / 2.0 > 1"),
            List.of("NOT a > 1 AND ok", "NOT (a > 1 AND ok)"),
            List.of("ok OR a > 1 AND b > 1", "(ok OR a > 1) AND b > 1"),
            List.of("s LIKE 'x_'", "s LIKE 'x\\_'"),
            List.of("s LIKE 'x'", "s ILIKE 'x'"),
            List.of("s ~ 'x'", "s ~* 'x'"),
            List.of("s SIMILAR TO 'x'", "s ~ 'x'"),
            List.of("at > '2020-01-01 00:00:00+00'", "at > '2020-01-01 00:00:00+01'"),
            List.of("day > '2020-01-02'", "day > '2020-02-01'"),
            List.of("span > interval '1 day'", "span > interval '24 hours'"),
            List.of("span > interval '1 month'", "span > interval '30 days'"),
            List.of("c = 'a'", "c::text = 'a'"),
            List.of("v = 'abc'", "v::char = 'abc'"),
            List.of("s::\"char\" = 'a'", "s::char = 'a'"),
            List.of("j -> 'a' IS NOT NULL", "j ->> 'a' IS NOT NULL"),
            List.of("a::smallint > 1", "a::bigint > 1"),
            List.of("coalesce(a, b) > 1", "coalesce(b, a) > 1"),
            List.of("\"Mixed\" <> ''", "s <> ''"),
            List.of("extract(year from day) > 1", "extract(isoyear from day) > 1"),
            List.of("at < now()", "at < clock_timestamp()"),
            List.of("at < now()", "at < statement_timestamp()"),
            List.of("s <> E'\\x41'", "s <> 'x41'"),
            List.of("own(a) > 1", "a + 1 > 1"),
            List.of("own_text(s) > 'a'", "s > 'a'"),
            List.of("own_true()", "true"),
            List.of("now() > at", "app.now() > at"),
            List.of("a > 0) IS NOT NULL OR (true", "(a > 0) IS NOT NULL OR true"),
            List.of("a > 0 -- OR ok", "a > 0 OR ok"));

    /** Type, declared, live. */
    private static final List<List<String>> OTHER_DEFAULTS = List.of(
            List.of("integer", "1", "2"),
            List.of("text", "'x'", "'X'"),
            List.of("text", "''", "NULL::text"),
            List.of("text", "'1'", "'1 '"),
            List.of("character varying(3)", "'abc'", "'abcd'"),
            List.of("character(3)", "'abc'", "'abcd'"),
            List.of("bit(3)", "B'101'", "B'1011'"),
            List.of("timestamp with time zone", "now()", "clock_timestamp()"),
            List.of("timestamp with time zone", "now()", "now() - interval '1 day'"),
            List.of("date", "current_date", "'today'"),
            List.of("double precision", "0.1", "0.10000000000000002"),
            List.of("bigint", "nextval('one')", "nextval('two')"),
            List.of("text", "current_user", "session_user"),
            List.of("text", "current_schema", "'\"current_schema\"'"),
            List.of("uuid", "gen_random_uuid()", "'00000000-0000-0000-0000-000000000000'"),
            List.of("integer", "1), other integer DEFAULT (2", "1"));

    private static final List<List<String>> OTHER_VIEWS = List.of(
            List.of("SELECT a FROM t LIMIT 1", "SELECT a FROM t LIMIT 2"),
            List.of("SELECT a FROM t FOR UPDATE", "SELECT a FROM t"),
            List.of("SELECT a FROM t FOR UPDATE", "SELECT a FROM t FOR SHARE"),
            List.of("SELECT a FROM t ORDER BY a", "SELECT a FROM t ORDER BY a DESC"),
            List.of("SELECT a FROM t UNION SELECT b FROM t", "SELECT a FROM t UNION ALL SELECT b FROM t"),
            List.of("SELECT x.a FROM t x JOIN t y USING (b)", "SELECT x.a FROM t x LEFT JOIN t y USING (b)"),
            List.of("SELECT a FROM t", "SELECT a FROM ONLY t"),
            List.of("SELECT a AS b FROM t", "SELECT b FROM t"),
            List.of("SELECT DISTINCT a FROM t", "SELECT a FROM t"),
            List.of("SELECT a FROM t WHERE ok", "SELECT a FROM t"),
            List.of("SELECT a FROM t WHERE s > 'a' COLLATE \"C\"", "SELECT a FROM t WHERE s > 'a'"),
            List.of("SELECT a FROM t WHERE a IN (SELECT b FROM t)", "SELECT a FROM t WHERE a IN (SELECT a FROM t)"),
            List.of("SELECT a FROM t TABLESAMPLE system (1)", "SELECT a FROM t TABLESAMPLE system (2)"),
            List.of(
                    "SELECT sum(a) OVER (ORDER BY b) AS x FROM t",
                    "SELECT sum(a) OVER (ORDER BY b ROWS UNBOUNDED PRECEDING) AS x FROM t"),
            List.of(
                    "WITH w AS MATERIALIZED (SELECT a FROM t) SELECT a FROM w",
                    "WITH w AS (SELECT a FROM t) SELECT a FROM w"));

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void whatMeansSomethingElseIsNeverEqual(int major) throws SQLException {
        List<String> wrong = new ArrayList<>();
        try (Connection connection = Postgres.version(major).createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA app; CREATE SEQUENCE one; CREATE SEQUENCE two");
            statement.execute(TABLE.replace("\"order\" int", "\"order\" int, must int NOT NULL"));
            statement.execute("CREATE FUNCTION own(a int) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1 + 1'");
            statement.execute("CREATE FUNCTION own_text(s text) RETURNS text IMMUTABLE LANGUAGE sql"
                    + " AS 'SELECT $1 COLLATE \"C\"'");
            statement.execute("CREATE FUNCTION own_true() RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT true'");
            statement.execute(
                    "CREATE FUNCTION app.now() RETURNS timestamptz STABLE LANGUAGE sql AS 'SELECT NULL::timestamptz'");
            List<Question> questions = new ArrayList<>();
            OTHER_CHECKS.forEach(pair -> questions.add(new Question(SqlScope.table("t"), pair.get(0), pair.get(1))));
            OTHER_CHECKS.forEach(
                    pair -> questions.add(new Question(SqlScope.trigger("t"), news(pair.get(0)), news(pair.get(1)))));
            OTHER_DEFAULTS.forEach(triple ->
                    questions.add(new Question(SqlScope.defaultOf(triple.get(0)), triple.get(1), triple.get(2))));
            OTHER_VIEWS.forEach(pair -> questions.add(new Question(SqlScope.QUERY, pair.get(0), pair.get(1))));
            for (Ways ways : Ways.values()) {
                Equivalence answers = ask(connection, questions, ways);
                for (Question question : questions) {
                    if (answers.same(question.scope(), question.declared(), question.live())
                            || answers.same(question.scope(), question.live(), question.declared())) {
                        wrong.add(major + " " + ways + " " + question);
                    }
                    if (Equivalence.TOKENS.same(question.scope(), question.declared(), question.live())) {
                        wrong.add("tokens " + question);
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The condition of a trigger, whose columns belong to NEW. */
    private static String news(String check) {
        return check.replaceAll("\\b(a|b|c|j|v|s|at|day|span|must|ok|tags)\\b(?![('\",_])", "new.$1");
    }

    /** Ways to ask, one after the other, as a server allows them. */
    private enum Ways {
        BOTH,
        /** As on a standby, and for a role without the privilege TEMPORARY. */
        PLANNED,
        DEPARSED
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void comparesEqual(int major) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        List<String> wrong = new ArrayList<>();
        try (Connection connection = database.superuser()) {
            Schema live = corpus(connection);
            List<Question> equal = new ArrayList<>(checks(live));
            equal.addAll(defaults(live));
            equal.addAll(views(live));
            List<Question> different = new ArrayList<>();
            for (Question one : equal) {
                for (Question other : equal) {
                    if (!one.live().equals(other.live()) && one.scope().equals(other.scope())) {
                        different.add(new Question(one.scope(), one.declared(), other.live()));
                    }
                }
            }
            for (Ways ways : Ways.values()) {
                List<Question> all = new ArrayList<>(equal);
                all.addAll(different);
                Equivalence answers = ask(connection, all, ways);
                equal.stream()
                        .filter(question -> ways != Ways.PLANNED || isPlanned(question))
                        .filter(question -> ways != Ways.DEPARSED || !NESTED.contains(question.declared()))
                        .filter(question -> !same(answers, question))
                        .forEach(question -> wrong.add(major + " " + ways + " differ: " + question));
                different.stream()
                        .filter(question -> same(answers, question) && !FOLDED.contains(pair(question)))
                        .forEach(question -> wrong.add(major + " " + ways + " equal: " + question));
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Of one value whatever the way that they are written: the planner says so. */
    private static final Set<Set<String>> FOLDED = Set.of(
            Set.of("5", "2 + 3"),
            Set.of("'{}'", "ARRAY[]::text[]"),
            Set.of("'{}'::text[]", "ARRAY[]::text[]"),
            Set.of("now()", "CURRENT_TIMESTAMP"));

    private static Set<String> pair(Question question) {
        return new TreeSet<>(List.of(question.declared(), question.live()));
    }

    private static boolean same(Equivalence answers, Question question) {
        return answers.same(question.scope(), question.declared(), question.live());
    }

    /** The planner prints no collations, and no queries as they are written. */
    private static boolean isPlanned(Question question) {
        return question.scope().kind() != SqlScope.Kind.QUERY
                && !question.declared().contains("COLLATE");
    }

    private static Equivalence ask(Connection connection, List<Question> questions, Ways ways) throws SQLException {
        Answers answers = new Answers();
        questions.forEach(question -> answers.noting().same(question.scope(), question.declared(), question.live()));
        if (ways != Ways.PLANNED) {
            Forms deparsed = new DeparsedForms(connection, "public");
            ReadOnlyWork.scratch(connection, "public", ReadOnlyWork.Path.DECLARED, () -> {
                answers.ask(deparsed);
                return null;
            });
        }
        if (ways != Ways.DEPARSED) {
            ReadOnlyWork.run(connection, "public", () -> {
                answers.ask(PlannedForms.of(connection, "public", answers));
                return null;
            });
        }
        return answers.given();
    }

    private static Schema corpus(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = public");
            statement.execute(TABLE);
            for (int i = 0; i < CHECKS.size(); i++) {
                statement.execute("ALTER TABLE t ADD CONSTRAINT c%03d CHECK (%s)".formatted(i, CHECKS.get(i)));
            }
            for (int i = 0; i < DEFAULTS.size(); i++) {
                String[] parts = DEFAULTS.get(i).split(" ", 2);
                statement.execute("CREATE TABLE d%03d (LIKE t)".formatted(i));
                statement.execute("ALTER TABLE d%03d ALTER %s SET DEFAULT %s".formatted(i, parts[0], parts[1]));
            }
            for (int i = 0; i < VIEWS.size(); i++) {
                statement.execute("CREATE VIEW v%03d AS %s".formatted(i, VIEWS.get(i)));
            }
            return ReadOnlyWork.run(connection, "public", () -> LiveCatalog.read(connection, "public", null, false));
        }
    }

    private static List<Question> checks(Schema live) {
        List<Check> checks = live.tables().get("t").checks();
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < CHECKS.size(); i++) {
            questions.add(new Question(
                    SqlScope.table("t"), CHECKS.get(i), checks.get(i).expression()));
        }
        return questions;
    }

    private static List<Question> defaults(Schema live) {
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < DEFAULTS.size(); i++) {
            String[] parts = DEFAULTS.get(i).split(" ", 2);
            Column column =
                    live.tables().get("d%03d".formatted(i)).column(parts[0]).orElseThrow();
            if (column.defaultValue() != null) {
                SqlScope scope = SqlScope.defaultOf(column.type());
                questions.add(new Question(scope, parts[1], column.defaultValue()));
                questions.add(new Question(
                        scope, BriefDefault.of(column.defaultValue(), column.type()), column.defaultValue()));
            }
        }
        return questions;
    }

    private static List<Question> views(Schema live) {
        List<View> views = List.copyOf(new TreeMap<>(live.views()).values());
        List<Question> questions = new ArrayList<>();
        for (int i = 0; i < VIEWS.size(); i++) {
            questions.add(
                    new Question(SqlScope.QUERY, VIEWS.get(i), views.get(i).definition()));
        }
        return questions;
    }
}
