package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.sql.SqlNames;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
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
    private static final String NAME = "(?:[a-z_][a-z0-9_$]*|\"(?:[^\"]++|\"\")++\")";
    private static final String WORD = "'(?:[^']++|'')*+'::character varying";
    private static final Pattern LIST = Pattern.compile("(?<![\\w\".])((?:" + NAME + "\\.)?(" + NAME
            + "))::text (= ANY|<> ALL) \\(ARRAY\\[(" + WORD + "(?:, " + WORD + ")*+)\\]::text\\[\\]\\)");

    /** Names that no column of another type has. */
    private final Set<String> columns = new HashSet<>();

    WordLists(Schema from, Schema to) {
        Set<String> others = new HashSet<>();
        Stream.of(from, to)
                .flatMap(schema -> schema.tables().values().stream())
                .flatMap(table -> table.columns().stream())
                .forEach(column -> {
                    boolean words = column.type().startsWith("character varying")
                            && !column.type().endsWith("[]");
                    (words ? columns : others).add(SqlNames.quote(column.name()));
                });
        columns.removeAll(others);
    }

    Operation restored(Operation operation) {
        if (OTHER_TEXT.contains(operation.rank())) {
            return operation;
        }
        List<String> up = operation.up().stream().map(this::restored).toList();
        List<String> down = operation.down().stream().map(this::restored).toList();
        return new Operation(
                operation.rank(),
                operation.object(),
                operation.relation(),
                up,
                down,
                operation.alone(),
                operation.apartFrom(),
                operation.remark(),
                operation.commented(),
                operation.effect());
    }

    private String restored(String sql) {
        return sql.contains("]::text[])")
                ? LIST.matcher(sql).replaceAll(match -> Matcher.quoteReplacement(list(match)))
                : sql;
    }

    private String list(MatchResult match) {
        if (!columns.contains(match.group(2))) {
            return match.group();
        }
        return match.group(1) + (match.group(3).startsWith("=") ? " IN (" : " NOT IN (")
                + match.group(4).replace("'::character varying", "'") + ")";
    }
}
