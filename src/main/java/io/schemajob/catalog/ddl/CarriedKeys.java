package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.IndexParts;
import io.schemajob.catalog.kind.KeyIndexKind;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Keys of partitions whose indexes are parts of a plain index of the parent. PostgreSQL drops that only together with them, and
 * detaches none.
 */
final class CarriedKeys {
    /** Whatever else depends on it is none of the plan's, and must not go unsaid. */
    private static final String DROP =
            """
            DO $index$
            BEGIN
                -- It takes the keys along whose indexes are parts of it, and nothing else.
                IF EXISTS (SELECT FROM pg_partition_tree(%1$s) part
                             LEFT JOIN pg_constraint k ON k.conindid = part.relid AND k.contype IN ('p', 'u')
                             JOIN pg_depend d ON d.deptype = 'n'
                              AND (d.refclassid = 'pg_class'::regclass AND d.refobjid = part.relid
                                   OR d.refclassid = 'pg_constraint'::regclass AND d.refobjid = k.oid)) THEN
                    RAISE dependent_objects_still_exist
                        USING MESSAGE = 'something depends on the index ' || %1$s || ' or on a key that is a part of it';
                END IF;
                DROP INDEX %2$s CASCADE;
            END
            $index$""";

    /** @param stays whether the partition is on both sides */
    record Carried(Set<Name> names, boolean stays) {
        private Carried in(String schema) {
            return new Carried(names.stream().map(name -> name.in(schema)).collect(Collectors.toSet()), stays);
        }
    }

    private final Map<String, List<Carried>> byIndex;
    private final Schema other;

    private CarriedKeys(Map<String, List<Carried>> byIndex, Schema other) {
        this.byIndex = byIndex;
        this.other = other;
    }

    /** Those of a schema, by the index. */
    static CarriedKeys of(Schema schema, Schema other) {
        Map<String, List<Carried>> byIndex = new HashMap<>();
        for (SchemaObject settings : schema.objects().of(KeyIndexKind.NOUN).values()) {
            String index = settings.text(IndexParts.ATTACHED_TO);
            if (index != null && KeyPart.isOne(schema, settings)) {
                String table = settings.name(0);
                Key key =
                        KeyPart.key(schema.tables().get(table), settings.name()).orElseThrow();
                byIndex.computeIfAbsent(index, name -> new ArrayList<>())
                        .add(new Carried(names(table, key), other.tables().containsKey(table)));
            }
        }
        return new CarriedKeys(byIndex, other);
    }

    static Set<Name> names(String table, Key key) {
        return Set.of(Name.key(table, key.columns()), Name.relation(key.name()), Name.constraint(table, key.name()));
    }

    /** Those of this schema that are parts of indexes of another one, as that sees them. */
    Map<String, List<Carried>> of(String name, String own) {
        String prefix = name + ".";
        Map<String, List<Carried>> carried = new HashMap<>();
        byIndex.forEach((index, keys) -> {
            if (index.startsWith(prefix)) {
                carried.put(
                        index.substring(prefix.length()),
                        keys.stream().map(key -> key.in(own)).toList());
            }
        });
        return carried;
    }

    /** With those of other schemas. */
    CarriedKeys and(Map<String, List<Carried>> elsewhere) {
        elsewhere.forEach((index, keys) ->
                byIndex.computeIfAbsent(index, name -> new ArrayList<>()).addAll(keys));
        return this;
    }

    /** An index comes after the keys that it takes, and goes with them; with others it is made anew. */
    Piece carrying(Piece piece) {
        List<Carried> keys = piece.model() instanceof Index index ? byIndex.get(index.name()) : null;
        if (keys == null || piece.kind() != Piece.Kind.INDEX) {
            return piece;
        }
        boolean shared = other.tables().containsKey(piece.relation());
        Set<Name> names = keys.stream()
                .filter(key -> key.stays() || !shared)
                .flatMap(key -> key.names().stream())
                .collect(Collectors.toCollection(HashSet::new));
        Set<String> told = names.stream().map(Name::toString).collect(Collectors.toCollection(TreeSet::new));
        names.addAll(piece.needs());
        String index = SqlText.name(((Index) piece.model()).name());
        return piece.needing(names)
                .defined(told.isEmpty() ? piece.definition() : List.of(piece.definition(), told))
                .droppedBy(DROP.formatted(SqlText.literal(index), index));
    }

    /** Of a key that is a part of a whole index no statement says it. */
    static SchemaObject settings(Schema schema, SchemaObject object) {
        boolean whole = object.kind().equals(KeyIndexKind.NOUN)
                && object.text(IndexParts.ATTACHED_TO) != null
                && KeyPart.isOne(schema, object)
                && schema.ancestors(schema.tables().get(object.name(0))).stream()
                        .flatMap(parent -> parent.indexes().stream())
                        .noneMatch(index -> !index.valid() && isNamed(index, object.text(IndexParts.ATTACHED_TO)));
        return whole ? object.without(IndexParts.ATTACHED_TO) : object;
    }

    private static boolean isNamed(Index index, String name) {
        return name.equals(index.name()) || name.endsWith("." + index.name());
    }

    /** Whether pieces of the table depend on more than what it is itself. */
    boolean concern(Table table) {
        return table.partition() != null
                        && (table.primaryKey() != null
                                || !table.unique().isEmpty()
                                || !table.indexes().isEmpty()
                                || !table.foreignKeys().isEmpty())
                || table.partitionBy() != null && table.indexes().stream().anyMatch(Index::unique);
    }

    /** Whether PostgreSQL cannot make the index anew by itself, as it does where the type of a column changes. */
    static boolean isCarrying(Piece index) {
        return index.needs().stream().anyMatch(name -> name.kind() == Name.Kind.KEY);
    }

    /** Where the index comes, so do they; where it goes, they are gone. */
    static Operation carrying(Operation operation, Piece piece, Schema schema) {
        if (!isCarrying(piece)) {
            return operation;
        }
        Index index = (Index) piece.model();
        Set<Name> names = new HashSet<>(piece.needs());
        names.removeAll(AttachedIndexes.needed(schema, piece.relation(), index.name()));
        return operation.alsoAbout(names);
    }
}
