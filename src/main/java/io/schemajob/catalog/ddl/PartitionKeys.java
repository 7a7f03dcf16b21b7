package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNames;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Columns by which tables are partitioned: PostgreSQL alters neither their type nor their collation. */
final class PartitionKeys {
    static final String WHY =
            "It is in the key of a partitioned table, where no statement changes its type or collation: make a table of another name,"
                    + " move the rows, and let it take this one's name.";

    private PartitionKeys() {}

    /** Whether the type or collation of a column changes that is in the key of its table, or of a partition that is itself partitioned. */
    static boolean hold(String table, Column goal, Column found, Schema schema, Map<String, List<Table>> children) {
        boolean retyped = !goal.type().equals(found.type()) || !Objects.equals(goal.collation(), found.collation());
        return retyped && areOf(table, found.name(), schema, children);
    }

    private static boolean areOf(String table, String column, Schema schema, Map<String, List<Table>> children) {
        return isKey(schema.tables().get(table), column)
                || children.getOrDefault(table, List.of()).stream()
                        .anyMatch(child -> areOf(child.name(), column, schema, children));
    }

    /** @param table or null */
    static boolean isKey(Table table, String column) {
        if (table == null || table.partitionBy() == null) {
            return false;
        }
        String key = table.partitionBy();
        return SqlNames.mentioned(key.substring(key.indexOf('('))).contains(column);
    }
}
