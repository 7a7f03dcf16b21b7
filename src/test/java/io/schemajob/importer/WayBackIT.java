package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.schemajob.importer.reverse.Loss;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SqliteFile;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imported and exported, a SQLite file is the same by SQLite's own types and values, but for what the import named. */
class WayBackIT {
    private static final String[] TYPES = {
        "text",
        "varchar(30)",
        "char(6)",
        "bigint",
        "smallint",
        "numeric",
        "numeric(14,3)",
        "double precision",
        "real",
        "boolean",
        "date",
        "timestamp",
        "timestamptz",
        "timestamptz(3)",
        "jsonb",
        "json",
        "bytea",
        "uuid",
        "text[]",
        "bigint[]",
    };
    private static final String[] DECLARED = {
        "", "TEXT", "INTEGER", "REAL", "NUMERIC", "BLOB", "DECIMAL(10,2)", "BOOLEAN", "DATETIME", "VARCHAR(9)",
    };
    private static final String[] RULES = {
        "",
        "",
        ", epoch: seconds",
        ", epoch: milliseconds",
        ", epoch: microseconds",
        ", epoch: julian days",
        ", values: {Buy: buy, BUY: buy}",
        ", values: {'1': '7', J: 'true'}",
        ", default: '1'",
        ", empty: null",
        ", zone: Europe/Berlin",
        ", epoch: seconds, zone: America/New_York",
    };
    private static final String[] VALUES = {
        "NULL",
        "0",
        "1",
        "7",
        "-3",
        "1600000003",
        "1600000003.25",
        "1600000003.0",
        "1600000003.123456",
        "1600000003000",
        "2460000.5",
        "2460000.123",
        "0.1",
        "-0.5",
        "3.0",
        "1e20",
        "9007199254740993",
        "'buy'",
        "'Buy'",
        "'BUY'",
        "'J'",
        "'true'",
        "'t'",
        "'no'",
        "''",
        "'1'",
        "'7'",
        "'007'",
        "'1.50'",
        "'a b '",
        "'2024-02-29'",
        "'2024-02-29 12:30:00'",
        "'2024-02-29T12:30:00+00:00'",
        "'2024-02-29T12:30:00.5+00:00'",
        "'2024-06-01T12:30:00+02:00'",
        "'{\"a\": 1}'",
        "'{\"b\":1,\"a\":2}'",
        "'[1, 2]'",
        "'[\"x\"]'",
        "x'00ff'",
        "'0f8fad5b-d9cb-469f-a165-70867728950e'",
        "'0F8FAD5B-D9CB-469F-A165-70867728950E'",
        "x'0f8fad5bd9cb469fa16570867728950e'",
    };

    private static final Postgres.Database DATABASE = Postgres.version(16).createDatabase();
    private static int refused;
    private static int tried;

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void isTheSameButForWhatWasNamed(@ForAll long seed) throws SQLException {
        Random random = new Random(seed);
        StringJoiner columns = new StringJoiner(", ", "id bigint PRIMARY KEY, ", "");
        StringJoiner layout = new StringJoiner(", ", "CREATE TABLE t (id INTEGER PRIMARY KEY, ", ")");
        StringBuilder mapping = new StringBuilder("tables:\n  t:\n    columns:\n      id: id\n");
        int count = 4;
        for (int i = 0; i < count; i++) {
            String type = pick(random, TYPES);
            columns.add("c" + i + " " + type);
            layout.add(("c" + i + " " + pick(random, DECLARED)).strip());
            mapping.append("      c%d: {from: c%d%s}\n".formatted(i, i, pick(random, RULES)));
        }
        mapping.append("layout: ").append(layout).append("\n");
        SqliteFile file = SqliteFile.of(layout.toString());
        StringJoiner rows = new StringJoiner(", ", "INSERT INTO t VALUES ", "");
        for (int row = 1; row <= 60; row++) {
            StringJoiner values = new StringJoiner(", ", "(", ")").add(String.valueOf(row));
            for (int i = 0; i < count; i++) {
                // Mostly NULL, as one value that does not fit leaves out the whole row.
                values.add(random.nextInt(3) > 0 ? "NULL" : pick(random, VALUES));
            }
            rows.add(values.toString());
        }
        file.execute(rows.toString());
        roundTrip(columns.toString(), mapping.toString(), file, count);
    }

