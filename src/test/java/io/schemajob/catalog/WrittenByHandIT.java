package io.schemajob.catalog;

import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlNormalizer;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What people write and what the servers make of it compare equal, and nothing is left to comparing tokens. */
class WrittenByHandIT {
    private static final String TABLE =
            "CREATE TABLE t (a int, b int, n numeric(9,2), s text, v varchar(30), c char(3), j jsonb, tags text[], ok boolean,"
                    + " at timestamptz, day date, span interval, u uuid, bin bytea, \"Mixed\" text, \"order\" int)";

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
            "VALUES (1, 'x'), (2, 'y')");

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void comparesEqual(int major) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        Schema live;
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
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
            live = LiveCatalog.read(connection, "public", null);
        }
        SoftAssertions softly = new SoftAssertions();
        checks(live, softly);
        defaults(live, softly);
        views(live, softly);
        softly.assertAll();
    }

    private static void checks(Schema live, SoftAssertions softly) {
        List<Check> checks = live.tables().get("t").checks();
        for (int i = 0; i < CHECKS.size(); i++) {
            softly.assertThat(SqlNormalizer.expression(CHECKS.get(i)))
                    .as("%s, printed as %s", CHECKS.get(i), checks.get(i).expression())
                    .isEqualTo(SqlNormalizer.expression(checks.get(i).expression()));
        }
        softly.assertThat(CHECKS.stream().map(SqlNormalizer::expression)).doesNotHaveDuplicates();
    }

    private static void defaults(Schema live, SoftAssertions softly) {
        for (int i = 0; i < DEFAULTS.size(); i++) {
            String[] parts = DEFAULTS.get(i).split(" ", 2);
            Column column =
                    live.tables().get("d%03d".formatted(i)).column(parts[0]).orElseThrow();
            softly.assertThat(SqlNormalizer.defaultValue(parts[1], column.type()))
                    .as("%s, printed as %s", DEFAULTS.get(i), column.defaultValue())
                    .isEqualTo(SqlNormalizer.defaultValue(column.defaultValue(), column.type()));
            softly.assertThat(SqlNormalizer.defaultValue(Snapshot.briefDefault(column.defaultValue()), column.type()))
                    .isEqualTo(SqlNormalizer.defaultValue(column.defaultValue(), column.type()));
        }
    }

    private static void views(Schema live, SoftAssertions softly) {
        List<View> views = List.copyOf(new TreeMap<>(live.views()).values());
        for (int i = 0; i < VIEWS.size(); i++) {
            softly.assertThat(SqlNormalizer.query(VIEWS.get(i)))
                    .as("%s, printed as %s", VIEWS.get(i), views.get(i).definition())
                    .isEqualTo(SqlNormalizer.query(views.get(i).definition()));
        }
        softly.assertThat(VIEWS.stream().map(SqlNormalizer::query)).doesNotHaveDuplicates();
    }
}
