package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.importer.load.RowFinding;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/**
 * Two hundred generated files. What each value is, good or bad, is known when it is generated; so it is known which
 * complaints there must be, and that there must be no others.
 */
class DirtyFilesIT {
    private static final String TABLES =
            """
            CREATE TABLE parent (id uuid PRIMARY KEY, kind varchar(5) CHECK (kind IN ('a', 'b')));
            CREATE TYPE mood AS ENUM ('sad', 'very happy');
            CREATE DOMAIN positive AS int CHECK (VALUE > 0);
            CREATE DOMAIN size AS positive CONSTRAINT size_below CHECK (VALUE < 100);
            CREATE TABLE child (id uuid PRIMARY KEY, parent uuid REFERENCES parent, at timestamptz NOT NULL, data jsonb,
                score numeric(3,2) CHECK (score >= 0), done boolean, count smallint, raw bytea,
                mood mood, size size, ns int[])
            """;
    private static final String MAPPING =
            """
            tables:
              parent: {columns: {id: id, kind: kind}}
              child: {columns: {id: id, parent: parent, at: at, data: data, score: score, done: done, count: count, raw: raw,
                mood: mood, size: size, ns: ns}}
            """;
    private static final List<String> COLUMNS =
            List.of("parent", "at", "data", "score", "done", "count", "raw", "mood", "size", "ns");
    private static final Postgres.Database DB = database();

    /** An SQL expression for SQLite, what PostgreSQL must then print, and whether it fits. */
    record Value(String sql, String expected, boolean fits) {
        static Value good(String sql, String expected) {
            return new Value(sql, expected, true);
        }

        static Value bad(String sql) {
            return new Value(sql, null, false);
        }
    }

    private static final List<List<Value>> GOOD = List.of(
            List.of(
                    Value.good("NULL", null),
                    Value.good("'00000000-0000-0000-0000-000000000001'", "00000000-0000-0000-0000-000000000001")),
            List.of(
                    Value.good("'2025-01-01'", "2025-01-01 00:00:00+00"),
                    Value.good("'2025-01-01T01:00:00+01:00'", "2025-01-01 00:00:00+00")),
            List.of(Value.good("'{\"a\":1}'", "{\"a\": 1}"), Value.good("NULL", null), Value.good("'[]'", "[]")),
            List.of(
                    Value.good("0.5", "0.50"),
                    Value.good("'1.25'", "1.25"),
                    Value.good("0", "0.00"),
                    Value.good("NULL", null)),
            List.of(Value.good("1", "t"), Value.good("'no'", "f"), Value.good("NULL", null)),
            List.of(Value.good("7", "7"), Value.good("'-5'", "-5"), Value.good("3.0", "3")),
            List.of(Value.good("x'00ff'", "\\x00ff"), Value.good("NULL", null)),
            List.of(Value.good("'sad'", "sad"), Value.good("'very happy'", "very happy"), Value.good("NULL", null)),
            List.of(Value.good("7", "7"), Value.good("'99'", "99"), Value.good("NULL", null)),
            List.of(
                    Value.good("'[1, -2.0, null]'", "{1,-2,NULL}"),
                    Value.good("'[]'", "{}"),
                    Value.good("NULL", null)));

