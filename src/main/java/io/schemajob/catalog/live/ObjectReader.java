package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.LiveServer;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.database.query.OwnTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects of all described kinds. One query asks which kinds there are at all; only those have one more each, so that
 * a schema without them costs one.
 */
final class ObjectReader {
    private final CatalogQuery query;
    private final String historyTable;
    private final List<SchemaObject> objects = new ArrayList<>();

    private ObjectReader(CatalogQuery query, String historyTable) {
        this.query = query;
        this.historyTable = historyTable;
    }

    /** @param privileges whether owners and privileges are wanted */
    static SchemaObjects read(CatalogQuery query, String historyTable, boolean privileges) throws SQLException {
        ObjectReader reader = new ObjectReader(query, historyTable);
        Map<String, List<String>> notHeld = new LinkedHashMap<>();
        List<ObjectKind> present = new ArrayList<>();
        List<ObjectKind> kinds = Kinds.ALL.stream()
                .filter(kind -> privileges || !kind.onDemand())
                .toList();
        query.forEach(census(kinds), row -> {
            for (int i = 0; i < kinds.size(); i++) {
                if (row.flag("k" + i)) {
                    present.add(kinds.get(i));
                }
            }
            for (NotHeld held : NotHeld.ALL) {
                List<String> names = row.texts(held.column());
                if (!names.isEmpty()) {
                    notHeld.put(held.words(), names);
                }
            }
        });
        for (ObjectKind kind : present) {
            query.forEach(kind.query(query.major()), row -> reader.add(kind, row));
        }
        return SchemaObjects.of(
                new Coverage(query.major(), Kinds.LEVEL, false, privileges, null),
                reader.objects,
                notHeld,
                server(query, privileges));
    }

    private static LiveServer server(CatalogQuery query, boolean privileges) throws SQLException {
        Set<String> roles = new HashSet<>();
        List<String> own = new ArrayList<>();
        if (privileges) {
            query.forEach("SELECT r.rolname, r.rolname = current_user AS own FROM pg_catalog.pg_roles r", row -> {
                roles.add(row.text("rolname"));
                if (row.flag("own")) {
                    own.add(row.text("rolname"));
                }
            });
        }
        return new LiveServer(query.major(), own.isEmpty() ? null : own.get(0), roles);
    }

    private static String census(List<ObjectKind> kinds) {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int i = 0; i < kinds.size(); i++) {
            sql.append(i == 0 ? "" : ",\n")
                    .append(kinds.get(i).present())
                    .append(" AS k")
                    .append(i);
        }
        for (NotHeld held : NotHeld.ALL) {
            sql.append(",\n").append(held.names()).append(" AS ").append(held.column());
        }
        return sql.toString();
    }

    private void add(ObjectKind kind, CatalogRow row) throws SQLException {
        List<String> path = row.texts("path");
        // Somebody dropped it between the two looks of one query.
        if (path.isEmpty() || path.contains(null)) {
            return;
        }
        Map<String, Object> values = new HashMap<>();
        for (Aspect aspect : kind.aspects()) {
            Object value = value(aspect, row);
            if (value != null && !value.equals(aspect.usual())) {
                values.put(aspect.key(), value);
            }
        }
        if (kind.readsElsewhere() && row.flag(SchemaObject.ELSEWHERE)) {
            values.put(SchemaObject.ELSEWHERE, "true");
        }
        SchemaObject object = new SchemaObject(kind.noun(), path, values);
        if (!isOurs(kind.relation(object))) {
            objects.add(object);
        }
    }

    private boolean isOurs(String relation) {
        return relation != null && (relation.equals(historyTable) || OwnTables.holds(relation));
    }

    private static Object value(Aspect aspect, CatalogRow row) throws SQLException {
        return switch (aspect.form()) {
            case LIST -> {
                List<String> list = row.texts(aspect.key());
                yield list.isEmpty() ? null : List.copyOf(list);
            }
            case MAP -> {
                Map<String, String> map = Relations.options(row.texts(aspect.key()));
                yield map.isEmpty() ? null : map;
            }
            default -> row.text(aspect.key());
        };
    }
}
