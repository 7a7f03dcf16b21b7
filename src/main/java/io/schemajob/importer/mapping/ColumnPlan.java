package io.schemajob.importer.mapping;

import io.schemajob.importer.convert.Field;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.target.TargetColumn;

/**
 * A column that will be loaded.
 *
 * @param source index among the columns that are read, or -1 for a constant
 * @param sourceName null for a constant
 * @param constant null unless it is one
 * @param field how values are converted
 * @param ids the source table whose ids these are, or null
 */
public record ColumnPlan(
        TargetColumn target,
        int source,
        String sourceName,
        SourceValue constant,
        Field field,
        String ids,
        ColumnMapping mapping) {
    public Kind kind() {
        return target.type().kind();
    }

    public String name() {
        return target.name();
    }

    /** The value of a row. */
    public SourceValue of(SourceValue[] row) {
        return source < 0 ? constant : row[source];
    }
}
