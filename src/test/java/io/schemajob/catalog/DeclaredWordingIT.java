package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.equivalence.LiveWording;
import io.schemajob.catalog.equivalence.Question;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The server says whether a declared text and its own mean the same: in every place of a schema, or not at all. */
class DeclaredWordingIT {
    private static final String LIVE =
            """
            CREATE DOMAIN code AS varchar(9) DEFAULT 'none' CHECK (VALUE IN ('none', 'one') OR lower(VALUE) LIKE 'x%');
            CREATE FUNCTION touched() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            CREATE TABLE m (id bigint PRIMARY KEY, kind varchar(20) DEFAULT 'a', big bigint DEFAULT '0', none varchar(5) DEFAULT NULL,
                n int, low text GENERATED ALWAYS AS (lower(kind) || '!') STORED, at timestamptz DEFAULT now(), span int4range,
                CONSTRAINT m_kind CHECK (kind IN ('b', 'a')), CONSTRAINT unlike CHECK (n BETWEEN 1 AND 5),
                CONSTRAINT apart EXCLUDE USING gist (span WITH &&) WHERE (n > 0 AND kind <> 'z'));
            CREATE INDEX m_low ON m (lower(kind), n) WHERE kind IN ('a', 'b') AND n > 0;
            CREATE TRIGGER m_touched BEFORE UPDATE ON m FOR EACH ROW
                WHEN (OLD.kind IS DISTINCT FROM NEW.kind OR NEW.n = 1) EXECUTE FUNCTION touched();
            CREATE POLICY mine ON m USING (n IN (SELECT o.n FROM m o WHERE o.kind = 'a'))
                WITH CHECK (kind = current_setting('app.kind'));
            CREATE STATISTICS m_stats ON kind, (n + 1) FROM m;
            CREATE TABLE parts (day date, k int) PARTITION BY RANGE (day, abs(k));
            CREATE VIEW v AS SELECT kind, count(*) FROM m WHERE kind IN ('a') GROUP BY kind;
            CREATE MATERIALIZED VIEW mv AS SELECT m.id AS id FROM m WHERE m.n > 1;
            CREATE INDEX mv_half ON mv ((id / 2));
            CREATE FUNCTION f(a int, b varchar DEFAULT 'x') RETURNS SETOF varchar LANGUAGE sql AS 'SELECT b';
            CREATE FUNCTION g(a int) RETURNS numeric LANGUAGE sql BEGIN ATOMIC SELECT a / 2.0; END;
            """;

    private static final String DECLARED =
            """
            covers: 3
            types:
              code: {domain: varchar(9), default: "'none'::text", checks: {code_check: "value in ('one', 'none') or lower(value) like 'x%'"}}
            tables:
              m:
                columns:
                  id: bigint
                  kind: {type: varchar(20), default: "'a'::varchar(20)"}
                  big: {type: bigint, default: 0}
                  none: varchar(5)
                  n: int
                  low: {type: text, generated: "lower(kind)||'!'"}
                  at: {type: timestamptz, default: current_timestamp}
                  span: int4range
                primary_key: [id]
                checks:
                  m_kind: "kind in ('a','b')"
                  other_name: "n >= 1 and n <= 5"
                exclusions: {apart: "exclude using gist (span with &&) where (n > 0 and kind <> 'z')"}
                indexes:
                  m_low: {keys: [{expression: lower(kind)}, n], where: "kind in ('a','b') and n > 0"}
                triggers:
                  m_touched: {timing: before, events: [update], for_each: row, when: "old.kind is distinct from new.kind or new.n = 1", function: touched}
                policies:
                  mine: {using: "n in (select o.n from m o where o.kind = 'a')", check: "kind = current_setting('app.kind')"}
              parts: {columns: {day: date, k: int}, partition_by: "range (day, abs(k))"}
            views:
              v: {definition: "select kind, count(*) from m where kind = 'a' group by kind"}
              mv: {materialized: true, definition: "select id from m where n > 1", indexes: {mv_half: {keys: [{expression: id / 2}]}}}
            statistics:
              m_stats: {columns: "kind, (n+1)", table: m}
            functions:
              touched(): {returns: trigger, language: plpgsql, body: BEGIN RETURN NEW; END}
              f(int, varchar): {arguments: "a int, b varchar default 'x'", returns: setof varchar, language: sql, body: SELECT b}
              g(int): {arguments: a int, returns: numeric, language: sql, body: begin atomic select a / 2.0; end}
            """;

