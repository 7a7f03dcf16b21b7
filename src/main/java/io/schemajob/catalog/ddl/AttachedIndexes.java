package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.IndexSettingsKind;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Indexes of partitions that are parts of an incomplete one of the parent: they are made on their own, and go with that of the
 * parent, as PostgreSQL neither detaches nor drops them alone.
 */
final class AttachedIndexes {
    private AttachedIndexes() {}

    /** The index of the parent, or null. */
    static String parent(Schema schema, String table, String index) {
        SchemaObject settings =
                schema.objects().of(IndexSettingsKind.NOUN).get(List.of("tables", table, "indexes", index));
        return settings == null ? null : settings.text(IndexSettingsKind.ATTACHED_TO);
    }

    /** What has to be there before it: the index of its parent, with which it goes. */
    static Set<Name> needed(Schema schema, String table, String index) {
        String parent = parent(schema, table, index);
        return parent == null ? Set.of() : Set.of(Name.relation(parent));
    }

    /** Whether it is a part of one, on one of the sides. */
    static boolean isPart(Scene scene, Piece piece, boolean comes) {
        Schema side = comes ? scene.goal().to() : scene.goal().from();
        return parent(side, piece.relation(), name(piece)) != null;
    }

    private static String name(Piece piece) {
        return ((Index) piece.model()).name();
    }

    /** Makes it; the way back is that of its parent's index. */
    static Operation create(Scene scene, Piece piece, Operation create, List<Note> notes) {
        if (isReplaced(scene, scene.goal().to(), piece, scene.old())) {
            return create.with(create.up(), List.of());
        }
        notes.add(new Note(
                piece.object().part("way back"),
                "The down script leaves it, as PostgreSQL detaches no index.",
                List.of(),
                false));
        return create.with(
                create.up().stream()
                        .map(sql -> sql.replaceFirst("INDEX (?:CONCURRENTLY )?", "$0IF NOT EXISTS "))
                        .toList(),
                List.of());
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
        String index = parent(side, piece.relation(), name(piece));
        if (table.partition() == null) {
            return true;
        }
        ObjectIdentity object = ObjectIdentity.in(table.partition().parent(), "index", index);
        return scene.replaced().contains(object) || !other.containsKey(object);
    }
}