    private static final List<List<Value>> BAD = List.of(
            List.of(
                    Value.bad("'ghost'"),
                    Value.bad("''"),
                    Value.bad("1.5"),
                    Value.bad("CAST(x'ff' AS TEXT)"),
                    Value.bad("x'00'")),
            List.of(
                    Value.bad("NULL"),
                    Value.bad("''"),
                    Value.bad("'2025-02-29'"),
                    Value.bad("1735689600"),
                    Value.bad("'soon'")),
            List.of(
                    Value.bad("'{'"),
                    Value.bad("''"),
                    Value.bad("'\"\\u0000\"'"),
                    Value.bad("5"),
                    Value.bad("'[1' || char(0) || ']'")),
            List.of(Value.bad("0.123"), Value.bad("10"), Value.bad("'x'"), Value.bad("-1"), Value.bad("9e999")),
            List.of(Value.bad("2"), Value.bad("'maybe'"), Value.bad("1.0"), Value.bad("''")),
            List.of(Value.bad("40000"), Value.bad("1.5"), Value.bad("'7 '"), Value.bad("x'37'")),
            List.of(Value.bad("'text'"), Value.bad("1")),
            List.of(Value.bad("'Sad'"), Value.bad("''"), Value.bad("1"), Value.bad("x'736164'")),
            List.of(Value.bad("-7"), Value.bad("100"), Value.bad("''"), Value.bad("1.5")),
            List.of(
                    Value.bad("'[1.5]'"),
                    Value.bad("'[2147483648]'"),
                    Value.bad("'{}'"),
                    Value.bad("'[1'"),
                    Value.bad("1")));

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void everythingIsReportedOrEverythingIsThere(@ForAll("rows") List<List<Value>> rows) throws SQLException {
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE parent (id TEXT PRIMARY KEY, kind TEXT)",
                "INSERT INTO parent VALUES ('00000000-0000-0000-0000-000000000001', 'a')",
                "CREATE TABLE child (id TEXT PRIMARY KEY, parent, at, data, score, done, count, raw, mood, size, ns)");
        Set<String> expected = new TreeSet<>();
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            insert(file, i, rows.get(i), expected, lines);
        }
        try (Connection session = DB.connect();
                OtherSession eye = OtherSession.of(DB)) {
            eye.execute("TRUNCATE parent, child", "SET timezone = 'UTC'");
            ImportResult result = new ImportResult();
            if (expected.isEmpty()) {
                Imports.run(session, file, MAPPING, null, result);
                assertThat(
                                eye.rows(
                                        "SELECT concat_ws('|', parent, at, data, score, done, count, raw, mood, size, ns) FROM child"))
                        .containsExactlyInAnyOrderElementsOf(lines);
                return;
            }
            SchemajobException e = catchThrowableOfType(
                    SchemajobException.class, () -> Imports.run(session, file, MAPPING, null, result));
            assertThat(e.status()).isEqualTo(ExitStatus.IMPORT_REJECTED);
            Set<String> found = new TreeSet<>();
            result.findings().forEach(finding -> found.add(place(finding)));
            assertThat(found).isEqualTo(expected);
            assertThat(result.findingCount()).isEqualTo(expected.size());
            assertThat(eye.count("parent")).isZero();
            assertThat(eye.count("child")).isZero();
        }
    }

    private static void insert(SqliteFile file, int number, List<Value> row, Set<String> expected, List<String> lines) {
        String values = row.stream().map(Value::sql).collect(Collectors.joining(", "));
        file.execute("INSERT INTO child VALUES ('c%d', %s)".formatted(number, values));
        for (int i = 0; i < row.size(); i++) {
            if (!row.get(i).fits()) {
                expected.add("child " + (number + 1) + " " + COLUMNS.get(i));
            }
        }
        lines.add(row.stream()
                .map(Value::expected)
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.joining("|")));
    }

    private static String place(RowFinding finding) {
        return finding.table() + " " + finding.row() + " " + finding.column();
    }

    @Provide
    Arbitrary<List<List<Value>>> rows() {
        Arbitrary<List<Value>> good = row(0);
        Arbitrary<List<Value>> dirty = row(4);
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, good.list().ofMaxSize(12)),
                net.jqwik.api.Tuple.of(
                        3,
                        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, good), net.jqwik.api.Tuple.of(1, dirty))
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(12)));
    }

    /** @param badness how often of ten a value is bad */
    private static Arbitrary<List<Value>> row(int badness) {
        List<Arbitrary<Value>> columns = new ArrayList<>();
        for (int i = 0; i < GOOD.size(); i++) {
            Arbitrary<Value> good = Arbitraries.of(GOOD.get(i));
            columns.add(
                    badness == 0
                            ? good
                            : Arbitraries.frequencyOf(
                                    net.jqwik.api.Tuple.of(10 - badness, good),
                                    net.jqwik.api.Tuple.of(badness, Arbitraries.of(BAD.get(i)))));
        }
        return Combinators.combine(columns).as(values -> values);
    }

    private static Postgres.Database database() {
        Postgres.Database database = Postgres.version(16).createDatabase();
        database.execute(TABLES);
        return database;
    }
}
