package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.sql.SqlNames;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a list of words as people do. {@code s IN ('a', 'b')} on a column of type {@code varchar} is printed as an array
 * with casts; made from that text, PostgreSQL stores and prints other casts ({@code transformArrayExpr} in its source), and
 * the dump of what a script makes would differ from what it was made of.
 */
final class WordLists {
    private static final Set<Rank> OTHER_TEXT = EnumSet.of(Rank.FUNCTION, Rank.DROP_FUNCTION, Rank.COMMENT, Rank.ROWS);
    private static final String NAME = "(?:VALUE|[a-z_][a-z0-9_$]*|\"(?:[^\"]++|\"\")++\")";
    private static final String WORD = "'(?:[^']++|'')*+'::character varying";
    private static final Pattern LIST = Pattern.compile("(?<![\\w\".])((?:" + NAME + "\\.)?(" + NAME
            + "))::text (= ANY|<> ALL) \\(ARRAY\\[(" + WORD + "(?:, " + WORD + ")*+)\\]::text\\[\\]\\)");

    /** Names that no column of another type has, in a table or, where that is not known, in any. */
    private final Set<String> columns = new HashSet<>();

    private final Map<String, Set<String>> byTable = new HashMap<>();

    WordLists(Schema from, Schema to) {
        Set<String> others = new HashSet<>();
        Map<String, Set<String>> othersByTable = new HashMap<>();
        Stream.of(from, to).flatMap(schema -> schema.tables().values().stream()).forEach(table -> table.columns()
                .forEach(column -> {
                    String name = SqlNames.quote(column.name());
                    (isWords(column) ? columns : others).add(name);
                    (isWords(column) ? byTable : othersByTable)
                            .computeIfAbsent(table.name(), key -> new HashSet<>())
                            .add(name);
                }));
        columns.removeAll(others);
        byTable.forEach((table, names) -> names.removeAll(othersByTable.getOrDefault(table, Set.of())));
        Stream.of(from, to)
                .flatMap(schema -> schema.tables().keySet().stream())
                .forEach(table -> byTable.putIfAbsent(table, Set.of()));
    }

    private static boolean isWords(Column column) {
        return column.type().startsWith("character varying") && !column.type().endsWith("[]");
    }

    Operation restored(Operation operation) {
        if (OTHER_TEXT.contains(operation.rank())) {
            return operation;
        }
        Set<String> known = byTable.getOrDefault(operation.relation() == null ? "" : operation.relation(), columns);
        return operation.with(
                operation.up().stream().map(sql -> restored(sql, known)).toList(),
                operation.down().stream().map(sql -> restored(sql, known)).toList());
    }

    private static String restored(String sql, Set<String> known) {
        return sql.contains("]::text[])")
                ? LIST.matcher(sql).replaceAll(match -> Matcher.quoteReplacement(list(match, known)))
                : sql;
    }

    private static String list(MatchResult match, Set<String> known) {
        if (!known.contains(match.group(2)) && !match.group(2).equals("VALUE")) {
            return match.group();
        }
        return match.group(1) + (match.group(3).startsWith("=") ? " IN (" : " NOT IN (")
                + match.group(4).replace("'::character varying", "'") + ")";
    }
}
