package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** {@code CREATE INDEX}. */
final class IndexSql {
    private IndexSql() {}

    static String create(String relation, Index index, boolean concurrently) {
        return "CREATE " + (index.unique() ? "UNIQUE " : "") + "INDEX " + (concurrently ? "CONCURRENTLY " : "")
                + SqlText.name(index.name()) + (index.valid() ? " ON " : " ON ONLY ") + SqlText.name(relation)
                + (index.method().equals("btree") ? "" : " USING " + index.method())
                + index.keys().stream().map(IndexSql::key).collect(Collectors.joining(", ", " (", ")"))
                + (index.include().isEmpty() ? "" : " INCLUDE " + SqlText.columns(index.include()))
                + (index.nullsNotDistinct() ? " NULLS NOT DISTINCT" : "")
                + options(index.options())
                + (index.predicate() == null ? "" : " WHERE " + index.predicate());
    }

    /** The index that a key takes over once it is built. */
    static Index of(Key key) {
        List<IndexKey> keys = key.columns().stream().map(IndexKey::of).toList();
        return new Index(key.name(), true, "btree", keys, key.include(), null, key.nullsNotDistinct(), Map.of(), true);
    }

    static String drop(Index index, boolean concurrently) {
        return "DROP INDEX " + (concurrently ? "CONCURRENTLY " : "") + SqlText.name(index.name());
    }

    /** The options of an index that is there with others. */
    static List<String> alter(Index index, Map<String, String> others) {
        String alter = "ALTER INDEX " + SqlText.name(index.name());
        Map<String, String> set = new TreeMap<>(index.options());
        set.entrySet().removeAll(others.entrySet());
        Set<String> gone = new TreeSet<>(others.keySet());
        gone.removeAll(index.options().keySet());
        List<String> statements = new ArrayList<>();
        if (!set.isEmpty()) {
            statements.add(alter + " SET" + parenthesized(set));
        }
        if (!gone.isEmpty()) {
            statements.add(alter + " RESET (" + String.join(", ", gone) + ")");
        }
        return statements;
    }

    private static String key(IndexKey key) {
        String nulls = key.nullsFirst() == key.descending() ? "" : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
        return (key.column() != null ? SqlText.name(key.column()) : "(" + key.expression() + ")")
                + (key.collation() == null ? "" : " COLLATE " + SqlText.reference(key.collation()))
                + (key.opclass() == null ? "" : " " + SqlText.reference(key.opclass()))
                + parenthesized(key.parameters())
                + (key.descending() ? " DESC" : "")
                + nulls;
    }

    static String options(Map<String, String> options) {
        return options.isEmpty() ? "" : " WITH" + parenthesized(options);
    }

    private static String parenthesized(Map<String, String> options) {
        return options.isEmpty()
                ? ""
                : options.entrySet().stream()
                        .map(option -> option.getKey() + " = " + value(option.getValue()))
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private static String value(String value) {
        return value.matches("[a-z_]+|-?[0-9.]+") ? value : SqlText.literal(value);
    }
}
