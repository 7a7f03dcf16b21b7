package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlText.Flow;
import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the objects of the described kinds where they belong in the tree of a schema; {@link ObjectYaml} reads them. */
final class ObjectTree {
    private ObjectTree() {}

    static Map<String, Object> with(SchemaObjects objects, Map<String, Object> tree) {
        Map<String, Object> root = new LinkedHashMap<>();
        if (objects.coverage().level() > 1) {
            root.put("covers", objects.coverage().level());
        }
        if (objects.coverage().server() >= ObjectYaml.FIRST_TOLD) {
            root.put(ObjectYaml.SERVER, objects.coverage().server());
        }
        if (objects.coverage().openSettings()) {
            root.put("settings", "open");
        }
        if (objects.coverage().privileges()) {
            root.put(ObjectYaml.PRIVILEGES, "declared");
        }
        if (objects.coverage().owner() != null) {
            root.put(ObjectYaml.OWNER, objects.coverage().owner());
        }
        root.putAll(tree);
        for (ObjectKind kind : Kinds.ALL) {
            objects.of(kind.noun()).values().forEach(object -> put(kind, object, root));
        }
        return root;
    }

    private static void put(ObjectKind kind, SchemaObject object, Map<String, Object> root) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Aspect aspect : kind.aspects()) {
            Object value = object.values().get(aspect.key());
            if (value != null) {
                values.put(aspect.key(), written(aspect, value));
            }
        }
        List<String> path = object.path();
        boolean inside = kind.settings() && path.size() % 2 == 0;
        Map<String, Object> target = root;
        for (String element : inside ? path : path.subList(0, path.size() - 1)) {
            target = member(target, element);
        }
        if (inside) {
            target.putAll(values);
        } else {
            target.put(path.get(path.size() - 1), brief(kind, values));
        }
    }

    private static Object brief(ObjectKind kind, Map<String, Object> values) {
        Object first = values.get(kind.aspects().get(0).key());
        if (values.size() == 1 && first instanceof String && !kind.settings() && !holdsOthers(kind)) {
            return first;
        }
        boolean lines = values.values().stream().anyMatch(value -> value instanceof String text && text.contains("\n"));
        return lines ? values : new Flow(values);
    }

    /** Whether objects of another kind stand inside of it. */
    private static boolean holdsOthers(ObjectKind kind) {
        return kind.places().stream().map(place -> place.path() + "/").anyMatch(path -> Kinds.ALL.stream()
                .flatMap(other -> other.places().stream())
                .anyMatch(other -> other.path().startsWith(path)));
    }

    /** The mapping under this key, made of its short form where it has one. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> member(Map<String, Object> parent, String key) {
        Object child = parent.get(key);
        if (child instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        if (child instanceof Flow flow && flow.content() instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        Map<String, Object> made = new LinkedHashMap<>();
        if (child instanceof Flow flow) {
            made.put("keys", flow);
        } else if (child != null) {
            made.put("type", child);
        }
        parent.put(key, child == null ? made : new Flow(made));
        return made;
    }

    private static Object written(Aspect aspect, Object value) {
        return switch (aspect.form()) {
            case FLAG -> Boolean.valueOf((String) value);
            case NUMBER -> new BigDecimal((String) value).toPlainString().equals(value) ? number(value) : value;
            case LIST, MAP -> new Flow(value);
            default -> value;
        };
    }

    private static Object number(Object value) {
        return new BigDecimal((String) value);
    }
}
