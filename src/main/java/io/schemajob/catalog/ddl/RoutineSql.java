package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.sql.SqlParts;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** {@code CREATE FUNCTION} and {@code CREATE PROCEDURE}. */
final class RoutineSql {
    /** Settings whose value is a list of names ({@code GUC_LIST_QUOTE} in PostgreSQL's source). */
    private static final Set<String> LISTS = Set.of(
            "search_path",
            "temp_tablespaces",
            "local_preload_libraries",
            "session_preload_libraries",
            "shared_preload_libraries",
            "unix_socket_directories");

    private static final String DEFAULT = " DEFAULT ";

    private RoutineSql() {}

    static String create(Routine routine, boolean replace) {
        StringBuilder sql = new StringBuilder("CREATE ")
                .append(replace ? "OR REPLACE " : "")
                .append(kind(routine))
                .append(' ')
                .append(SqlText.name(routine.name()))
                .append('(')
                .append(routine.arguments())
                .append(')');
        if (!routine.procedure() && routine.result() != null) {
            sql.append(" RETURNS ").append(routine.result());
        }
        sql.append("\n    LANGUAGE ").append(SqlText.name(routine.language()));
        if (!routine.transforms().isEmpty()) {
            sql.append(routine.transforms().stream()
                    .map(type -> "FOR TYPE " + type)
                    .collect(Collectors.joining(", ", "\n    TRANSFORM ", "")));
        }
        if (!routine.procedure()) {
            sql.append(routine.volatility() == Routine.Volatility.VOLATILE ? "" : " " + routine.volatility())
                    .append(routine.strict() ? " STRICT" : "")
                    .append(routine.leakproof() ? " LEAKPROOF" : "")
                    .append(routine.parallel() == Routine.Parallel.UNSAFE ? "" : " PARALLEL " + routine.parallel());
        }
        sql.append(routine.securityDefiner() ? " SECURITY DEFINER" : "");
        routine.configuration().forEach(setting -> sql.append("\n    SET ").append(setting(setting)));
        return sql.append('\n')
                .append(routine.sqlBody() ? routine.body().strip() : "AS " + body(routine))
                .toString();
    }

    /**
     * Whether {@code CREATE OR REPLACE} leads from one to the other: it can add defaults of arguments and change them, but not
     * take them away ({@code ProcedureCreate} in PostgreSQL's source).
     */
    static boolean replaces(Routine from, Routine to) {
        if (from.procedure() != to.procedure() || !Objects.equals(from.result(), to.result())) {
            return false;
        }
        List<String> old = SqlParts.list(from.arguments());
        List<String> wanted = SqlParts.list(to.arguments());
        return old.size() == wanted.size()
                && IntStream.range(0, old.size()).allMatch(i -> replaces(old.get(i), wanted.get(i)));
    }

    private static boolean replaces(String from, String to) {
        return from.equals(to) || !argument(to).equals(to) && argument(from).equals(argument(to));
    }

    /** Without its default. */
    private static String argument(String argument) {
        return SqlParts.upTo(argument, DEFAULT);
    }

    /** The body of an internal function is the name of another, to the letter. */
    private static String body(Routine routine) {
        if (routine.language().equals("internal")) {
            return SqlText.literal(routine.body().strip());
        }
        return routine.library() == null
                ? SqlText.dollar(routine.body())
                : SqlText.literal(routine.library()) + ", "
                        + SqlText.literal(routine.body().strip());
    }

    static String drop(Routine routine) {
        return "DROP " + kind(routine) + " " + reference(routine);
    }

    /** Name and argument types, as DROP and COMMENT want it. */
    static String reference(Routine routine) {
        return SqlText.name(routine.name())
                + routine.signature().substring(routine.name().length());
    }

    static String kind(Routine routine) {
        return routine.kind().toUpperCase(Locale.ROOT);
    }

    private static String setting(String setting) {
        int equals = setting.indexOf('=');
        String name = setting.substring(0, equals);
        String value = setting.substring(equals + 1);
        if (!LISTS.contains(name)) {
            // A setting of an extension or an application is known by the name that it is given here, to the letter.
            return SqlText.name(name) + " TO " + SqlText.literal(value);
        }
        return name + " TO "
                + Stream.of(value.split(",", -1))
                        .map(item -> item.strip().replaceAll("^\"|\"$", "").replace("\"\"", "\""))
                        .map(SqlText::literal)
                        .collect(Collectors.joining(", "));
    }
}
