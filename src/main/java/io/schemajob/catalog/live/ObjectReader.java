package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.kind.Sign;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The objects of all described kinds. Each kind whose sign the schema shows costs one query. */
final class ObjectReader {
    private final CatalogQuery query;
    private final String historyTable;
    private final boolean privileges;
    private final List<ObjectKind> kinds;
    private final List<SchemaObject> objects = new ArrayList<>();

    /** @param privileges whether owners and privileges are wanted */
    ObjectReader(CatalogQuery query, String historyTable, boolean privileges) {
        this.query = query;
        this.historyTable = historyTable;
        this.privileges = privileges;
        this.kinds = Kinds.ALL.stream()
                .filter(kind -> privileges || !kind.onDemand())
                .toList();
    }

    /** Of what it may have to read. */
    Stream<Sign> signs() {
        return Stream.concat(
                kinds.stream().map(ObjectKind::sign), NotHeld.ALL.stream().map(NotHeld::sign));
    }

    SchemaObjects read(Outline outline) throws SQLException {
        for (ObjectKind kind : kinds) {
            if (outline.shows(kind.sign())) {
                query.later(kind.query(query.major()), row -> add(kind, row));
            }
        }
        List<NotHeld> others = NotHeld.ALL.stream()
                .filter(other -> outline.shows(other.sign()))
                .toList();
        Map<String, List<String>> notHeld = notHeld(query, others);
        Set<String> roles = new HashSet<>();
        List<String> own = new ArrayList<>();
        if (privileges) {
            query.later("SELECT r.rolname, r.rolname = current_user AS own FROM pg_catalog.pg_roles r", row -> {
                roles.add(row.text("rolname"));
                if (row.flag("own")) {
                    own.add(row.text("rolname"));
                }
            });
        }
        query.ask();
        return SchemaObjects.of(
                new Coverage(query.major(), Kinds.LEVEL, false, privileges, null),
                objects,
                notHeld,
                new LiveServer(query.major(), own.isEmpty() ? null : own.get(0), roles));
    }

    /** Filled with the next answers. */
    private static Map<String, List<String>> notHeld(CatalogQuery query, List<NotHeld> asked) {
        Map<String, List<String>> notHeld = new LinkedHashMap<>();
        if (!asked.isEmpty()) {
            String names = asked.stream()
                    .map(held -> held.names() + " AS " + held.column())
                    .collect(Collectors.joining(",\n"));
            query.later("SELECT " + names, row -> {
                for (NotHeld held : asked) {
                    if (!row.texts(held.column()).isEmpty()) {
                        notHeld.put(held.words(), row.texts(held.column()));
                    }
                }
            });
        }
        return notHeld;
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
