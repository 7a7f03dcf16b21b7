package io.schemajob.database.libpq;

import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** libpq's parameters by their keywords, each with where it was said; what is said first counts. */
final class ParameterValues {
    private record Value(String text, String origin) {}

    private final Map<String, Value> values = new LinkedHashMap<>();

    void putIfAbsent(String keyword, String text, String origin) {
        values.putIfAbsent(keyword, new Value(text, origin));
    }

    void copyTo(ParameterValues others) {
        values.forEach(others.values::putIfAbsent);
    }

    /** The value, or null where there is none or an empty one. */
    String text(String keyword) {
        Value value = values.get(keyword);
        return value == null || value.text().isEmpty() ? null : value.text();
    }

    String text(String keyword, String otherwise) {
        String text = text(keyword);
        return text == null ? otherwise : text;
    }

    /** Where it was said: {@code DATABASE_URL}, {@code PGPORT} … */
    String origin(String keyword) {
        Value value = values.get(keyword);
        return value == null ? "the connection settings" : value.origin();
    }

    /** The value, which has to be one of these; the first where it is not said. An empty one is none of them. */
    String oneOf(String keyword, String... known) {
        if (values.containsKey(keyword) && text(keyword) == null) {
            throw ConfigFailure.of("%s in %s is empty; it is one of %s."
                    .formatted(keyword, origin(keyword), String.join(", ", known)));
        }
        String text = text(keyword, known[0]);
        if (!Set.of(known).contains(text)) {
            throw wrong(keyword, "is none of " + String.join(", ", known));
        }
        return text;
    }

    /** A whole number; null where it is not said. */
    Integer number(String keyword) {
        String text = text(keyword);
        if (text == null) {
            return null;
        }
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException e) {
            throw wrong(keyword, "is not a whole number");
        }
    }

    /** Refuses whatever the table of parameters refuses. */
    void requireHonourable() {
        values.forEach((keyword, value) -> {
            LibpqParameter parameter = LibpqParameters.BY_KEYWORD.get(keyword);
            if (!value.text().isEmpty()) {
                parameter.refusal(value.text()).ifPresent(why -> {
                    throw refused(keyword, value.origin(), why);
                });
            }
        });
    }

    static SchemajobException refused(String name, String origin, String why) {
        String what = origin.equals(name) ? "The variable " + name : "The parameter %s in %s".formatted(name, origin);
        return ConfigFailure.of("%s cannot be honoured: %s.".formatted(what, why));
    }

    /** For values that are no secrets. */
    SchemajobException wrong(String keyword, String why) {
        return ConfigFailure.of(
                "%s \"%s\" in %s %s.".formatted(keyword, Blanks.shown(text(keyword)), origin(keyword), why));
    }

    /** All that are not empty, passwords included. */
    Map<String, String> asMap() {
        Map<String, String> map = new LinkedHashMap<>();
        values.forEach((keyword, value) -> {
            if (!value.text().isEmpty()) {
                map.put(keyword, value.text());
            }
        });
        return map;
    }
}
