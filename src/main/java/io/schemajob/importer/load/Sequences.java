package io.schemajob.importer.load;

import io.schemajob.database.Identifiers;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;

/** Moves sequences behind the numbers that were loaded, or the application's next row would take one of them. */
final class Sequences {
    private static final Set<Kind> INTEGERS = EnumSet.of(Kind.INT2, Kind.INT4, Kind.INT8);

    private Sequences() {}

    static void advance(Connection session, TablePlan table) throws SQLException {
        for (ColumnPlan column : table.columns()) {
            if (!column.target().filled() || !INTEGERS.contains(column.kind())) {
                continue;
            }
            try (Statement statement = session.createStatement()) {
                statement.execute(
                        """
                        SELECT setval(s, m) FROM (SELECT pg_get_serial_sequence(%s, %s) AS s) q,
                        LATERAL (SELECT max(%s)::bigint AS m FROM %s WHERE q.s IS NOT NULL) v WHERE m > 0
                        """
                                .formatted(
                                        text(table.target().sql()),
                                        text(column.name()),
                                        Identifiers.quote(column.name()),
                                        table.target().sql()));
            }
        }
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
