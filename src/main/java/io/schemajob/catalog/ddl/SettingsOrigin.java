package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.List;

/** Whether settings are made with what they set, or altered on what is there. */
final class SettingsOrigin {
    private SettingsOrigin() {}

    /** Settings come and go with what they set, where the other side has it not or it is made anew. */
    static boolean comesWithAnother(Scene scene, Piece piece, Schema other) {
        SchemaObject object = (SchemaObject) piece.model();
        if (piece.kind() != Piece.Kind.SETTINGS) {
            return false;
        }
        String name = object.name(0);
        return switch (object.path().get(0)) {
            case "tables" -> {
                boolean column =
                        object.path().size() > 3 && object.path().get(2).equals("columns");
                ObjectIdentity of = ObjectIdentity.column(name, column ? object.name(1) : "");
                yield !other.tables().containsKey(name)
                        || column
                                && (scene.replaced().contains(of)
                                        || isFresh(object, other.tables().get(name)))
                        || isOfIndex(object)
                                && (lacksIndex(object, other.tables().get(name))
                                        || scene.replaced().contains(ObjectIdentity.in(name, "index", object.name())))
                        || isOfKey(object)
                                && comesWithKey(
                                        scene, object.name(), other.tables().get(name));
            }
            case "views" ->
                !other.views().containsKey(name)
                        || scene.replaced().contains(ObjectIdentity.of("view", name))
                        || scene.replaced().contains(ObjectIdentity.of("materialized view", name));
            case "functions" -> {
                Routine routine = other.routines().get(name);
                yield routine == null || scene.replaced().contains(routine.identity());
            }
            case "foreign_tables" -> !other.objects().of("foreign table").containsKey(List.of("foreign_tables", name));
            case "types" -> !other.types().containsKey(name);
            default -> false;
        };
    }

    private static boolean isOfIndex(SchemaObject object) {
        return object.path().size() > 3 && object.path().get(2).equals("indexes");
    }

    private static boolean isOfKey(SchemaObject object) {
        return object.path().size() > 3 && object.path().get(2).equals("key_indexes");
    }

    private static boolean comesWithKey(Scene scene, String name, Table table) {
        ObjectIdentity object = null;
        if (table.primaryKey() != null && name.equals(table.primaryKey().name())) {
            object = ObjectIdentity.only("primary key", table.name());
        } else if (table.exclusions().stream().anyMatch(one -> one.name().equals(name))) {
            object = ObjectIdentity.in(table.name(), "exclusion constraint", name);
        } else if (table.unique().stream().anyMatch(key -> key.name().equals(name))) {
            object = ObjectIdentity.in(table.name(), "unique constraint", name);
        }
        return object == null || scene.replaced().contains(object);
    }

    private static boolean lacksIndex(SchemaObject object, Table table) {
        return table.indexes().stream().noneMatch(index -> index.name().equals(object.name()));
    }

    /** Whether the other side has not got the column, or not the identity of which these are the options. */
    private static boolean isFresh(SchemaObject object, Table table) {
        boolean ofIdentity = object.path().size() > 4;
        return table.column(object.name(1))
                .map(column -> ofIdentity && column.identity() == null)
                .orElse(true);
    }
}
