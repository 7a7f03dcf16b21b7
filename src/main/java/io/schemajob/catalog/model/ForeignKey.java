package io.schemajob.catalog.model;

import java.util.List;

/**
 * A foreign key.
 *
 * @param name of the constraint
 * @param columns the referencing ones, in order
 * @param table the referenced one, with its schema only if that is another
 * @param references the referenced columns, in the order of {@code columns}
 * @param onDelete what a delete of the referenced row does
 * @param onDeleteColumns the only columns that SET NULL or SET DEFAULT touches (from PostgreSQL 15); empty for all
 * @param onUpdate what an update of the referenced key does
 * @param matchFull whether {@code MATCH FULL}
 * @param deferral when it is checked
 * @param enforcement for which rows it holds
 */
public record ForeignKey(
        String name,
        List<String> columns,
        String table,
        List<String> references,
        ReferentialAction onDelete,
        List<String> onDeleteColumns,
        ReferentialAction onUpdate,
        boolean matchFull,
        Deferral deferral,
        Enforcement enforcement) {
    public ForeignKey {
        columns = List.copyOf(columns);
        references = List.copyOf(references);
        onDeleteColumns = List.copyOf(onDeleteColumns);
    }

    /** The same by another name. */
    public ForeignKey named(String other) {
        return new ForeignKey(
                other,
                columns,
                table,
                references,
                onDelete,
                onDeleteColumns,
                onUpdate,
                matchFull,
                deferral,
                enforcement);
    }

    public boolean validated() {
        return enforcement == Enforcement.VALID;
    }

    /** The same once it is validated. */
    public ForeignKey proved() {
        return new ForeignKey(
                name,
                columns,
                table,
                references,
                onDelete,
                onDeleteColumns,
                onUpdate,
                matchFull,
                deferral,
                Enforcement.VALID);
    }
}
