package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Columns that become virtual under what nobody declared and what stays: PostgreSQL makes no index, no statistics and no entry of
 * a publication over such a column, so these could not come back.
 */
final class VirtualColumns {
    private VirtualColumns() {}

    /** Why a column cannot become virtual, or null. */
    static String whyNot(Table table, Column goal, Column found, SchemaComparison comparison, Changes changes) {
        boolean becomes = isVirtual(goal) && !isVirtual(found);
        return becomes
                ? hindrance(table, found.name(), comparison, changes)
                        .map(
                                "The %s, which is not declared, stands on it, and cannot stand on a virtual column: decide about that first."
                                        ::formatted)
                        .orElse(null)
                : null;
    }

    private static boolean isVirtual(Column column) {
        return column.generated() != null && !column.generated().stored();
    }

    private static Optional<ObjectIdentity> hindrance(
            Table table, String column, SchemaComparison comparison, Changes changes) {
        Stream<ObjectIdentity> indexes = table.indexes().stream()
                .filter(index -> mentions(IndexSql.create(table.name(), index, false), table, column))
                .map(Index::name)
                .map(index -> ObjectIdentity.in(table.name(), "index", index))
                .filter(changes::mayStay);
        Stream<ObjectIdentity> publications = undeclared("publication", comparison)
                .filter(publication ->
                        publication.list("tables").stream().anyMatch(member -> mentions(member, table, column)))
                .map(publication -> ObjectIdentity.of("publication", publication.name()));
        Stream<ObjectIdentity> statistics = undeclared("statistics", comparison)
                .filter(one -> SqlText.name(table.name()).equals(one.text("table"))
                        && SqlNames.mentioned(one.text("columns")).contains(column))
                .map(one -> ObjectIdentity.of("statistics", one.name()))
                .filter(changes::mayStay);
        return Stream.of(indexes, publications, statistics).flatMap(all -> all).findFirst();
    }

    private static boolean mentions(String text, Table table, String column) {
        return SqlNames.mentioned(text).containsAll(Set.of(table.name(), column));
    }

    private static Stream<SchemaObject> undeclared(String noun, SchemaComparison comparison) {
        Map<?, SchemaObject> declared = comparison.declared().objects().of(noun);
        return comparison.live().objects().of(noun).entrySet().stream()
                .filter(entry -> !declared.containsKey(entry.getKey()))
                .map(Map.Entry::getValue);
    }
}
