package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.TableSettingsKind;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.sql.SqlText;
import java.util.stream.Stream;

/** Tables {@code OF} a composite type: their columns are its attributes and change with it, and by no ALTER TABLE. */
final class TypedTables {
    private TypedTables() {}

    /** Whether a table is of the same type before and afterwards. */
    static boolean follows(String table, Goal goal) {
        String type = TableSettingsKind.typeOf(table, goal.from());
        return type != null && type.equals(TableSettingsKind.typeOf(table, goal.to()));
    }

    /** What ALTER TYPE needs to change such tables too; empty where there is none. */
    static String cascade(String type, Goal goal) {
        boolean any = Stream.of(goal.from(), goal.to())
                .anyMatch(side -> side.tables().keySet().stream().anyMatch(table -> isOf(type, table, side)));
        return any ? " CASCADE" : "";
    }

    private static boolean isOf(String type, String table, Schema side) {
        return SqlText.name(type).equals(TableSettingsKind.typeOf(table, side));
    }
}
