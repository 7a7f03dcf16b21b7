package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a partition has of its own that is like something of its parents, beside the part of that. PostgreSQL takes it for the part of
 * one that is made after it ({@code DefineIndex} and {@code tryAttachPartitionForeignKey} in its source), so it is made after
 * that of the parent, and makes way where that comes. An incomplete one of the parent, made for it {@code ONLY}, takes nothing.
 */
final class LikeParts {
    private final Schema schema;
    private final Table table;
    private final OwnNames ownNames;

    LikeParts(Schema schema, Table table) {
        this.schema = schema;
        this.table = table;
        this.ownNames = new OwnNames(schema);
    }

    /** The indexes of parents that are like one of the table. */
    Set<Name> of(Index index) {
        return AttachedIndexes.parent(schema, table.name(), index.name()) != null
                ? Set.of()
                : above(parent -> parent.indexes().stream()
                        .filter(other -> other.valid() && isLike(index, other))
                        .map(other -> ownNames.seen(parent, Name.relation(other.name()))));
    }

    /** Directions and operator classes PostgreSQL does not look at, or not at all of them. */
    private static boolean isLike(Index index, Index other) {
        return index.unique() == other.unique()
                && index.method().equals(other.method())
                && texts(index).equals(texts(other))
                && index.include().equals(other.include())
                && (index.predicate() == null
                        ? other.predicate() == null
                        : index.predicate().equals(other.predicate()));
    }

    private static List<String> texts(Index index) {
        return index.keys().stream().map(IndexKey::text).toList();
    }

    /** The unique constraints of parents that are like one of the table. */
    Set<Name> of(Key key) {
        return key.name() == null || AttachedIndexes.parent(schema, table.name(), key.name()) != null
                ? Set.of()
                : above(parent -> parent.unique().stream()
                        .filter(other -> other.valid()
                                && other.columns().equals(key.columns())
                                && other.include().equals(key.include()))
                        .map(other -> ownNames.seen(parent, Name.constraint(ownNames.bare(parent), other.name()))));
    }

    /** The foreign keys of parents that are like one of the table. */
    Set<Name> of(ForeignKey key) {
        return above(parent -> parent.foreignKeys().stream()
                .filter(other -> plain(other).equals(plain(key)))
                .map(other -> ownNames.seen(parent, Name.constraint(ownNames.bare(parent), other.name()))));
    }

    private static ForeignKey plain(ForeignKey key) {
        ForeignKey named = key.named("");
        return named.enforcement() == Enforcement.NOT_VALID ? named.proved() : named;
    }

    private Set<Name> above(Function<Table, Stream<Name>> like) {
        return table.partition() == null
                ? Set.of()
                : schema.ancestors(table).stream().flatMap(like).collect(Collectors.toSet());
    }
}
