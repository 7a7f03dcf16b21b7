package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.database.OwnTables;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

    static SchemaObjects read(CatalogQuery query, String historyTable) throws SQLException {
        ObjectReader reader = new ObjectReader(query, historyTable);
        Map<String, List<String>> notHeld = new LinkedHashMap<>();
        List<Integer> present = new ArrayList<>();
        query.forEach(census(), row -> {
            for (int i = 0; i < Kinds.ALL.size(); i++) {
                if (row.flag("k" + i)) {
                    present.add(i);
                }
            }
            for (NotHeld held : NotHeld.ALL) {
                List<String> names = row.texts(held.column());
                if (!names.isEmpty()) {
                    notHeld.put(held.words(), names);
                }
            }
        });
        for (int number : present) {
            ObjectKind kind = Kinds.ALL.get(number);
            query.forEach(kind.query(query.major()), row -> reader.add(kind, row));
        }
        return SchemaObjects.of(new Coverage(Kinds.LEVEL, false, false), reader.objects, notHeld);
    }

    private static String census() {
        StringBuilder sql = new StringBuilder("SELECT ");
        for (int i = 0; i < Kinds.ALL.size(); i++) {
            sql.append(i == 0 ? "" : ",\n")
                    .append(Kinds.ALL.get(i).present())
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
        if (path.isEmpty() || path.contains(null) || isOurs(kind, path)) {
            return;
        }
        Map<String, Object> values = new HashMap<>();
        for (Aspect aspect : kind.aspects()) {
            Object value = value(aspect, row);
            if (value != null && !value.equals(aspect.usual())) {
                values.put(aspect.key(), value);
            }
        }
        objects.add(new SchemaObject(kind.noun(), path, values));
    }

    private boolean isOurs(ObjectKind kind, List<String> path) {
        String relation = path.get(0).equals("tables") ? path.get(1) : null;
        return relation != null && (relation.equals(historyTable) || relation.equals(OwnTables.IMPORTS));
    }

    private static Object value(Aspect aspect, CatalogRow row) throws SQLException {
        return switch (aspect.form()) {
            case LIST -> {
                List<String> list = row.texts(aspect.key());
                yield list.isEmpty() ? null : List.copyOf(list);
            }
            case MAP -> {
                Map<String, String> map = Relations.options(row.texts(aspect.key()));
                yield map.isEmpty() ? null : Map.copyOf(map);
            }
            default -> row.text(aspect.key());
        };
    }
}
