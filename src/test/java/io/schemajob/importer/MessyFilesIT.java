package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.importer.load.FindingGroup;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/**
 * Files of unlike layouts with every kind of fault at once. One trial names every kind with its number; a mapping that is
 * written from what it says, and from nothing else, imports the rest; and what comes back is the same by SQLite's types and
 * values, or was named.
 */
class MessyFilesIT {
    private static final int ROWS = 120;
    private static final Postgres.Database DATABASE = Postgres.version(18).createDatabase();

    /**
     * A fault that a value may have.
     *
     * @param value in SQL of SQLite; %d is the row
     * @param reason as it has to be told; %t and %c are table and column in PostgreSQL
     * @param cured whether a mapping can take the value all the same
     */
    private record Fault(String value, String reason, boolean cured) {}

    /**
     * A kind of column.
     *
     * @param type in PostgreSQL
     * @param declared in SQLite, each of which keeps the values as they are
     * @param good values
     */
    private record Kind(String type, List<String> declared, List<String> good, List<Fault> faults) {}

    private static final List<String> ANY = List.of("", "BLOB", "ANY");
    private static final List<String> TEXTS = List.of("", "TEXT", "VARCHAR(9)", "CLOB");
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    "timestamptz",
                    TEXTS,
                    List.of("'2024-02-29T12:30:00+00:00'", "NULL"),
                    List.of(
                            new Fault("'14.07.2017 02:43'", "is not an ISO 8601 date and time", true),
                            new Fault("'2024-02-30'", "is not a date that exists", false))),
            new Kind(
                    "timestamp",
                    TEXTS,
                    List.of("'2024-02-29T12:30:00'", "NULL"),
                    List.of(new Fault("'2024-02-29T12:30:00.123456789'", "is more exact than a microsecond", true))),
            new Kind(
                    "timestamptz",
                    List.of("", "INTEGER", "BIGINT"),
                    List.of("NULL"),
                    List.of(new Fault("1600000003", "is a number, and the mapping names no epoch", true))),
            new Kind(
                    "boolean",
                    ANY,
                    List.of("0", "1", "NULL"),
                    List.of(new Fault("'J'", "is neither true nor false", true))),
            new Kind(
                    "numeric(6,2)",
                    List.of("", "REAL", "NUMERIC"),
                    List.of("0.5", "1.25", "NULL"),
                    List.of(
                            new Fault("1.234", "has more digits after the point than numeric(6,2) keeps", true),
                            new Fault("99999.5", "is out of the range of numeric(6,2)", false))),
            new Kind(
                    "varchar(5)",
                    ANY,
                    List.of("'a'", "'é 🤖'", "NULL"),
                    List.of(
                            new Fault("'toolong%d'", "is longer than character varying(5) holds", false),
                            new Fault("17", "has storage class integer, not text", true),
                            new Fault("CAST(x'ff' AS TEXT)", "is not valid UTF-8", false),
                            new Fault(
                                    "'a' || char(0)",
                                    "has a NUL character, which PostgreSQL text cannot hold",
                                    false))),
            new Kind(
                    "jsonb",
                    TEXTS,
                    List.of("'[]'", "'{\"a\": 1}'", "NULL"),
                    List.of(new Fault("'{'", "is not valid JSON", false))),
            new Kind(
                    "int CHECK (%c > 0)",
                    ANY,
                    List.of("7", "NULL"),
                    List.of(
                            new Fault("-%d", "violates the check %t_%c_check", false),
                            new Fault("1.5", "is not a whole number", true))),
            new Kind("bigint", TEXTS, List.of("NULL"), List.of(new Fault("' %d '", "is not a whole number", true))),
            new Kind(
                    "text UNIQUE",
                    TEXTS,
                    List.of("'u%d'"),
                    List.of(new Fault("'same'", "has the same %c as another row", false))),
            new Kind(
                    "text REFERENCES parents",
                    TEXTS,
                    List.of("'p1'", "'p2'", "NULL"),
                    List.of(new Fault("'nobody'", "names a row of public.parents that is not there", true))),
            new Kind(
                    "text NOT NULL",
                    TEXTS,
                    List.of("'x'"),
                    List.of(new Fault("NULL", "is NULL, and the column needs a value", true))),
            new Kind(
                    "mood",
                    TEXTS,
                    List.of("'sad'", "NULL"),
                    List.of(new Fault("'Sad'", "is no value of the enum mood: sad, ok", true))),
            new Kind(
                    "bytea",
                    List.of("", "BLOB"),
                    List.of("x'00ff'", "NULL"),
                    List.of(new Fault("'text'", "has storage class text, not blob", false))));

    private record Column(String source, String target, Kind kind, String declared) {}

    private record Table(String source, String target, String key, List<Column> columns) {}

    /** What is known of a file from its making. */
    private static final class Made {
        private final List<Table> tables = new ArrayList<>();
        private final StringBuilder layout = new StringBuilder("CREATE TABLE parents (id TEXT PRIMARY KEY);\n");
        private final StringBuilder rows = new StringBuilder("INSERT INTO parents VALUES ('p1'), ('p2');\n");
        private final StringBuilder ddl = new StringBuilder("CREATE TABLE parents (id text PRIMARY KEY);\n");
        private final Map<String, Long> expected = new TreeMap<>();
        private final Set<String> rejected = new HashSet<>();
    }

    @Property(tries = 25, shrinking = ShrinkingMode.OFF)
    void oneTrialTellsAllAndAMappingWrittenFromItImportsTheRest(@ForAll long seed) throws SQLException {
        Made made = make(new Random(seed));
        SqliteFile file = SqliteFile.of().script(made.layout + "BEGIN;" + made.rows + "COMMIT;");
        try (Connection session = DATABASE.connect();
                Statement statement = session.createStatement()) {
            statement.execute(
                    "DROP SCHEMA public CASCADE; CREATE SCHEMA public; CREATE TYPE mood AS ENUM ('sad', 'ok');"
                            + made.ddl);
            ImportResult trial = new ImportResult();
            SchemajobException refused = catchThrowableOfType(
                    SchemajobException.class, () -> Imports.run(session, file, mapping(made, Map.of()), null, trial));
            assertThat(refused.status()).as(made.layout.toString()).isEqualTo(ExitStatus.IMPORT_REJECTED);
            Map<String, Long> found = new TreeMap<>();
            trial.findingGroups()
                    .forEach(group ->
                            found.put(group.table() + "|" + group.column() + "|" + group.reason(), group.count()));
            assertThat(found).as("kinds and numbers, " + made.ddl).isEqualTo(made.expected);

            Path folder = TemporaryFolders.create("messy");
            String mapping = mapping(made, rules(trial.findingGroups()));
            ImportResult result = Imports.run(session, file, mapping, folder.resolve("rejects"));
            assertThat(result.rowsRejected()).as(mapping).isEqualTo(made.rejected.size());
            assertThatCode(() -> Imports.export(session, mapping, folder.resolve("back.db")))
                    .as(mapping + made.ddl)
                    .doesNotThrowAnyException();
            Map<String, Long> named = new TreeMap<>();
            result.losses().stream()
                    .filter(loss -> loss.before() != null)
                    .forEach(loss -> named.put(loss.table() + "." + loss.column(), loss.values()));
            assertThat(differences(made, file, SqliteFile.existing(folder.resolve("back.db"))))
                    .as(mapping + made.ddl + result.losses())
                    .isEqualTo(named);
        }
    }

    private static Made make(Random random) {
        Made made = new Made();
        List<Kind> open = new ArrayList<>(KINDS);
        java.util.Collections.shuffle(open, random);
        for (int i = 0; !open.isEmpty(); i++) {
            int width = Math.min(open.size(), 2 + random.nextInt(8));
            List<Column> columns = new ArrayList<>();
            for (int c = 0; c < width; c++) {
                Kind kind = open.remove(0);
                String name = List.of("col", "Wert ", "camelCase", "größe").get(random.nextInt(4)) + c;
                columns.add(new Column(
                        name,
                        "c" + c,
                        kind,
                        kind.declared().get(random.nextInt(kind.declared().size()))));
            }
            String key = List.of(
                            "INTEGER PRIMARY KEY",
                            "INTEGER PRIMARY KEY AUTOINCREMENT",
                            "BIGINT PRIMARY KEY",
                            "TEXT PRIMARY KEY",
                            "")
                    .get(random.nextInt(5));
            Table table =
                    new Table(List.of("Things", "my \"own\"", "t").get(random.nextInt(3)) + i, "t" + i, key, columns);
            made.tables.add(table);
            fill(made, table, random);
        }
        return made;
    }

    private static void fill(Made made, Table table, Random random) {
        StringBuilder columns = new StringBuilder();
        for (Column column : table.columns()) {
            columns.append(", ").append(quote(column.source())).append(' ').append(column.declared());
        }
        boolean rowid = table.key().isEmpty() || table.key().startsWith("INTEGER") || random.nextBoolean();
        made.layout.append("CREATE TABLE %s (id %s%s)%s;\n"
                .formatted(quote(table.source()), table.key(), columns, rowid ? "" : " WITHOUT ROWID"));
        made.ddl.append("CREATE TABLE %s (id %s PRIMARY KEY"
                .formatted(table.target(), table.key().startsWith("TEXT") ? "text" : "bigint"));
        table.columns()
                .forEach(column -> made.ddl.append(", %s %s"
                        .formatted(column.target(), column.kind().type().replace("%c", column.target()))));
        made.ddl.append(");\n");
        for (int row = 1; row <= ROWS; row++) {
            String id = table.key().startsWith("TEXT") ? "'k" + row + "'" : String.valueOf(row);
            StringJoiner values = new StringJoiner(", ", "(", ")").add(id);
            for (Column column : table.columns()) {
                List<Fault> faults = column.kind().faults();
                // Each fault twice at least; rows of the first half are sound but for one.
                int turn = row - ROWS / 2;
                boolean certain = turn >= 0 && turn < 2 * faults.size();
                Fault fault = certain
                        ? faults.get(turn / 2)
                        : random.nextInt(12) == 0 ? faults.get(random.nextInt(faults.size())) : null;
                List<String> good = column.kind().good();
                String value = fault == null ? good.get(random.nextInt(good.size())) : fault.value();
                values.add(value.contains("%d") ? value.formatted(row) : value);
                if (fault != null) {
                    String reason = fault.reason().replace("%t", table.target()).replace("%c", column.target());
                    made.expected.merge(table.source() + "|" + column.source() + "|" + reason, 1L, Long::sum);
                    if (!fault.cured()) {
                        made.rejected.add(table.target() + " " + row);
                    }
                }
            }
            made.rows.append("INSERT INTO %s VALUES %s;\n".formatted(quote(table.source()), values));
        }
    }

    /** What somebody writes who has read the table of findings: a rule for a column of SQLite. */
    private static Map<String, List<String>> rules(List<FindingGroup> groups) {
        Map<String, List<String>> rules = new LinkedHashMap<>();
        for (FindingGroup group : groups) {
            String value = group.first().value();
            String rule =
                    switch (group.reason()) {
                        case "is not an ISO 8601 date and time" -> "format: [iso, 'dd.MM.yyyy HH:mm']";
                        case "is more exact than a microsecond" -> "fraction: cut";
                        case "is a number, and the mapping names no epoch" -> "epoch: seconds";
                        case "is neither true nor false" -> "true_values: [" + value + "]";
                        case "has storage class integer, not text" -> "as: text";
                        case "is not a whole number" -> value.startsWith("' ") ? "trim: both" : "fraction: cut";
                        case "is NULL, and the column needs a value" -> "default: none";
                        case "is no value of the enum mood: sad, ok" -> "values: {Sad: sad}";
                        default -> group.reason().contains("after the point") ? "fraction: round" : null;
                    };
            if (rule != null) {
                rules.computeIfAbsent(group.table() + "|" + group.column(), name -> new ArrayList<>())
                        .add(rule);
            }
            if (group.reason().startsWith("names a row of")) {
                rules.put(group.table(), List.of("set null"));
            }
        }
        return rules;
    }

    private static String mapping(Made made, Map<String, List<String>> rules) {
        StringBuilder yaml = new StringBuilder("tables:\n  parents: {columns: {id: id}}\n");
        for (Table table : made.tables) {
            yaml.append("  %s:\n    from: '%s'\n".formatted(table.target(), table.source()));
            rules.getOrDefault(table.source(), List.of()).forEach(rule -> yaml.append("    orphans: " + rule + "\n"));
            yaml.append("    columns:\n      id: id\n");
            for (Column column : table.columns()) {
                yaml.append("      %s: {from: '%s'%s}\n"
                        .formatted(
                                column.target(),
                                column.source(),
                                rules.getOrDefault(table.source() + "|" + column.source(), List.of()).stream()
                                        .map(rule -> ", " + rule)
                                        .collect(Collectors.joining())));
            }
        }
        yaml.append("layout: |\n");
        made.layout.toString().lines().forEach(line -> yaml.append("  ")
                .append(line)
                .append('\n'));
        return yaml.toString();
    }

    /** Values by column that came back with another type or value, of the rows that came back. */
    private static Map<String, Long> differences(Made made, SqliteFile before, SqliteFile after) {
        Map<String, Long> different = new TreeMap<>();
        for (Table table : made.tables) {
            assertThat(after.rows("SELECT count(*) FROM " + quote(table.source())))
                    .containsExactly(String.valueOf(ROWS
                            - made.rejected.stream()
                                    .filter(row -> row.startsWith(table.target() + " "))
                                    .count()));
            for (Column column : table.columns()) {
                String sql = "SELECT typeof(id) || id, typeof(%s) || quote(%s) FROM %s"
                        .formatted(quote(column.source()), quote(column.source()), quote(table.source()));
                Set<String> old = new HashSet<>(before.rows(sql));
                long count = after.rows(sql).stream()
                        .filter(row -> !old.contains(row))
                        .count();
                if (count > 0) {
                    different.put(table.target() + "." + column.target(), count);
                }
            }
        }
        return different;
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
