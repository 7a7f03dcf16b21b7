package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reading habits that all parts of {@code schema.yaml} share: absent keys have a default. */
final class Nodes {
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Nodes() {}

    static String text(YamlNode node, String key) {
        return node.find(key).map(YamlNode::text).orElse(null);
    }

    static List<String> texts(YamlNode node, String key) {
        return node.find(key).map(YamlNode::texts).orElse(List.of());
    }

    static boolean flag(YamlNode node, String key) {
        return node.find(key).map(YamlNode::bool).orElse(false);
    }

    static long number(YamlNode node, String key, long otherwise) {
        return node.find(key).map(YamlNode::longInteger).orElse(otherwise);
    }

    /** The constant that is written {@code set null} for {@code SET_NULL}. */
    static <E extends Enum<E>> E choice(YamlNode node, String key, Class<E> type, E otherwise) {
        return node.find(key).map(value -> choice(value, type)).orElse(otherwise);
    }

    static <E extends Enum<E>> E choice(YamlNode value, Class<E> type) {
        String wanted =
                SPACES.matcher(value.text().strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
        for (E constant : type.getEnumConstants()) {
            if (SchemaWriter.words(constant).equals(wanted)) {
                return constant;
            }
        }
        String known =
                Stream.of(type.getEnumConstants()).map(SchemaWriter::words).collect(Collectors.joining(", "));
        throw value.error(value.path() + " must be one of " + known + ", not " + value.text());
    }

    /** Reads the members of a mapping that may be absent. */
    static <T> List<T> each(YamlNode node, String key, BiFunction<String, YamlNode, T> reader) {
        List<T> items = new ArrayList<>();
        node.find(key).ifPresent(map -> map.entries().forEach((name, value) -> items.add(reader.apply(name, value))));
        return items;
    }

    static Map<String, String> map(YamlNode node, String key) {
        Map<String, String> map = new LinkedHashMap<>();
        node.find(key).ifPresent(members -> members.entries().forEach((name, value) -> map.put(name, value.text())));
        return map;
    }
}
