package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How the values of a column are stored and sampled: the same for tables and for foreign tables. */
final class ColumnStorage {
    /** How a column {@code a} is stored, if not as its type {@code t} says. */
    static final String QUERY =
            """
            CASE WHEN a.attstorage <> t.typstorage THEN
                 CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main'
                                   ELSE 'extended' END END
            """;

    private ColumnStorage() {}

    /** The statements that store and sample a column in another way. */
    static List<String> change(String column, SchemaObject before, SchemaObject after) {
        List<String> statements = new ArrayList<>();
        if (SettingsSql.differs(before, after, "storage")) {
            String storage = after.text("storage");
            statements.add(
                    storage == null
                            ? usualStorage(after.name(0), after.name())
                            : column + "SET STORAGE " + storage.toUpperCase(Locale.ROOT));
        }
        if (SettingsSql.differs(before, after, "compression")) {
            String method = after.text("compression");
            statements.add(column + "SET COMPRESSION " + (method == null ? "DEFAULT" : method));
        }
        if (SettingsSql.differs(before, after, "statistics")) {
            String target = after.text("statistics");
            statements.add(column + "SET STATISTICS " + (target == null ? "-1" : target));
        }
        statements.addAll(SettingsSql.change(column, "", before.map("options"), after.map("options")));
        return statements;
    }

    /** {@code SET STORAGE DEFAULT} needs PostgreSQL 16. */
    private static String usualStorage(String table, String column) {
        return SettingsSql.each(
                "storage",
                """
                SELECT format('ALTER TABLE ONLY %%s ALTER COLUMN %%I SET STORAGE %%s', a.attrelid::regclass, a.attname,
                              CASE t.typstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN'
                                                ELSE 'EXTENDED' END)
                         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                        WHERE a.attrelid = %s::regclass AND a.attname = %s"""
                        .formatted(SqlText.literal(SqlText.name(table)), SqlText.literal(column)));
    }
}