    /** What is said otherwise, and the difference that it must be. */
    private static final List<List<String>> OTHERWISE = List.of(
            List.of("'none'::text", "'one'::text", "domain code: default"),
            List.of("like 'x%'\\\"", "like 'y%'\\\"", "check code_check on domain code: definition"),
            List.of("'a'::varchar(20)", "'b'::varchar(20)", "column m.kind: default"),
            List.of("default: 0}", "default: 1}", "column m.big: default"),
            List.of("||'!'", "||'?'", "column m.low: generation"),
            List.of("default: current_timestamp", "default: clock_timestamp()", "column m.at: default"),
            List.of("kind in ('a','b')\\\"\n", "kind in ('a','c')\\\"\n", "check m_kind on m: definition"),
            List.of("n <= 5", "n < 5", "check other_name on m"),
            List.of("kind <> 'z'", "kind <> 'y'", "exclusion constraint apart on m: definition"),
            List.of("lower(kind)},", "upper(kind)},", "index m_low on m: definition"),
            List.of("and n > 0\\\"}", "and n >= 0\\\"}", "index m_low on m: definition"),
            List.of("new.n = 1", "old.n = 1", "trigger m_touched on m: definition"),
            List.of("select o.n", "select m.n", "policy mine on m: using"),
            List.of("current_setting('app.kind')", "current_setting('app.kin')", "policy mine on m: check"),
            List.of("abs(k))", "k)", "table parts: partitioning"),
            List.of("where kind = 'a' group", "where kind = 'b' group", "view v: definition"),
            List.of("from m where n > 1", "from only m where n > 1", "materialized view mv: definition"),
            List.of("id / 2", "id % 2", "index mv_half on mv: definition"),
            List.of("(n+1)", "(n+2)", "statistics m_stats: columns"),
            List.of("default 'x'\\\"", "default 'y'\\\"", "function f(integer, character varying): arguments"),
            List.of("setof varchar", "varchar", "function f(integer, character varying): result"),
            List.of("a / 2.0", "a / 2", "function g(integer): body"),
            List.of("n <= 5", "n <= 5 and absent > 0", "check other_name on m"),
            List.of("n <= 5", "n <= 5) or (n = n", "check other_name on m"),
            List.of("n <= 5", "n <= 5 -- more", "nothing"));

    private static Schema read(String text) {
        return SchemaYaml.read(new TextFile("schema.yaml", text.replace("\\\"", "\"")));
    }

