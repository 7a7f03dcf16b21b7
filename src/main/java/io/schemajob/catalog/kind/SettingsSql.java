package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Statements that many kinds have in common. */
final class SettingsSql {
    private SettingsSql() {}

    /** {@code (fillfactor = 70)}. */
    static String with(Map<String, String> options) {
        return options.entrySet().stream()
                .map(option -> option.getKey() + " = " + SqlText.literal(option.getValue()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    /** SET and RESET that lead from one set of storage parameters to another. */
    static List<String> change(String alter, String prefix, Map<String, String> before, Map<String, String> after) {
        List<String> statements = new ArrayList<>();
        String gone = before.keySet().stream()
                .filter(key -> !after.containsKey(key))
                .map(key -> prefix + key)
                .collect(Collectors.joining(", "));
        String set = after.entrySet().stream()
                .filter(option -> !option.getValue().equals(before.get(option.getKey())))
                .map(option -> prefix + option.getKey() + " = " + SqlText.literal(option.getValue()))
                .collect(Collectors.joining(", "));
        if (!gone.isEmpty()) {
            statements.add(alter + "RESET (" + gone + ")");
        }
        if (!set.isEmpty()) {
            statements.add(alter + "SET (" + set + ")");
        }
        return statements;
    }

    /** {@code (sfunc = int4pl, stype = integer)} of the aspects that have a value, in their order. */
    static String definition(List<Aspect> aspects, SchemaObject object) {
        List<String> parts = new ArrayList<>();
        for (Aspect aspect : aspects) {
            String value = object.text(aspect.key());
            if (value != null) {
                parts.add(
                        aspect.form() == Aspect.Form.FLAG && "true".equals(value)
                                ? aspect.key().toUpperCase(java.util.Locale.ROOT)
                                : aspect.key() + " = " + value);
            }
        }
        return "(" + String.join(", ", parts) + ")";
    }

    /**
     * A block that runs each statement that a query makes; nothing if there is none, as where another statement has taken
     * away what it is about.
     */
    static String each(String tag, String query) {
        return """
            DO $%1$s$
            DECLARE
                wanted text;
            BEGIN
                FOR wanted IN %2$s LOOP
                    EXECUTE wanted;
                END LOOP;
            END
            $%1$s$"""
                .formatted(tag, query);
    }

    static boolean differs(SchemaObject before, SchemaObject after, String aspect) {
        return !Objects.equals(before.values().get(aspect), after.values().get(aspect));
    }

    static List<String> tablespace(String alter, SchemaObject before, SchemaObject after) {
        String space = after.text("tablespace");
        return differs(before, after, "tablespace")
                ? List.of(alter + "SET TABLESPACE " + (space == null ? "pg_default" : SqlText.name(space)))
                : List.of();
    }

    /** Whether nothing differs but these aspects. */
    static boolean onlyDiffers(List<Aspect> all, SchemaObject before, SchemaObject after, String... aspects) {
        List<String> allowed = List.of(aspects);
        return all.stream().noneMatch(a -> !allowed.contains(a.key()) && differs(before, after, a.key()));
    }

    /** An alteration, unless it would say nothing. */
    static Optional<List<String>> altered(List<String> statements) {
        return statements.isEmpty() ? Optional.empty() : Optional.of(statements);
    }

    /** {@code OPTIONS (host 'h')}; what was hidden is left to a person. */
    static String foreignOptions(Map<String, String> options) {
        String list = options.entrySet().stream()
                .filter(option -> !option.getValue().equals(HIDDEN))
                .map(option -> SqlText.name(option.getKey()) + " " + SqlText.literal(option.getValue()))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "" : " OPTIONS (" + list + ")";
    }

    /** {@code OPTIONS (SET host 'h', DROP port)}, or nothing; what may be a secret stays as it is. */
    static String changedOptions(Map<String, String> before, Map<String, String> after) {
        List<String> changes = new ArrayList<>();
        before.forEach((key, value) -> {
            if (!after.containsKey(key) && !value.equals(HIDDEN)) {
                changes.add("DROP " + SqlText.name(key));
            }
        });
        after.forEach((key, value) -> {
            if (!value.equals(HIDDEN) && !value.equals(before.get(key))) {
                changes.add(
                        (before.containsKey(key) ? "SET " : "ADD ") + SqlText.name(key) + " " + SqlText.literal(value));
            }
        });
        return changes.isEmpty() ? "" : "OPTIONS (" + String.join(", ", changes) + ")";
    }

    /** Stands for the value of an option that may be a secret. */
    static final String HIDDEN = "***";

    /** Whether an option {@code o} may be a secret, by its name. */
    static final String SECRET = " o.option_name ~* '(password|passwd|secret|token|passphrase)' ";

    /** Options of foreign data as {@code name=value}, without the values of what may be a secret. */
    static String foreignOptions(String column) {
        return """
                (SELECT pg_catalog.array_agg(o.option_name || '=' || CASE
                        WHEN """
                + SECRET
                + """
                 THEN '***'
                        ELSE o.option_value END ORDER BY o.option_name)
                   FROM pg_catalog.pg_options_to_table("""
                + column + ") o)";
    }

    /** How a trigger or rule fires, from its letter. */
    static String firing(String column) {
        return "CASE " + column + " WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN 'always' END";
    }

    /** The verb that makes a trigger or rule fire so. */
    static String verb(String firing) {
        if (firing == null) {
            return "ENABLE";
        }
        return switch (firing) {
            case "disabled" -> "DISABLE";
            case "replica" -> "ENABLE REPLICA";
            default -> "ENABLE ALWAYS";
        };
    }
}
