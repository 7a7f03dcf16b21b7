package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.kind.Place;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.LiveServer;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the objects of the described kinds out of {@code schema.yaml}; {@link ObjectTree} is its inverse. */
final class ObjectYaml {
    private static final String COVERS = "covers";
    private static final String SETTINGS = "settings";
    static final String PRIVILEGES = "privileges";
    static final String OWNER = "owner";

    /** Sections of objects that have a reader of their own, which knows their keys. */
    private static final List<String> OTHERS =
            List.of("tables", "views", "columns", "indexes", "functions", "sequences", "types");

    /** Whether settings that are not declared are the defaults, or anybody's. */
    private enum Settings {
        COMPLETE,
        OPEN
    }

    /** Whether owners and privileges are declared. */
    private enum Privileges {
        IGNORED,
        DECLARED
    }

    private final List<SchemaObject> objects = new ArrayList<>();

    private ObjectYaml() {}

    /** @param coverage of the whole file; a section may name another usual owner */
    static SchemaObjects read(YamlNode root, Coverage coverage) {
        ObjectYaml reader = new ObjectYaml();
        for (ObjectKind kind : Kinds.ALL) {
            for (Place place : kind.places()) {
                reader.walk(kind, place, 0, root, List.of());
            }
        }
        return SchemaObjects.of(coverage.ownedBy(Nodes.text(root, OWNER)), reader.objects, Map.of(), LiveServer.NONE);
    }

    static Coverage coverage(YamlNode root) {
        int covers = root.find(COVERS).map(YamlNode::integer).orElse(1);
        if (covers < 1 || covers > Kinds.LEVEL) {
            throw root.required(COVERS)
                    .error("covers must be a number from 1 to " + Kinds.LEVEL
                            + "; a newer Schemajob may have written this file");
        }
        return new Coverage(
                covers,
                Nodes.choice(root, SETTINGS, Settings.class, Settings.COMPLETE) == Settings.OPEN,
                Nodes.choice(root, PRIVILEGES, Privileges.class, Privileges.IGNORED) == Privileges.DECLARED,
                Nodes.text(root, OWNER));
    }

    private void walk(ObjectKind kind, Place place, int depth, YamlNode node, List<String> path) {
        if (depth == place.elements().size()) {
            add(kind, place, node, path);
            return;
        }
        if (!node.isMapping()) {
            return;
        }
        String element = place.elements().get(depth);
        if (element.equals(Place.NAME)) {
            node.entries()
                    .forEach((name, value) -> walk(kind, place, depth + 1, value, longer(path, named(path, name))));
        } else {
            node.find(element).ifPresent(value -> walk(kind, place, depth + 1, value, longer(path, element)));
        }
    }

    private static String named(List<String> path, String name) {
        if (path.equals(List.of("comments")) && name.startsWith("schema ")) {
            // Files of older versions name the schema, which a file is right for whatever its name is.
            return "schema";
        }
        boolean signature = path.equals(List.of("functions")) && Signatures.isSignature(name);
        return signature ? Signatures.canonical(name) : name;
    }

    private static List<String> longer(List<String> path, String element) {
        List<String> longer = new ArrayList<>(path);
        longer.add(element);
        return longer;
    }

    private void add(ObjectKind kind, Place place, YamlNode node, List<String> path) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (node.isMapping()) {
            if (!kind.settings() || path.size() % 2 == 1 || !OTHERS.contains(path.get(path.size() - 2))) {
                node.onlyKeys(Kinds.keys(place.path()));
            }
            for (Aspect aspect : kind.aspects()) {
                node.find(aspect.key()).map(value -> value(aspect, value)).ifPresent(value -> {
                    if (!value.equals(aspect.usual())) {
                        values.put(aspect.key(), value);
                    }
                });
            }
        } else if (!kind.settings()) {
            Aspect first = kind.aspects().get(0);
            values.put(first.key(), first.form() == Aspect.Form.WORDS ? value(first, node) : node.text());
        }
        if (!kind.settings() || !values.isEmpty()) {
            SchemaObject object = new SchemaObject(kind.noun(), path, values);
            kind.problem(object).ifPresent(problem -> {
                throw node.error(node.path() + ": " + problem);
            });
            objects.add(object);
        }
    }

    private static String words(List<String> words) {
        return words.stream()
                .map(word -> word.strip().toLowerCase(Locale.ROOT))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static Object value(Aspect aspect, YamlNode node) {
        return switch (aspect.form()) {
            case LIST -> node.texts();
            case MAP -> {
                Map<String, String> map = new LinkedHashMap<>();
                node.entries().forEach((key, value) -> map.put(key, value.text()));
                yield map;
            }
            case FLAG -> String.valueOf(node.bool());
            case WORDS ->
                words(node.isList() ? node.texts() : List.of(node.text().split(",")));
            default -> node.text();
        };
    }
}
