package io.schemajob.faults;

import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a run may leave in a database: objects, rows, histories. */
record DatabaseDump(List<String> lines, Map<String, List<String>> histories, Map<String, List<String>> tables) {
    private static final String OBJECTS =
            """
            SELECT 'relation', c.oid::regclass::text, c.relkind::text, coalesce(i.indisvalid AND i.indisready, true)::text
            FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
            WHERE c.relnamespace::regnamespace::text IN ('public', 'alpha', 'beta')
            UNION ALL
            SELECT 'column', attrelid::regclass::text, attname::text || ' ' || atttypid::regtype::text, attnotnull::text
            FROM pg_attribute JOIN pg_class c ON c.oid = attrelid AND relkind = 'r'
            WHERE relnamespace::regnamespace::text IN ('public', 'alpha', 'beta') AND attnum > 0
            ORDER BY 1, 2, 3
            """;

    static DatabaseDump of(Postgres.Database database) {
        List<String> lines = new ArrayList<>();
        Map<String, List<String>> histories = new TreeMap<>();
        Map<String, List<String>> tables = new TreeMap<>();
        try (OtherSession eye = OtherSession.ofSuperuser(database)) {
            lines.addAll(eye.rows(OBJECTS));
            for (String schema : List.of("public", "alpha", "beta")) {
                List<String> names = eye.rows(
                        "SELECT tablename FROM pg_tables WHERE schemaname = '%s' ORDER BY 1".formatted(schema));
                tables.put(schema, names);
                for (String table : names) {
                    if (table.startsWith("made_")) {
                        eye.rows("SELECT t::text FROM %s.%s t ORDER BY 1".formatted(schema, table))
                                .forEach(row -> lines.add(schema + "." + table + " " + row));
                    }
                }
                if (names.contains("flyway_schema_history")) {
                    List<String> rows = eye.rows(
                            "SELECT version, checksum, success FROM %s.flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank"
                                    .formatted(schema));
                    histories.put(schema, rows);
                    rows.forEach(row -> lines.add(schema + " history " + row));
                }
            }
        }
        return new DatabaseDump(lines, histories, tables);
    }

    /** Versions that a history tells as applied. */
    List<String> applied(String schema) {
        return histories.getOrDefault(schema, List.of()).stream()
                .filter(row -> row.endsWith("|t"))
                .map(row -> row.substring(0, row.indexOf('|')))
                .toList();
    }

    /** The newest of them; {@code base} without any. */
    String version(String schema) {
        List<String> applied = applied(schema);
        return applied.isEmpty() ? "base" : applied.get(applied.size() - 1);
    }

    /** Scripts in a transaction of which there is the table and no row of the history, or the reverse. */
    List<String> halfApplied(String schema) {
        List<String> found = new ArrayList<>();
        for (String number : List.of("1", "2", "4")) {
            boolean made = tables.getOrDefault(schema, List.of()).contains("made_" + number);
            if (made != applied(schema).contains("00" + number)) {
                found.add("%s: script 00%s %s"
                        .formatted(
                                schema,
                                number,
                                made ? "is done and the history has no row" : "has a row and is not done"));
            }
        }
        return found;
    }
}
