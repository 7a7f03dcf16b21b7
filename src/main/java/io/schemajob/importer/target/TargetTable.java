package io.schemajob.importer.target;

import io.schemajob.database.query.Identifiers;
import java.util.List;
import java.util.Optional;

/**
 * A table of the target schema, as far as loading has to know it.
 *
 * @param sql its name, quoted and with its schema
 * @param owned whether the role of the session may alter it
 */
public record TargetTable(
        String name,
        String sql,
        boolean owned,
        List<TargetColumn> columns,
        List<Unique> uniques,
        List<MappedForeignKey> foreignKeys,
        List<MappedCheck> checks,
        List<SecondaryIndex> indexes,
        List<KeyConstraint> keys) {
    /** An expression for its OID. */
    public String regclass() {
        return Identifiers.literal(sql) + "::regclass";
    }

    public Optional<TargetColumn> column(String wanted) {
        return columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
    }

    /** Names of the primary key's columns; empty if there is none. */
    public List<String> primaryKey() {
        return uniques.stream()
                .filter(Unique::primary)
                .findFirst()
                .map(Unique::columns)
                .orElse(List.of());
    }
}
