package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.IndexParts;
import io.schemajob.catalog.kind.IndexSettingsKind;
import io.schemajob.catalog.kind.KeyIndexKind;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Partition;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Indexes and keys of partitions that are parts of an incomplete one of the parent: they are made on their own, and go with that
 * of the parent, as PostgreSQL neither detaches nor drops them alone.
 */
final class AttachedIndexes {
    /** The parent's may have been given to a new partition, which then has its part already. */
    private static final String RENAME =
            """
            DO $index$
            DECLARE
                part regclass;
            BEGIN
                FOR part IN SELECT i.oid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                              JOIN pg_inherits h ON h.inhrelid = i.oid
                             WHERE x.indrelid = %s::regclass AND h.inhparent = %s::regclass AND i.relname <> %s LOOP
                    EXECUTE format('ALTER INDEX %%s RENAME TO %%I', part, %3$s);
                END LOOP;
            END
            $index$""";

    /** The down script leaves it, so that it may be there. */
    private static final String UNLESS_THERE =
            """
            DO $key$
            BEGIN
                IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s) THEN
                    %s;
                END IF;
            END
            $key$""";

    private AttachedIndexes() {}

    /** The index of the parent, or null. */
    static String parent(Schema schema, String table, String index) {
        return Stream.of(
                        settings(schema, IndexSettingsKind.NOUN, table, "indexes", index),
                        settings(schema, KeyIndexKind.NOUN, table, "key_indexes", index)
                                .filter(settings -> !KeyPart.isOne(schema, settings)))
                .flatMap(settings -> settings)
                .map(settings -> settings.text(IndexParts.ATTACHED_TO))
                .filter(parent -> parent != null)
                .findFirst()
                .orElse(null);
    }

    private static Stream<SchemaObject> settings(
            Schema schema, String kind, String table, String section, String name) {
        return Stream.ofNullable(schema.objects().of(kind).get(List.of("tables", table, section, name)));
    }

    /** What has to be there before it: the index of its parent, with which it goes. */
    static Set<Name> needed(Schema schema, String table, String index) {
        String parent = parent(schema, table, index);
        return parent == null ? Set.of() : Set.of(Name.relation(parent));
    }

    /** Whether CREATE TABLE cannot say it: a part, or one of which there are parts. */
    static boolean isApart(Schema schema, String table, Key key) {
        return !key.valid() || parent(schema, table, key.name()) != null;
    }

    /** Whether it is a part of one, on one of the sides. */
    static boolean isPart(Scene scene, Piece piece, boolean comes) {
        Schema side = comes ? scene.goal().to() : scene.goal().from();
        return parent(side, piece.relation(), name(piece)) != null;
    }

    private static String name(Piece piece) {
        return piece.model() instanceof Index index ? index.name() : ((Key) piece.model()).name();
    }

    /** Makes it; the way back is that of its parent's index. */
    static List<Operation> create(Scene scene, Piece piece, List<Operation> steps, List<Note> notes) {
        if (isReplaced(scene, scene.goal().to(), piece, scene.old())) {
            return steps.stream().map(step -> step.with(step.up(), List.of())).toList();
        } else if (!scene.goal().from().tables().containsKey(piece.relation())) {
            return List.of(Operation.on(
                    piece, piece.kind().creation, made(piece, scene.goal().to()), List.of(), scene.creating(piece)));
        }
        notes.add(new Note(
                piece.object().part("way back"),
                "The down script leaves it, as PostgreSQL detaches no index.",
                List.of(),
                false));
        return steps.stream()
                .map(step -> step.with(
                        step.up().stream().map(sql -> unlessThere(piece, sql)).toList(), List.of()))
                .toList();
    }

    /** What PostgreSQL has made with the table, under the name of the piece and with its options. */
    private static List<String> made(Piece piece, Schema schema) {
        String parent = parent(schema, piece.relation(), name(piece));
        List<String> statements = new ArrayList<>(List.of(RENAME.formatted(
                SqlText.literal(SqlText.name(piece.relation())),
                SqlText.literal(SqlText.qualified(parent)),
                SqlText.literal(name(piece)))));
        Partition partition = schema.tables().get(piece.relation()).partition();
        Table above = partition == null ? null : schema.table(partition.parent());
        if (piece.model() instanceof Index index && above != null) {
            above.indexes().stream()
                    .filter(other -> other.name().equals(parent))
                    .forEach(other -> statements.addAll(IndexSql.alter(index, other.options())));
        }
        return statements;
    }

    private static String unlessThere(Piece piece, String sql) {
        return sql.startsWith("CREATE")
                ? sql.replaceFirst("INDEX (?:CONCURRENTLY )?", "$0IF NOT EXISTS ")
                : UNLESS_THERE.formatted(
                        SqlText.literal(SqlText.name(piece.relation())), SqlText.literal(name(piece)), sql);
    }

    /** Drops it with its parent's index; while that stays, PostgreSQL does not. */
    static Operation drop(Scene scene, Piece piece, List<Note> notes) {
        Operation drop = scene.drop(piece);
        if (!isReplaced(scene, scene.goal().from(), piece, scene.wanted())) {
            notes.add(new Note(
                    piece.object(),
                    "It is a part of the index %s, which stays: PostgreSQL drops it with that alone."
                            .formatted(parent(scene.goal().from(), piece.relation(), name(piece))),
                    List.of(),
                    true));
            return drop.with(List.of(), List.of());
        }
        return drop.with(List.of(), drop.down());
    }

    private static boolean isReplaced(Scene scene, Schema side, Piece piece, Map<ObjectIdentity, Piece> other) {
        Table table = side.tables().get(piece.relation());
        if (table.partition() == null) {
            return true;
        }
        ObjectIdentity object =
                above(piece.object(), table.partition().parent(), parent(side, piece.relation(), name(piece)));
        return scene.replaced().contains(object) || !other.containsKey(object);
    }

    /** What the parent has of the same sort. */
    private static ObjectIdentity above(ObjectIdentity part, String parent, String index) {
        return part.kind().equals("primary key")
                ? ObjectIdentity.only(part.kind(), parent)
                : ObjectIdentity.in(parent, part.kind(), index);
    }
}
