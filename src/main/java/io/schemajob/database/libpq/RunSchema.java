package io.schemajob.database.libpq;

import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The schema that a run works in, which a connection must not contradict: psql would create tables where the search path
 * of the connection leads, the job creates them in its own schema.
 *
 * @param name of the schema
 * @param chosen whether somebody set it, as opposed to the default
 */
public record RunSchema(String name, boolean chosen) {
    private static final Pattern NAME = Pattern.compile("\\s*(?:\"((?:[^\"]++|\"\")*+)\"|([^,\"]*))\\s*(?:,|$)");

    /** Nothing is created there by a path alone. */
    private static final Set<String> NO_TARGETS = Set.of("pg_catalog", "pg_temp", "");

    private static final String USERS = "$user";

    /** Refuses another driver's parameter that names another schema. */
    void requireSame(String parameter, String value, String origin) {
        if (!value.equals(name)) {
            throw other("The parameter %s in %s".formatted(parameter, origin), value);
        }
    }

    /** Refuses a search path that begins elsewhere, unless the run's schema was chosen: it comes first then. */
    void requireFirst(String searchPath, String user, String origin) {
        if (chosen) {
            return;
        }
        List<String> names = names(searchPath);
        names.removeIf(NO_TARGETS::contains);
        if (names.size() > 1) {
            names.remove(USERS);
        }
        String first = names.isEmpty() ? name : names.get(0).equals(USERS) ? user : names.get(0);
        if (!first.equals(name)) {
            throw other("The search_path in the options of " + origin, first);
        }
    }

    private SchemajobException other(String what, String schema) {
        return ConfigFailure.of(
                "%s leads to the schema \"%s\", and this run works in \"%s\".".formatted(what, schema, name),
                "Say which schema is meant: SCHEMAJOB_SCHEMA=%1$s, or --schema %1$s".formatted(schema));
    }

    /** As the server splits them: names without quotes are folded to lower case. */
    private static List<String> names(String searchPath) {
        List<String> names = new ArrayList<>();
        Matcher name = NAME.matcher(searchPath);
        while (name.lookingAt() && name.end() > name.start()) {
            names.add(
                    name.group(1) == null
                            ? name.group(2).strip().toLowerCase(Locale.ROOT)
                            : name.group(1).replace("\"\"", "\""));
            name.region(name.end(), searchPath.length());
        }
        return names;
    }
}
