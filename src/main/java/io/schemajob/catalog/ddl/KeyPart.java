package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.IndexParts;
import io.schemajob.catalog.kind.KeyIndexKind;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a key of a partition's own has to do with plain indexes of its parents over the same columns. PostgreSQL takes the index
 * behind the key for the part of the parent's where the key is there first ({@code DefineIndex} and
 * {@code AttachPartitionEnsureIndexes} in its source), and makes one more beside it where it is not.
 *
 * @param of the index of which that of the key is a part, or null
 * @param beside those that have another part
 */
record KeyPart(String of, Map<String, ObjectIdentity> beside) {
    private static final KeyPart NONE = new KeyPart(null, Map.of());

    static KeyPart of(Schema schema, Table table, Key key) {
        if (table == null || table.partition() == null || key == null || key.name() == null) {
            return NONE;
        }
        String attached = Optional.ofNullable(schema.objects()
                        .of(KeyIndexKind.NOUN)
                        .get(List.of("tables", table.name(), "key_indexes", key.name())))
                .map(settings -> settings.text(IndexParts.ATTACHED_TO))
                .orElse(null);
        String of = null;
        Map<String, ObjectIdentity> beside = new HashMap<>();
        for (Table parent : schema.ancestors(table)) {
            for (Index index : parent.indexes()) {
                String name = name(schema, parent, index);
                if (name.equals(attached)) {
                    of = name;
                } else if (isAlike(index, key)) {
                    beside.put(name, ObjectIdentity.in(parent.name(), "index", index.name()));
                }
            }
        }
        return of == null && beside.isEmpty() ? NONE : new KeyPart(of, beside);
    }

    /** The same of a key in a schema that may not have it. */
    static KeyPart of(Schema schema, Piece key) {
        Table table = schema.tables().get(key.relation());
        return of(schema, table, in(table, (Key) key.model()).orElse(null));
    }

    /** Whether the key whose index these settings are of is a part of a plain index. */
    static boolean isOne(Schema schema, SchemaObject settings) {
        Table table = schema.tables().get(settings.name(0));
        return of(schema, table, key(table, settings.name()).orElse(null)).of() != null;
    }

    /** The key of this name, if the table has it. */
    static Optional<Key> key(Table table, String name) {
        return table == null
                ? Optional.empty()
                : table.keys().filter(key -> name.equals(key.name())).findFirst();
    }

    private static Optional<Key> in(Table table, Key key) {
        return key.name() == null ? Optional.empty() : key(table, key.name());
    }

    private static String name(Schema schema, Table parent, Index index) {
        boolean here = schema.tables().containsKey(parent.name());
        return here ? index.name() : parent.name().substring(0, parent.name().indexOf('.') + 1) + index.name();
    }

    /** Whether PostgreSQL may take the one for a part of the other. */
    private static boolean isAlike(Index index, Key key) {
        return index.unique()
                && index.predicate() == null
                && index.include().equals(key.include())
                && index.keys().stream()
                        .map(IndexKey::column)
                        .map(column -> column == null ? "" : column)
                        .toList()
                        .equals(key.columns());
    }

    /** The indexes that decide in which order the key is made. */
    Set<Name> needed() {
        return Stream.concat(Stream.ofNullable(of), beside.keySet().stream())
                .map(Name::relation)
                .collect(Collectors.toSet());
    }

    boolean isNone() {
        return equals(NONE);
    }
}
