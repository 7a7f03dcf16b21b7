package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Deferral;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ReferentialAction;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.sql.SqlText;
import io.schemajob.catalog.sql.TypeNames;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Catalog objects in the words of SQL, for the expected and found columns of a drift table, and for documentation. */
public final class Describe {
    static final String NONE = "none";

    private Describe() {}

    public static String value(Object value) {
        return value(value, false);
    }

    /** @param quoted where the words alone would not tell two values apart: a comment that says none, and none */
    static String value(Object value, boolean quoted) {
        if (value == null) {
            return NONE;
        }
        if (value instanceof Collection<?> items) {
            return items.isEmpty()
                    ? NONE
                    : items.stream()
                            .map(item ->
                                    word(item, quoted || String.valueOf(item).indexOf(',') >= 0))
                            .collect(Collectors.joining(", "));
        }
        if (value instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "{}"
                    : new TreeMap<>(map)
                            .entrySet().stream()
                                    .map(entry -> word(entry.getKey(), quoted) + "="
                                            + (entry.getValue() == null ? "null" : word(entry.getValue(), quoted)))
                                    .collect(Collectors.joining(", "));
        }
        return word(value, quoted);
    }

    private static String word(Object value, boolean quoted) {
        String text = value.toString();
        return quoted || text.isBlank() || text.equals(NONE) ? SqlText.literal(text) : text;
    }

    static String column(Column column) {
        return TypeNames.brief(column.type())
                + (column.nullable() ? "" : " not null")
                + (column.defaultValue() == null ? "" : " default " + column.defaultValue());
    }

    public static String key(Key key) {
        return list(key.columns())
                + (key.include().isEmpty() ? "" : " include " + list(key.include()))
                + (key.nullsNotDistinct() ? " nulls not distinct" : "")
                + deferral(key.deferral())
                + (key.valid() ? "" : ", incomplete");
    }

    public static String generation(Column.Generated generated) {
        return (generated.stored() ? "stored " : "virtual ") + generated.expression();
    }

    public static String foreignKey(ForeignKey key) {
        String deleteColumns = key.onDeleteColumns().isEmpty() ? "" : " " + list(key.onDeleteColumns());
        return list(key.columns()) + " references " + key.table() + " " + list(key.references())
                + (key.matchFull() ? " match full" : "")
                + action(" on delete ", key.onDelete())
                + deleteColumns
                + action(" on update ", key.onUpdate())
                + deferral(key.deferral())
                + enforcement(key.enforcement());
    }

    public static String check(Check check) {
        return check.expression() + (check.noInherit() ? " no inherit" : "") + enforcement(check.enforcement());
    }

    private static String enforcement(Enforcement enforcement) {
        return switch (enforcement) {
            case VALID -> "";
            case NOT_VALID -> " not valid";
            case NOT_ENFORCED -> " not enforced";
        };
    }

    public static String index(Index index) {
        return (index.unique() ? "unique " : "")
                + index.method()
                + " "
                + list(index.keys().stream().map(Describe::indexKey).toList())
                + (index.include().isEmpty() ? "" : " include " + list(index.include()))
                + (index.nullsNotDistinct() ? " nulls not distinct" : "")
                + (index.predicate() == null ? "" : " where " + index.predicate());
    }

    private static String indexKey(IndexKey key) {
        String nulls = key.nullsFirst() == key.descending() ? "" : key.nullsFirst() ? " nulls first" : " nulls last";
        return key.text()
                + (key.collation() == null ? "" : " collate " + key.collation())
                + (key.opclass() == null ? "" : " " + key.opclass())
                + (key.parameters().isEmpty() ? "" : " " + key.parameters())
                + (key.descending() ? " desc" : "")
                + nulls;
    }

    public static String trigger(Trigger trigger) {
        String events = trigger.events().stream()
                .map(event -> event.equals("UPDATE") && !trigger.updateOf().isEmpty()
                        ? "update of " + String.join(", ", trigger.updateOf())
                        : event.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(" or "));
        return words(trigger.timing()) + " " + events
                + (trigger.constraint() == null ? "" : " constraint" + deferral(trigger.constraint()))
                + (trigger.from() == null ? "" : " from " + trigger.from())
                + (trigger.oldTable() == null ? "" : " old table " + trigger.oldTable())
                + (trigger.newTable() == null ? "" : " new table " + trigger.newTable())
                + (trigger.perRow() ? " for each row" : " for each statement")
                + (trigger.when() == null ? "" : " when (" + trigger.when() + ")")
                + " execute " + trigger.function()
                + list(trigger.arguments().stream().map(SqlText::literal).toList())
                + (trigger.enabled() == Trigger.Enabled.ORIGIN ? "" : ", " + words(trigger.enabled()));
    }

    static String row(Row row) {
        return row.values().entrySet().stream()
                .map(cell ->
                        cell.getValue() == null ? cell.getKey() + " is null" : cell.getKey() + " = " + cell.getValue())
                .collect(Collectors.joining(" and ", "(", ")"));
    }

    /** {@code SET_NULL} as {@code set null}. */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String list(List<String> texts) {
        return "(" + String.join(", ", texts) + ")";
    }

    private static String action(String words, ReferentialAction action) {
        return action == ReferentialAction.NO_ACTION ? "" : words + words(action);
    }

    private static String deferral(Deferral deferral) {
        return deferral == Deferral.NOT_DEFERRABLE ? "" : " deferrable " + words(deferral);
    }
}
