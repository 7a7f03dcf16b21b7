package io.schemajob.catalog.diff;

import io.schemajob.catalog.kind.IndexParts;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a live schema is once constraints that differ in nothing but their names have got the declared ones: they, and the
 * settings, comments and states that go by these names.
 */
final class RenamedConstraints {
    private static final String INDEX = "index ";
    private static final List<String> KINDS =
            List.of("primary key", "unique constraint", "foreign key", "check", "exclusion constraint");

    /** New names by table and old name. */
    private final Map<String, Map<String, String>> names;

    private RenamedConstraints(Map<String, Map<String, String>> names) {
        this.names = names;
    }

    /** The differences that renaming a constraint of a table takes away. */
    static List<Difference> among(List<Difference> differences) {
        Set<ObjectIdentity> others = differences.stream()
                .filter(difference -> difference.aspect().equals("definition"))
                .map(Difference::object)
                .collect(Collectors.toSet());
        return differences.stream()
                .filter(difference -> difference.aspect().equals("name")
                        && KINDS.contains(difference.object().kind())
                        && difference.live() != null
                        && !others.contains(difference.object()))
                .toList();
    }

    /** Where something else has the declared name, renaming alone would fail: the constraint has to be made anew. */
    static List<Difference> conflicts(Schema live, List<Difference> differences) {
        List<Difference> renames = among(differences);
        Set<String> relations = renames.isEmpty() ? Set.of() : relations(live);
        return renames.stream()
                .filter(rename -> {
                    Table table = live.tables().get(rename.object().names().get(0));
                    boolean relation = !List.of("foreign key", "check")
                            .contains(rename.object().kind());
                    return constraints(table).anyMatch(rename.declared()::equals)
                            || relation && relations.contains((String) rename.declared());
                })
                .map(rename -> Difference.changed(
                        rename.object(), "definition", rename.declared(), rename.live(), Difference.Severity.SILENT))
                .toList();
    }

    private static Stream<String> constraints(Table table) {
        return Stream.of(
                        keys(table),
                        table.foreignKeys().stream().map(ForeignKey::name),
                        table.checks().stream().map(Check::name))
                .flatMap(names -> names);
    }

    /** Constraints with an index. */
    private static Stream<String> keys(Table table) {
        return Stream.of(
                        Stream.ofNullable(table.primaryKey()).map(Key::name),
                        table.unique().stream().map(Key::name),
                        table.exclusions().stream().map(Exclusion::name))
                .flatMap(names -> names);
    }

    /** The names of tables, views, indexes and sequences. */
    static Set<String> relations(Schema live) {
        Set<String> names = new HashSet<>(live.tables().keySet());
        names.addAll(live.views().keySet());
        names.addAll(live.sequences().keySet());
        live.views().values().forEach(view -> view.indexes().forEach(index -> names.add(index.name())));
        live.tables().values().forEach(table -> {
            keys(table).forEach(names::add);
            table.indexes().forEach(index -> names.add(index.name()));
        });
        return names;
    }

    static Schema in(Schema live, List<Difference> differences) {
        Map<String, Map<String, String>> names = new HashMap<>();
        among(differences).forEach(difference -> names.computeIfAbsent(
                        difference.object().names().get(0), table -> new HashMap<>())
                .put((String) difference.live(), (String) difference.declared()));
        if (names.isEmpty()) {
            return live;
        }
        Map<String, Table> tables = new HashMap<>(live.tables());
        names.forEach((table, renamed) -> tables.computeIfPresent(table, (key, found) -> table(found, renamed)));
        SchemaObjects objects = objects(live.objects(), names);
        return live.withTables(tables).withObjects(objects);
    }

    private static Table table(Table table, Map<String, String> names) {
        TableBuilder builder = TableBuilder.of(table);
        if (table.primaryKey() != null) {
            builder.primaryKey =
                    table.primaryKey().named(name(table.primaryKey().name(), names));
        }
        builder.unique.replaceAll(key -> key.named(name(key.name(), names)));
        builder.foreignKeys.replaceAll(key -> key.named(name(key.name(), names)));
        builder.checks.replaceAll(check -> check.named(name(check.name(), names)));
        builder.exclusions.replaceAll(one -> new Exclusion(name(one.name(), names), one.definition()));
        return builder.build();
    }

    private static String name(String name, Map<String, String> names) {
        return names.getOrDefault(name, name);
    }

    private static SchemaObjects objects(SchemaObjects objects, Map<String, Map<String, String>> names) {
        RenamedConstraints renamed = new RenamedConstraints(names);
        List<SchemaObject> all = objects.byKind().values().stream()
                .flatMap(kind -> kind.values().stream())
                .map(renamed::renamed)
                .toList();
        return SchemaObjects.of(objects.coverage(), all, objects.notHeld(), objects.server());
    }

    private SchemaObject renamed(SchemaObject object) {
        List<String> path = new ArrayList<>(object.path());
        Map<String, Object> values = new TreeMap<>(object.values());
        if (path.get(0).equals("comments")) {
            path.set(1, comment(path.get(1)));
        } else if (path.get(0).equals("tables")) {
            Map<String, String> ofTable = names.getOrDefault(path.get(1), Map.of());
            if (path.size() == 2) {
                values.computeIfPresent(
                        "cluster_on", (key, name) -> ofTable.getOrDefault((String) name, (String) name));
                values.computeIfPresent("replica_identity", (key, index) -> index((String) index, ofTable));
            } else if (path.get(2).equals("key_indexes") || path.get(2).equals("trigger_states")) {
                path.set(3, ofTable.getOrDefault(path.get(3), other(path.get(3))));
                values.computeIfPresent(IndexParts.ATTACHED_TO, (key, index) -> anywhere((String) index));
            } else if (path.get(2).startsWith("attached_")) {
                path.set(3, anywhere(path.get(3)));
            }
        }
        return new SchemaObject(object.kind(), path, values);
    }

    private static String index(String identity, Map<String, String> names) {
        String name = identity.startsWith(INDEX) ? identity.substring(INDEX.length()) : null;
        return names.containsKey(name == null ? "" : name) ? INDEX + names.get(name) : identity;
    }

    /** {@code orders_client_fkey of orders}, as it stands at the table that is referred to. */
    private String other(String name) {
        int of = name.indexOf(" of ");
        Map<String, String> ofTable = of < 0 ? Map.of() : names.getOrDefault(name.substring(of + 4), Map.of());
        String renamed = of < 0 ? null : ofTable.get(name.substring(0, of));
        return renamed == null ? name : renamed + name.substring(of);
    }

    /** Names of indexes are those of one table only. */
    private String anywhere(String index) {
        return names.values().stream()
                .filter(ofTable -> ofTable.containsKey(index))
                .map(ofTable -> ofTable.get(index))
                .findFirst()
                .orElse(index);
    }

    private String comment(String object) {
        for (Map.Entry<String, Map<String, String>> table : names.entrySet()) {
            for (Map.Entry<String, String> name : table.getValue().entrySet()) {
                String on = " on " + SqlText.name(table.getKey());
                if (object.equals("table constraint " + SqlText.name(name.getKey()) + on)) {
                    return "table constraint " + SqlText.name(name.getValue()) + on;
                } else if (object.equals(INDEX + SqlText.name(name.getKey()))) {
                    return INDEX + SqlText.name(name.getValue());
                }
            }
        }
        return object;
    }
}
