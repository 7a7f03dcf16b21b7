package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.LiveServer;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the objects of the described kinds out of {@code schema.yaml}; {@link ObjectTree} is its inverse. */
final class ObjectYaml {
    private static final String COVERS = "covers";
    /** The major version of the server that a file was written from. */
    static final String SERVER = "postgres";
    /** Older servers keep nothing that 14 does not keep too. */
    static final int FIRST_TOLD = 17;

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
    private final List<String> path = new ArrayList<>();

    private ObjectYaml() {}

    /** @param coverage of the whole file; a section may name another usual owner */
    static SchemaObjects read(YamlNode root, Coverage coverage) {
        ObjectYaml reader = new ObjectYaml();
        reader.walk(PlaceTree.ALL, root);
        return SchemaObjects.of(coverage.ownedBy(Nodes.text(root, OWNER)), reader.objects, Map.of(), LiveServer.NONE);
    }

    static Coverage coverage(YamlNode root) {
        int covers = root.find(COVERS).map(YamlNode::integer).orElse(1);
        if (covers < 1 || covers > Kinds.LEVEL) {
            throw root.required(COVERS)
                    .error("covers must be a number from 1 to " + Kinds.LEVEL
                            + "; a newer Schemajob may have written this file");
        }
        int server = root.find(SERVER).map(YamlNode::integer).orElse(0);
        if (root.find(SERVER).isPresent() && (server < 14 || server > 99)) {
            throw root.required(SERVER).error("postgres must be the major version of a server, from 14 on");
        }
        return new Coverage(
                server,
                covers,
                Nodes.choice(root, SETTINGS, Settings.class, Settings.COMPLETE) == Settings.OPEN,
                Nodes.choice(root, PRIVILEGES, Privileges.class, Privileges.IGNORED) == Privileges.DECLARED,
                Nodes.text(root, OWNER));
    }

    private void walk(PlaceTree place, YamlNode node) {
        place.endings.forEach(ending -> add(ending, node));
        if (!node.isMapping()) {
            return;
        }
        if (place.isNothingItself() && !path.isEmpty() && path.size() % 2 == 0 && hasOwnKeys()) {
            node.onlyKeys(place.members.keySet());
        }
        if (!place.settings.isEmpty()
                && (hasOwnKeys() || place.saysSettings(node.entries().keySet()))) {
            place.settings.forEach(ending -> add(ending, node));
        }
        if (place.names() != null) {
            node.entries().forEach((name, value) -> {
                path.add(named(name));
                walk(place.names(), value);
                path.remove(path.size() - 1);
            });
        }
        place.members.forEach((element, below) -> node.find(element).ifPresent(value -> {
            path.add(element);
            walk(below, value);
            path.remove(path.size() - 1);
        }));
    }

    private String named(String name) {
        if (path.size() != 1) {
            return name;
        }
        if (path.get(0).equals("comments") && name.startsWith("schema ")) {
            // Files of older versions name the schema, which a file is right for whatever its name is.
            return "schema";
        }
        boolean signature = path.get(0).equals("functions") && Signatures.isSignature(name);
        return signature ? Signatures.canonical(name) : name;
    }

    private void add(PlaceTree.Ending ending, YamlNode node) {
        ObjectKind kind = ending.kind();
        Map<String, Object> values = node.isMapping() ? values(ending, node) : scalar(kind, node);
        if (!kind.settings() || !values.isEmpty()) {
            SchemaObject object = new SchemaObject(kind.noun(), path, values);
            kind.problem(object).ifPresent(problem -> {
                throw node.error(node.path() + ": " + problem);
            });
            objects.add(object);
        }
    }

    private Map<String, Object> values(PlaceTree.Ending ending, YamlNode node) {
        if (!ending.kind().settings() || hasOwnKeys()) {
            node.onlyKeys(ending.keys());
        }
        Map<String, Object> values = new TreeMap<>();
        for (Aspect aspect : ending.kind().aspects()) {
            node.find(aspect.key()).map(value -> value(aspect, value)).ifPresent(value -> {
                if (!value.equals(aspect.usual())) {
                    values.put(aspect.key(), value);
                }
            });
        }
        return values;
    }

    private static Map<String, Object> scalar(ObjectKind kind, YamlNode node) {
        Aspect first = kind.aspects().get(0);
        return Map.of(first.key(), first.form() == Aspect.Form.WORDS ? value(first, node) : node.text());
    }

    /** Whether what stands here is in no section of objects that have a reader of their own. */
    private boolean hasOwnKeys() {
        return path.size() % 2 == 1 || !OTHERS.contains(path.get(path.size() - 2));
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
