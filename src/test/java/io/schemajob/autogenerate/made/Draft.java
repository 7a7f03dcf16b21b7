package io.schemajob.autogenerate.made;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A schema in the making: its statements so far, and what later ones can be about. */
final class Draft {
    /** A column as later statements need it: {@code name} as SQL writes it. */
    record Col(String name, String type, boolean plain) {}

    /** A table, view or foreign table. */
    record Rel(String name, List<Col> columns, List<String> keys) {
        Optional<Col> of(String... types) {
            return columns.stream()
                    .filter(c -> List.of(types).contains(c.type()))
                    .findFirst();
        }
    }

    final Choices choices;
    /** The oldest version on which the schema has to be made. */
    final int major;

    final List<String> statements = new ArrayList<>();
    final Map<String, Rel> tables = new LinkedHashMap<>();
    final Map<String, Rel> views = new LinkedHashMap<>();
    /** Types of this schema by what they are: enum, domain, composite, range. */
    final Map<String, String> types = new LinkedHashMap<>();
    /** Functions by what they are for. */
    final Map<String, String> functions = new LinkedHashMap<>();
    /** What can be commented and granted on, and the name after COMMENT ON. */
    final List<String> commentable = new ArrayList<>();

    final List<String> grantable = new ArrayList<>();

    Draft(Choices choices, int major) {
        this.choices = choices;
        this.major = major;
    }

    void sql(String text) {
        statements.add(text);
    }

    void sql(String text, Object... parts) {
        statements.add(text.formatted(parts));
    }

    boolean maybe(String name, int oneIn) {
        return choices.maybe(name, oneIn);
    }

    String of(String name, String... all) {
        return choices.of(name, all);
    }

    /** A name that may need quotes, may sort before what it depends on, and may be that of another class of object. */
    String name(String plain) {
        return switch (choices.pick("name of " + plain, 12)) {
            case 9 -> "\"Z " + plain + "\"";
            case 10 -> "a_" + plain;
            case 11 -> "\"" + plain + " größer \"\"x\"\"\"";
            default -> plain;
        };
    }

    /** The text of a name, for literals. */
    static String bare(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