    private static Postgres.Database create(int major, String sql) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = public; SET check_function_bodies = off");
            for (String one : sql.split("(?<=;)\n")) {
                statement.execute(one);
            }
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + " " + sql, e);
        }
        return database;
    }

    private static List<Difference> verify(Connection connection, Schema declared) throws SQLException {
        return Verifier.verify(
                        connection, new VerificationRequest("public", null, declared, List.of(), DiffOptions.DEFAULT))
                .differences();
    }

    private static DdlPlan plan(Connection connection, Schema declared) throws SQLException {
        return ChangePlanner.plan(
                connection, new ChangePlanner.Request("public", null, declared, DiffOptions.DEFAULT, false));
    }

    private static List<String> drift(List<Difference> differences) {
        return differences.stream()
                .filter(Difference::isDrift)
                .map(Difference::toString)
                .toList();
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void everyPlaceIsAsked(int major) throws SQLException {
        Postgres.Database database = superuserMade(major);
        try (Connection connection = database.superuser()) {
            assertThat(verify(connection, read(DECLARED)))
                    .singleElement()
                    .hasToString("check other_name on m: name, expected other_name, found unlike");
            assertThat(plan(connection, read(DECLARED)).scripts())
                    .singleElement()
                    .asString()
                    .contains("RENAME CONSTRAINT unlike TO other_name");
            List<String> wrong = new ArrayList<>();
            for (List<String> other : OTHERWISE) {
                String text = DECLARED.replace("\"", "\\\"").replace(other.get(0), other.get(1));
                assertThat(text).as(other.get(0)).isNotEqualTo(DECLARED.replace("\"", "\\\""));
                List<String> drift = drift(verify(connection, read(text)));
                boolean right = other.get(2).equals("nothing")
                        ? drift.isEmpty()
                        : !drift.isEmpty()
                                && drift.stream()
                                        .allMatch(
                                                one -> one.contains(other.get(2).replaceFirst(":.*", ""))
                                                        || one.startsWith("check unlike"));
                if (!right) {
                    wrong.add(major + " " + other + " gives " + drift);
                }
            }
            assertThat(wrong).isEmpty();
            assertThat(Rows.of(connection, "SELECT relname FROM pg_class WHERE relname LIKE 'schemajob_%'"))
                    .isEmpty();
        }
    }

    private static Postgres.Database superuserMade(int major) throws SQLException {
        return create(major, LIVE);
    }

    /** As in a dry run, in a transaction that is not committed yet. */
    @Test
    void anOpenTransactionIsAskedBehindASavepoint() throws SQLException {
        Postgres.Database database = create(Postgres.NEWEST, "CREATE TABLE t (a int, CHECK (a IN (1, 2)));");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("CREATE TABLE public.u (a int CHECK (a BETWEEN 1 AND 2))");
            assertThat(verify(
                            connection,
                            read("tables: {t: {columns: {a: int}, checks: {t_a_check: \"a in (2,1)\"}},"
                                    + " u: {columns: {a: int}, checks: {u_a_check: a>=1 and a<=2}}}")))
                    .isEmpty();
            statement.execute("INSERT INTO public.u VALUES (1)");
            connection.commit();
        }
    }

    @Test
    void whatTheServerRefusesIsDriftInItsWords() throws SQLException {
        Postgres.Database database = create(
                Postgres.NEWEST,
                "CREATE TABLE t (a int, b int DEFAULT 1, CONSTRAINT c CHECK (a > 0));"
                        + "\nCREATE TABLE victim (a int);");
        try (Connection connection = database.connect()) {
            assertThat(drift(verify(connection, declared("nowhere(a) > 0"))))
                    .singleElement()
                    .asString()
                    .contains(
                            "check c on t: definition",
                            "nowhere(a) > 0 (refused by PostgreSQL: ",
                            "nowhere(integer) does not exist");
            assertThat(drift(verify(connection, declared("a >>"))))
                    .singleElement()
                    .asString()
                    .contains("syntax error");
            for (String escape : List.of(
                    "a > 0); DROP TABLE victim; SELECT (1",
                    "a > 0) AS x FROM t; DROP TABLE victim; --",
                    "a > 0 ; COMMIT; DROP TABLE victim",
                    "a > 0) AS x INTO TEMP other FROM (SELECT 1 AS a) t --",
                    "(WITH gone AS (DELETE FROM t RETURNING a) SELECT true FROM gone)",
                    "a > 0 /*",
                    "a > 0 OR nextval('x') > {d '2020-01-01'}",
                    "a > 0 OR a = $1",
                    "a > 0 OR pg_sleep(600) IS NULL")) {
                assertThat(drift(verify(connection, declared(escape))))
                        .as(escape)
                        .isNotEmpty();
            }
            assertThat(Rows.of(connection, "SELECT count(*) FROM public.victim"))
                    .containsExactly(List.of("0"));
        }
    }

    private static Schema declared(String check) {
        return read("tables: {t: {columns: {a: int, b: {type: int, default: \"1\"}}, checks: {c: '"
                + check.replace("'", "''") + "'}}, victim: {columns: {a: int}}}");
    }

    /** A standby, a role without TEMPORARY and an event trigger that refuses views leave the planner, and tokens. */
    @Test
    void whereNoObjectCanBeMadeTheRestIsAsked() throws SQLException {
        Postgres.Database database = create(
                Postgres.NEWEST,
                "CREATE TABLE t (a int, kind varchar(9) DEFAULT 'x', CONSTRAINT c CHECK (kind IN ('a', 'b')));"
                        + "\nCREATE VIEW v AS SELECT a FROM t;");
        String declared = "tables: {t: {columns: {a: int, kind: {type: varchar(9), default: \"cast('x' as text)\"}},"
                + " checks: {c: \"%s\"}}}\nviews: {v: {definition: %s}}";
        String right = declared.formatted("kind in ('b','a')", "select A from T");
        String text = declared.formatted("kind in ('b','c')", "select A from T");
        String view = declared.formatted("kind in ('b','a')", "select t.a as a from t");
        try (Connection connection = database.connect();
                Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            assertThat(verify(connection, read(right))).isEmpty();
            assertThat(verify(connection, read(view))).isEmpty();
            List<Runnable> doors = List.of(
                    () -> run(connection, "SET default_transaction_read_only = on"),
                    () -> {
                        run(connection, "SET default_transaction_read_only = off");
                        run(
                                superuser,
                                "REVOKE TEMPORARY ON DATABASE " + database.name() + " FROM PUBLIC, " + database.user());
                    },
                    () -> {
                        run(superuser, "GRANT TEMPORARY ON DATABASE " + database.name() + " TO PUBLIC");
                        run(
                                superuser,
                                "CREATE FUNCTION public.no() RETURNS event_trigger LANGUAGE plpgsql AS"
                                        + " 'BEGIN RAISE EXCEPTION ''no views''; END'");
                        run(
                                superuser,
                                "CREATE EVENT TRIGGER no_views ON ddl_command_start WHEN TAG IN ('CREATE VIEW')"
                                        + " EXECUTE FUNCTION public.no()");
                    });
            for (Runnable door : doors) {
                door.run();
                assertThat(drift(verify(connection, read(right)))).isEmpty();
                assertThat(drift(verify(connection, read(text))))
                        .singleElement()
                        .asString()
                        .startsWith("check c on t");
                assertThat(verify(connection, read(view)).stream()
                                .filter(d -> !d.toString().contains("public.no")
                                        && !d.object().toString().startsWith("function no"))
                                .toList())
                        .hasSize(2)
                        .anySatisfy(one -> assertThat(one).asString().startsWith("view v: definition"))
                        .anySatisfy(one -> assertThat(one.toString())
                                .contains("1 texts word by word, as it refuses temporary objects"));
            }
            statement.execute("DROP EVENT TRIGGER no_views");
        }
    }

    private static void run(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void whatSnapshotWroteCostsNoStatement(int major) throws SQLException {
        Postgres.Database database = superuserMade(major);
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("SET allow_in_place_tablespaces = on");
            statement.execute("CREATE TABLESPACE words" + major + " LOCATION ''");
            statement.execute(RichSchema.resource("/catalog/kinds.sql").replace("kinds_space", "words" + major));
            Schema snapshot = Snapshot.take(connection, "public", null, List.of(), true);
            Schema written = SchemaYaml.read(new TextFile("schema.yaml", SchemaYaml.write(snapshot, List.of())));
            Schema live =
                    ReadOnlyWork.run(connection, "public", () -> LiveCatalog.read(connection, "public", null, false));
            List<Question> questions = new ArrayList<>();
            LiveWording.of(written, live, (scope, one, other) -> {
                questions.add(new Question(scope, one, other));
                return false;
            });
            assertThat(questions).isEmpty();
            int look = statements(connection, written);
            statement.execute("ALTER TABLE m ADD CONSTRAINT more CHECK (n < 9)");
            Schema more = read(SchemaYaml.write(written, List.of()).replace("m_kind:", "more: n<9\n      m_kind:"));
            assertThat(statements(connection, more)).isGreaterThan(look);
        }
    }

    private static int statements(Connection connection, Schema declared) throws SQLException {
        AtomicInteger count = new AtomicInteger();
        verify(CountingConnection.of(connection, count), declared);
        return count.get();
    }
}
