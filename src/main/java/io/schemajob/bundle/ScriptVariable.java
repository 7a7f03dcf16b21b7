package io.schemajob.bundle;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.report.text.PostgresName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a script may call {@code ${name}}, declared under {@code variables:} in {@code bundle.yaml}. The type says how its value is
 * quoted, so that no value can become SQL.
 *
 * @param name lower-case letters, digits and underscores
 * @param type what its value is
 * @param defaultValue null where it has to be given
 */
public record ScriptVariable(String name, Type type, String defaultValue) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /** How a value is written into a script. */
    public enum Type {
        /** The name of a role, schema, table … in double quotes. */
        IDENTIFIER,
        /** A text or number as a string constant. */
        LITERAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** By name, in the order of the file. */
    static Map<String, ScriptVariable> read(YamlNode variables) {
        Map<String, ScriptVariable> read = new LinkedHashMap<>();
        variables.entries().forEach((name, node) -> read.put(name, read(name, node)));
        return read;
    }

    private static ScriptVariable read(String name, YamlNode node) {
        if (!NAME.matcher(name).matches()) {
            throw node.error("%s must be lower-case letters, digits and underscores".formatted(node.path()));
        }
        if (node.isText()) {
            return new ScriptVariable(name, type(node), null);
        }
        Type type = type(node.onlyKeys("type", "default").required("type"));
        String value = node.find("default").map(YamlNode::text).orElse(null);
        ScriptVariable variable = new ScriptVariable(name, type, value);
        if (value != null) {
            variable.problem(value).ifPresent(why -> {
                throw node.error(node.path() + ".default " + why);
            });
        }
        return variable;
    }

    private static Type type(YamlNode node) {
        List<String> names = new ArrayList<>();
        for (Type type : Type.values()) {
            if (type.toString().equals(node.text())) {
                return type;
            }
            names.add(type.toString());
        }
        throw node.error("%s must be one of %s, not %s".formatted(node.path(), String.join(", ", names), node.text()));
    }

    /** What is wrong with a value, to follow the name of what gives it; empty if nothing is. */
    public Optional<String> problem(String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            // Lines of a script are those of its file.
            return Optional.of("holds a control character or a line break");
        }
        return type == Type.IDENTIFIER ? PostgresName.problem(value) : Optional.empty();
    }
}