    private static void roundTrip(String columns, String mapping, SqliteFile file, int count) throws SQLException {
        try (Connection session = DATABASE.connect()) {
            try (Statement statement = session.createStatement()) {
                statement.execute("DROP TABLE IF EXISTS t, schemajob_import; CREATE TABLE t (" + columns + ")");
            }
            Path folder = TemporaryFolders.create("wayback");
            ImportResult result;
            try {
                result = Imports.run(session, file, mapping, folder.resolve("rejects"));
            } catch (SchemajobException e) {
                // A default that does not fit its column.
                assertThat(e.failure().status()).as(mapping).isEqualTo(ExitStatus.CONFIG);
                return;
            }
            tried++;
            Path back = folder.resolve("back.db");
            try {
                Imports.export(session, mapping, back);
            } catch (SchemajobException e) {
                assertThat(e.failure().status()).as(mapping + e.failure()).isEqualTo(ExitStatus.IMPORT_REJECTED);
                refused++;
                return;
            }
            Map<String, Long> different = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                String values = "SELECT id, typeof(c%d), quote(c%d) FROM t ORDER BY id".formatted(i, i);
                List<String> after = SqliteFile.existing(back).rows(values);
                List<String> before = new ArrayList<>(file.rows(values));
                List<String> ids =
                        after.stream().map(row -> row.split("\\|")[0]).toList();
                before.removeIf(row -> !ids.contains(row.split("\\|")[0]));
                assertThat(before).hasSameSizeAs(after);
                long number = 0;
                for (int row = 0; row < before.size(); row++) {
                    number += before.get(row).equals(after.get(row)) ? 0 : 1;
                }
                if (number > 0) {
                    different.put("c" + i, number);
                }
            }
            Map<String, Long> named = new LinkedHashMap<>();
            result.losses().forEach(loss -> named.put(loss.column(), loss.values()));
            assertThat(different).as(mapping + columns + result.losses()).isEqualTo(named);
        }
    }

    private static String pick(Random random, String[] of) {
        return of[random.nextInt(of.length)];
    }

    @Test
    void numbersOfAnEpochAndCaseFolding() throws SQLException {
        String layout = "CREATE TABLE trades (id INTEGER PRIMARY KEY, side TEXT, at REAL)";
        String mapping =
                """
                tables:
                  trades:
                    columns:
                      id: id
                      side: {from: side, values: {Buy: buy}}
                      at: {from: at, epoch: seconds}
                layout: %s
                """
                        .formatted(layout);
        SqliteFile file =
                SqliteFile.of(layout, "INSERT INTO trades VALUES (1, 'buy', 1600000003.25), (2, 'Buy', 1600000003.0)");
        Postgres.Database db = Postgres.version(18).createDatabase();
        db.execute("CREATE TABLE trades (id bigint PRIMARY KEY, side text, at timestamptz)");
        try (Connection session = db.connect()) {
            ImportResult result = Imports.run(session, file, mapping, null);
            assertThat(result.losses()).containsExactly(new Loss("trades", "side", 1, false, 1, "'buy'", "'Buy'"));
            Path back = TemporaryFolders.create("wayback").resolve("back.db");
            ExportResult export = Imports.export(session, mapping, back);
            assertThat(export.losses())
                    .containsExactly("trades.side: 1 value does not come back as it was; row 1, was 'buy' and"
                            + " comes back as 'Buy'");
            assertThat(SqliteFile.existing(back).rows("SELECT id, side, typeof(at), at FROM trades ORDER BY id"))
                    .containsExactly("1|Buy|real|1600000003.25", "2|Buy|real|1600000003.0");
        }
    }

    /** ANY keeps a value as it is in a STRICT table, and is numeric elsewhere. */
    @Test
    void columnsOfTypeAnyAreWhatTheirTableMakesThem() throws SQLException {
        for (String strict : List.of("", " STRICT")) {
            String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, v ANY)" + strict;
            String mapping = "tables: {t: {columns: {id: id, v: {from: v, as: text}}}}\nlayout: " + layout;
            SqliteFile file = SqliteFile.of(layout, "INSERT INTO t VALUES (1, '17'), (2, '007'), (3, 'x')");
            Postgres.Database db = Postgres.version(15).createDatabase();
            db.execute("CREATE TABLE t (id bigint PRIMARY KEY, v text)");
            try (Connection session = db.connect()) {
                ImportResult result = Imports.run(session, file, mapping, null);
                assertThat(result.losses()).isEmpty();
                Path back = TemporaryFolders.create("wayback").resolve("back.db");
                Imports.export(session, mapping, back);
                String all = "SELECT id, typeof(v), v FROM t ORDER BY id";
                assertThat(SqliteFile.existing(back).rows(all)).isEqualTo(file.rows(all));
            }
        }
    }

    /** SQLite would make a number of it, and every reading through the mapping would say that it is the text. */
    @Test
    void whatSqliteChangesIsRefused() throws SQLException {
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, code INTEGER)";
        String mapping = "tables: {t: {columns: {id: id, code: {from: code, as: text}}}}\nlayout: " + layout;
        SqliteFile file = SqliteFile.of(layout, "INSERT INTO t VALUES (1, 7), (2, 1234567890123456789), (9, 8)");
        Postgres.Database db = Postgres.version(14).createDatabase();
        db.execute("CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, code text)");
        try (Connection session = db.connect();
                Statement statement = session.createStatement()) {
            assertThat(Imports.run(session, file, mapping, null).losses()).isEmpty();
            statement.execute("INSERT INTO t (code) VALUES ('a'); DELETE FROM t WHERE code = 'a'");
            Path folder = TemporaryFolders.create("wayback");
            Imports.export(session, mapping, folder.resolve("back.db"));
            SqliteFile back = SqliteFile.existing(folder.resolve("back.db"));
            assertThat(back.rows("SELECT id, typeof(code), code FROM t"))
                    .isEqualTo(file.rows("SELECT id, typeof(code), code FROM t"));
            assertThat(back.rows("SELECT seq FROM sqlite_sequence")).containsExactly("10");
            statement.execute("INSERT INTO t (code) VALUES ('007')");
            assertThatThrownBy(() -> Imports.export(session, mapping, folder.resolve("more.db")))
                    .isInstanceOfSatisfying(SchemajobException.class, e -> {
                        assertThat(e.failure().status()).isEqualTo(ExitStatus.IMPORT_REJECTED);
                        assertThat(e.failure().message())
                                .contains("columns whose values SQLite has changed: code")
                                .contains(
                                        "Such are: t.code (id 11): '007' would be written as '007', and SQLite keeps 7.");
                    });
        }
    }

    /** What the application has written since in a form that the old column, or the mapping, has no place for. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "numeric|NUMERIC||1.50|1.50 would be written as 1.5, which the mapping reads as 1.5",
                "numeric|REAL||1.50|written as 1.5, which the mapping reads as 1.5",
                "numeric|INTEGER||99999999999999999999|written as '99999999999999999999', and SQLite keeps 1.0E20",
                "numeric|NUMERIC||0.1000000000000000001|and SQLite keeps 0.1",
                "numeric|REAL||9007199254740993|written as 9.007199254740992E15, which the mapping reads as 9007199254740992",
                "bigint|REAL||9007199254740993|which the mapping reads as",
                "text|INTEGER|as: text|007|written as '007', and SQLite keeps 7",
                "text|INTEGER|as: text|1e3|written as '1e3', and SQLite keeps 1000",
                "text|TEXT|values: {a: b}|a|written as 'a', which the mapping reads as 'b'",
                "text|TEXT|default: x|-|written as NULL, which the mapping reads as 'x'",
                "text|TEXT|trim: both|` a`|written as ' a', which the mapping reads as 'a'",
                "date|TEXT|format: dd.MM.yyyy|0044-03-15 BC|which the mapping does not read: it",
                "timestamptz|TEXT|format: dd.MM.yyyy|2024-01-01 10:00+00|2024-01-01T10:00Z would be written as '01.01.2024', which the mapping reads as 2024-01-01T00:00Z",
                "timestamptz|INTEGER|epoch: seconds|2024-01-01 10:00:00.5+00|-",
            })
    void whatWasWrittenInAnotherFormIsRefused(String type, String declared, String rules, String value, String message)
            throws SQLException {
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, v " + declared + ")";
        String mapping = "tables: {t: {columns: {id: id, v: {from: v, %s}}}}\nlayout: %s"
                .formatted(rules == null ? "" : rules, layout);
        Postgres.Database db = DATABASE;
        db.execute("DROP TABLE IF EXISTS t, schemajob_import; CREATE TABLE t (id bigint PRIMARY KEY, v " + type + ")");
        db.execute("INSERT INTO t VALUES (7, %s)".formatted("-".equals(value) ? "NULL" : "'" + value + "'"));
        Path back = TemporaryFolders.create("wayback").resolve("back.db");
        try (Connection session = db.connect()) {
            if (message.equals("-")) {
                Imports.export(session, mapping, back);
                return;
            }
            assertThatThrownBy(() -> Imports.export(session, mapping, back))
                    .isInstanceOfSatisfying(SchemajobException.class, e -> {
                        assertThat(e.failure().status()).isEqualTo(ExitStatus.IMPORT_REJECTED);
                        assertThat(e.failure().message())
                                .contains("t.v (id 7): ")
                                .contains(message);
                    });
            assertThat(back).doesNotExist();
        }
    }

    /** One export names all: what SQLite has no value for, what the layout forbids, and what would be read as another. */
    @Test
    void whatTheOldLayoutDoesNotTakeIsNamedAtOnce() throws SQLException {
        String layout =
                "CREATE TABLE t (id INTEGER PRIMARY KEY, nn TEXT NOT NULL COLLATE NOCASE UNIQUE, f REAL, n NUMERIC, u TEXT,"
                        + " CHECK (f <> 3)); CREATE UNIQUE INDEX once ON t (u); CREATE TABLE s (i INTEGER NOT NULL) STRICT";
        String mapping =
                "tables: {t: {columns: {id: id, nn: nn, f: f, n: n, u: u}}, s: {columns: {i: {from: i, as: text}}}}\nlayout: \""
                        + layout + "\"\n";
        Postgres.Database db = Postgres.version(15).createDatabase();
        db.execute(
                "CREATE TABLE t (id bigint PRIMARY KEY, nn text, f float8, n numeric, u text); CREATE TABLE s (i text);"
                        + "INSERT INTO t VALUES (1, 'a', 1, 1, 'x'), (2, 'A', 2, 2, 'x'), (3, NULL, 0, 3, 'y'), (4, NULL, 0, 4, 'z'),"
                        + " (5, 'b', 'NaN', 1.50, 'v'), (6, 'c', 3, 5, 'w'), (7, 'd', 0, 2.50, 'q'); INSERT INTO s VALUES ('none')");
        Path back = TemporaryFolders.create("wayback").resolve("back.db");
        try (Connection session = db.connect()) {
            assertThatThrownBy(() -> Imports.export(session, mapping, back))
                    .isInstanceOfSatisfying(SchemajobException.class, e -> {
                        assertThat(e.failure().status()).isEqualTo(ExitStatus.IMPORT_REJECTED);
                        assertThat(e.failure().message())
                                .contains("t: UNIQUE constraint failed: t.nn (id 2)")
                                .contains("t: NOT NULL constraint failed: t.nn (2 rows, first id 3)")
                                .contains("t.f is NaN, which SQLite does not have (id 5)")
                                .contains("t: CHECK constraint failed: f <> 3 (id 6)")
                                .contains("s: cannot store TEXT value in INTEGER column s.i")
                                .contains(
                                        "t.n (id 5): 1.50 would be written as 1.5, which the mapping reads as 1.5 (the first of 2 values)");
                    });
            assertThat(back).doesNotExist();
            db.execute("DELETE FROM t WHERE id > 2; UPDATE t SET nn = id; DELETE FROM s");
            assertThatThrownBy(() -> Imports.export(session, mapping, back))
                    .hasMessageContaining("index once: UNIQUE constraint failed: t.u");
            assertThat(back).doesNotExist();
        }
    }

    /** Numbers of 64 bits, whatever the column's declared type is. */
    @Test
    void longNumbersComeBack() throws SQLException {
        for (String declared : List.of("", "INTEGER", "NUMERIC", "TEXT")) {
            String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, v " + declared + ")";
            String mapping = "tables: {t: {columns: {id: id, v: v}}}\nlayout: \"" + layout + "\"\n";
            SqliteFile file = SqliteFile.of(
                    layout, "INSERT INTO t VALUES (1, 9223372036854775806), (2, -9223372036854775808), (3, 12)");
            DATABASE.execute(
                    "DROP TABLE IF EXISTS t, schemajob_import; CREATE TABLE t (id bigint PRIMARY KEY, v numeric)");
            try (Connection session = DATABASE.connect()) {
                assertThat(Imports.run(session, file, mapping, null).losses()).isEmpty();
                Path back = TemporaryFolders.create("wayback").resolve("back.db");
                Imports.export(session, mapping, back);
                String all = "SELECT id, typeof(v), v FROM t ORDER BY id";
                assertThat(SqliteFile.existing(back).rows(all)).isEqualTo(file.rows(all));
            }
        }
    }

    /** SQLite's mark of a table whose ids are UUIDs now is nowhere. */
    @Test
    void marksThatNothingKeepsAreNamed() throws SQLException {
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)";
        String mapping = "tables: {t: {columns: {id: id}}}\nlayout: " + layout;
        SqliteFile file = SqliteFile.of(layout, "INSERT INTO t VALUES (1), (7)", "DELETE FROM t WHERE id = 7");
        for (String type : List.of("uuid", "bigint", "bigint GENERATED BY DEFAULT AS IDENTITY")) {
            Postgres.Database db = Postgres.version(16).createDatabase();
            db.execute("CREATE TABLE t (id " + type + " PRIMARY KEY)");
            try (Connection session = db.connect()) {
                List<String> losses = Imports.run(session, file, mapping, null).losses().stream()
                        .map(Loss::toString)
                        .filter(loss -> loss.contains("AUTOINCREMENT"))
                        .toList();
                assertThat(losses)
                        .isEqualTo(
                                type.contains("IDENTITY")
                                        ? List.of()
                                        : List.of(
                                                "t: AUTOINCREMENT has given out 7, which no sequence keeps: after an export it"
                                                        + " goes on after the highest id that is there"));
            }
        }
    }

    /** What the import takes, the export can write so that the mapping reads it again. */
    @Test
    void valuesAreWrittenInFormsThatAreRead() throws SQLException {
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, n, at TEXT, local TEXT)";
        String mapping = "zone: Europe/Berlin\ntables: {t: {columns: {id: id, n: n, at: at, local: local}}}\nlayout: \""
                + layout + "\"\n";
        SqliteFile file = SqliteFile.of(
                layout,
                """
                INSERT INTO t VALUES (1, '1.0', '1883-01-01 00:00:00', '2024-10-27T02:30:00+02:00'), (2, 1.5, NULL, NULL),
                    (3, '0.00', '2024-10-27T02:30:00+01:00', '2024-10-27T01:30:00')
                """);
        Postgres.Database db = Postgres.version(17).createDatabase();
        db.execute("CREATE TABLE t (id bigint PRIMARY KEY, n numeric, at timestamptz, local timestamp)");
        try (Connection session = db.connect()) {
            assertThat(Imports.run(session, file, mapping, null).losses())
                    .containsExactly(
                            new Loss("t", "at", 1, false, 1, "'1883-01-01 00:00:00'", "'1882-12-31T23:06:32+00:00'"));
            Path back = TemporaryFolders.create("wayback").resolve("back.db");
            Imports.export(session, mapping, back);
            assertThat(SqliteFile.existing(back).rows("SELECT typeof(n), n, at, local FROM t ORDER BY id"))
                    .containsExactly(
                            "text|1.0|1882-12-31T23:06:32+00:00|2024-10-27T02:30:00+02:00",
                            "real|1.5|null|null",
                            "text|0.00|2024-10-27T02:30:00+01:00|2024-10-27T01:30:00");
        }
    }

    /** In the zone it is still the year before. */
    @Test
    void daysBeforeTheFirstYearAreRefused() throws SQLException {
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, d)";
        String mapping = "zone: America/New_York\n"
                + "tables: {t: {columns: {id: id, d: {from: d, epoch: seconds, fraction: cut}}}}\nlayout: " + layout;
        SqliteFile file = SqliteFile.of(layout, "INSERT INTO t VALUES (1, -62135596800)");
        for (String type : List.of("date", "timestamp")) {
            Postgres.Database db = Postgres.version(16).createDatabase();
            db.execute("CREATE TABLE t (id bigint PRIMARY KEY, d " + type + ")");
            ImportResult result = new ImportResult();
            try (Connection session = db.connect()) {
                assertThatThrownBy(() -> Imports.run(session, file, mapping, null, result))
                        .isInstanceOf(SchemajobException.class);
            }
            assertThat(result.findings())
                    .extracting(finding -> finding.reason())
                    .containsExactly("is not a date between the years 1 and 9999");
        }
    }

    /** What is left behind on purpose is missing on the way back all the same. */
    @Test
    void whatIsIgnoredIsNamed() throws SQLException {
        String layout =
                "CREATE TABLE t (id INTEGER PRIMARY KEY, price REAL, none); CREATE TABLE kinds (k); CREATE TABLE no (k)";
        String mapping = "tables: {t: {columns: {id: id}, ignore: [Price, none]}}\nignore: [Kinds, no]\nlayout: \""
                + layout + "\"\n";
        SqliteFile file = SqliteFile.of(
                layout, "INSERT INTO t (id, price) VALUES (1, 2.5), (2, NULL); INSERT INTO kinds VALUES (1), (2)");
        Postgres.Database db = Postgres.version(15).createDatabase();
        db.execute("CREATE TABLE t (id bigint PRIMARY KEY)");
        try (Connection session = db.connect()) {
            Imports.run(session, file, mapping, null);
            assertThat(Imports.export(
                                    session,
                                    mapping,
                                    TemporaryFolders.create("wayback").resolve("back.db"))
                            .losses())
                    .containsExactly(
                            "kinds: 2 rows will be missing (ignore)", "t.price: 1 value will be missing (ignore)");
        }
    }

    /** Two of PostgreSQL from one of the file, and a view that the layout lacks. */
    @Test
    void whatTheFileHasOnceIsNamed() throws SQLException {
        String layout = "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT)";
        String one = "tables:\n  t: {columns: {id: id, x: x, y: X}}\n";
        String mapping = one + "  t2: {from: T, columns: {id: id}, ignore: [x]}\n  t3: {from: v, columns: {id: id}}\n";
        SqliteFile file =
                SqliteFile.of(layout, "INSERT INTO t VALUES (1, 'a'), (2, 'b')", "CREATE VIEW v AS SELECT id FROM t");
        Postgres.Database db = Postgres.version(16).createDatabase();
        db.execute("CREATE TABLE t (id bigint PRIMARY KEY, x text, y text); CREATE TABLE t2 (id bigint PRIMARY KEY);"
                + " CREATE TABLE t3 (id bigint PRIMARY KEY)");
        Path folder = TemporaryFolders.create("wayback");
        try (Connection session = db.connect()) {
            ImportResult result = Imports.run(session, file, mapping + "layout: " + layout + "\n", null);
            assertThat(result.losses())
                    .extracting(Object::toString)
                    .contains(
                            "t2: its rows come from t, as those of t do: an export, which cannot write both there, is refused",
                            "t.y: comes from x, as x does: an export is refused where the two do not say the same",
                            "t3: layout: lacks the view v: an export is refused until it has it");
            String whole = mapping + "layout: \"" + layout + "; CREATE VIEW v AS SELECT id FROM t\"\n";
            assertThatThrownBy(() -> Imports.export(session, whole, folder.resolve("both.db")))
                    .hasMessageContaining("The rows of t and of t2 come from one table of the file, t");
            assertThat(folder.resolve("both.db")).doesNotExist();
            assertThat(Imports.export(session, one + "layout: " + layout + "\n", folder.resolve("one.db"))
                            .rows())
                    .containsEntry("t", 2L);
        }
    }

    /** Ids that were made anew are named by the import, and by an export that cannot bring them back. */
    @Test
    void idsWithoutTheirFileAreNamed() throws SQLException, java.io.IOException {
        String layout = "CREATE TABLE t (id TEXT PRIMARY KEY)";
        String mapping = "tables: {t: {columns: {id: id}}}\nlayout: " + layout;
        SqliteFile file = SqliteFile.of(
                layout, "INSERT INTO t VALUES ('a'), ('b'), ('c'), ('0f8fad5b-d9cb-469f-a165-70867728950e')");
        Postgres.Database db = Postgres.version(14).createDatabase();
        db.execute("CREATE TABLE t (id uuid PRIMARY KEY)");
        Path folder = TemporaryFolders.create("wayback");
        Path ids = folder.resolve("ids.csv");
        String noted = "t.id: 3 ids were made anew; an export needs the file of --id-map for them";
        try (Connection session = db.connect()) {
            Imports.run(
                    session,
                    file,
                    mapping,
                    null,
                    ids,
                    new ImportResult(),
                    new io.schemajob.report.cancel.CancellationToken());
            db.execute("INSERT INTO t VALUES (gen_random_uuid())");
            assertThat(Imports.export(session, mapping, folder.resolve("with.db"), ids)
                            .losses())
                    .containsExactly(noted);
            assertThat(Imports.export(session, mapping, folder.resolve("without.db"), null)
                            .losses())
                    .containsExactly(
                            noted,
                            "t.id: 3 ids that an import made anew are written as UUIDs, as no file of ids is named"
                                    + " (--id-map)");
            List<String> lines = new ArrayList<>(java.nio.file.Files.readAllLines(ids));
            lines.removeIf(line -> line.startsWith("t,b,"));
            java.nio.file.Files.write(ids, lines);
            assertThat(Imports.export(session, mapping, folder.resolve("less.db"), ids)
                            .losses())
                    .containsExactly(
                            noted,
                            "t.id: 1 id that an import made anew is written as a UUID, as the file of --id-map does"
                                    + " not have it");
        }
    }

    /** An export has one form of an id, that of its key: a reference in another comes back so, and is named. */
    @Test
    void referencesInAnotherFormThanTheirKeyAreNamed() throws SQLException {
        String uuid = "0f8fad5b-d9cb-469f-a165-70867728950";
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("1", "numbers");
        keys.put("'1'", "words");
        keys.put("1), ('2'), ('%se'), ('%sF'), (x'00112233445566778899aabbccddeeff'".formatted(uuid, uuid), "all");
        keys.put("'%sE'), ('%sf'".formatted(uuid, uuid), "uuids");
        String references =
                "1, '1', 2, '2', '%se', '%sE', '%sF', '%sf', x'00112233445566778899aabbccddeeff', 'none', 3, NULL"
                        .formatted(uuid, uuid, uuid, uuid);
        int named = 0;
        for (String declared : List.of("", "TEXT", "INTEGER")) {
            for (String key : keys.keySet()) {
                String layout =
                        "CREATE TABLE p (id %s NOT NULL, UNIQUE (id)); CREATE TABLE c (id INTEGER PRIMARY KEY, free, t TEXT, i INTEGER, soft)"
                                .formatted(declared);
                String mapping =
                        """
                        tables:
                          p: {columns: {id: id}}
                          c: {columns: {id: id, free: free, t: t, i: i, soft: {from: soft, ids: p, trim: both}}}
                        layout: "%s"
                        """
                                .formatted(layout);
                SqliteFile file = SqliteFile.of(layout, "INSERT INTO p VALUES (" + key + ")");
                for (String reference : references.split(", ")) {
                    for (String row : List.of("free", "t", "i", "soft")) {
                        file.execute("INSERT INTO c (%s) VALUES (%s)".formatted(row, reference));
                    }
                }
                file.execute("INSERT INTO c (soft) VALUES (' 1 ')");
                Map<String, Long> different = differentIds(mapping, file);
                named += different.size();
            }
        }
        assertThat(named).isGreaterThan(10);
    }

    /** A key can be a constant, for a table of one row. */
    @Test
    void referencesToAConstantKeyAreLookedUp() throws SQLException {
        SqliteFile file = SqliteFile.of(
                "CREATE TABLE p (n INTEGER); CREATE TABLE c (id INTEGER PRIMARY KEY, soft)",
                "INSERT INTO p VALUES (7)",
                "INSERT INTO c VALUES (1, 'one'), (2, 'two')");
        String mapping = "tables:\n  p: {columns: {id: {constant: one}, n: n}}\n"
                + "  c: {columns: {id: id, soft: {from: soft, ids: p}}}\n";
        Postgres.Database db = Postgres.version(17).createDatabase();
        db.execute("CREATE TABLE p (id uuid PRIMARY KEY, n int); CREATE TABLE c (id bigint PRIMARY KEY, soft uuid)");
        ImportResult result = new ImportResult();
        try (Connection session = db.connect()) {
            Path ids = TemporaryFolders.create("wayback").resolve("ids.csv");
            Imports.run(session, file, mapping, null, ids, result, new io.schemajob.report.cancel.CancellationToken());
        }
        assertThat(result.losses())
                .filteredOn(loss -> loss.before() != null)
                .extracting(Loss::row, Loss::before)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(2L, "'two'"));
    }

    /** Returns what came back in another form, which is what the import has named. */
    private static Map<String, Long> differentIds(String mapping, SqliteFile file) throws SQLException {
        Postgres.Database db = Postgres.version(17).createDatabase();
        db.execute(
                "CREATE TABLE p (id uuid PRIMARY KEY); CREATE TABLE c (id bigint PRIMARY KEY, free uuid REFERENCES p,"
                        + " t uuid REFERENCES p, i uuid REFERENCES p, soft uuid)");
        Path folder = TemporaryFolders.create("wayback");
        Map<String, Long> different = new LinkedHashMap<>();
        try (Connection session = db.connect()) {
            ImportResult result = new ImportResult();
            Path ids = folder.resolve("ids.csv");
            Imports.run(
                    session,
                    file,
                    mapping,
                    folder.resolve("rejects"),
                    ids,
                    result,
                    new io.schemajob.report.cancel.CancellationToken());
            Imports.export(session, mapping, folder.resolve("back.db"), ids);
            SqliteFile back = SqliteFile.existing(folder.resolve("back.db"));
            assertThat(back.rows("SELECT typeof(id), quote(id) FROM p ORDER BY 1, 2"))
                    .isEqualTo(file.rows("SELECT typeof(id), quote(id) FROM p ORDER BY 1, 2"));
            for (String column : List.of("free", "t", "i", "soft")) {
                String values = "SELECT id, typeof(%s), quote(%s) FROM c ORDER BY id".formatted(column, column);
                List<String> before = file.rows(values);
                long number = back.rows(values).stream()
                        .filter(row -> !before.contains(row))
                        .count();
                if (number > 0) {
                    different.put("c." + column, number);
                }
            }
            Map<String, Long> named = new LinkedHashMap<>();
            result.losses().stream()
                    .filter(loss -> loss.before() != null)
                    .forEach(loss -> named.put(loss.table() + "." + loss.column(), loss.values()));
            assertThat(named)
                    .as(file.rows("SELECT quote(id) FROM p") + "" + result.losses())
                    .isEqualTo(different);
        }
        return different;
    }

    @net.jqwik.api.lifecycle.AfterContainer
    static void mostFilesCanGoBack() {
        assertThat(refused).isLessThan(Math.max(1, tried / 3));
    }
}
