package io.schemajob.catalog.yaml;

import static io.schemajob.catalog.yaml.SchemaWriter.deferrable;
import static io.schemajob.catalog.yaml.SchemaWriter.words;

import io.schemajob.bundle.yaml.YamlText;
import io.schemajob.bundle.yaml.YamlText.Flow;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ReferentialAction;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.sql.TypeNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Turns a table into the tree that {@link YamlText} prints; {@link TableReader} is its inverse. */
final class TableWriter {
    /** Row security that is off, and would hold for the owner too if it were on. */
    static final String FORCED_OFF = "forced once enabled";

    private TableWriter() {}

    static Object tree(Table table) {
        Tree partition = new Tree();
        if (table.partition() != null) {
            partition
                    .put("table", table.partition().parent())
                    .put("bound", table.partition().bound());
        }
        return new Tree()
                .put("comment", table.comment())
                .put("unlogged", table.unlogged())
                .put("partition_by", table.partitionBy())
                .put("partition_of", partition.map())
                .put("partitions", table.partitions() == null ? null : SchemaWriter.words(table.partitions()))
                .put("inherits", flow(table.inherits()))
                .put("row_security", rowSecurity(table))
                .always("columns", named(table.columns(), Column::name, TableWriter::column))
                .put("primary_key", table.primaryKey() == null ? null : primaryKey(table))
                .put("unique", named(table.unique(), Key::name, key -> key(key, null)))
                .put("foreign_keys", named(table.foreignKeys(), ForeignKey::name, TableWriter::foreignKey))
                .put("checks", checks(table.checks()))
                .put("exclusions", named(table.exclusions(), Exclusion::name, Exclusion::definition))
                .put("indexes", indexes(table.partitionBy() == null ? whole(table.indexes()) : table.indexes()))
                .put("triggers", triggers(table.triggers()))
                .put(
                        "rows",
                        table.rows().stream().map(Row::values).map(Flow::new).toList())
                .map();
    }

    private static Object rowSecurity(Table table) {
        if (!table.rowSecurity()) {
            return table.forceRowSecurity() ? FORCED_OFF : null;
        }
        return table.forceRowSecurity() ? "forced" : (Object) true;
    }

    private static <T> Map<String, Object> named(List<T> items, Function<T, String> name, Function<T, Object> writer) {
        Map<String, Object> map = new LinkedHashMap<>();
        items.forEach(item -> map.put(name.apply(item), writer.apply(item)));
        return map;
    }

    private static Object flow(List<String> texts) {
        return texts.isEmpty() ? null : new Flow(texts);
    }

    private static Object column(Column column) {
        Column.Generated generated = column.generated();
        return new Flow(new Tree()
                .put("type", TypeNames.brief(column.type()))
                .put("nullable", column.nullable() ? null : (Object) false)
                .put("default", column.defaultValue())
                .put("identity", column.identity() == null ? null : words(column.identity()))
                .put("generated", generated == null ? null : generated.expression())
                .put("virtual", generated != null && !generated.stored())
                .put("collation", column.collation())
                .put("comment", column.comment())
                .map());
    }

    private static Object primaryKey(Table table) {
        Key key = table.primaryKey();
        boolean usual = key.name() == null || key.name().equals(table.name() + "_pkey");
        return key(key, usual ? null : key.name());
    }

    private static Object key(Key key, String name) {
        Map<String, Object> tree = new Tree()
                .put("name", name)
                .put("columns", flow(key.columns()))
                .put("include", flow(key.include()))
                .put("nulls_not_distinct", key.nullsNotDistinct())
                .put("deferrable", deferrable(key.deferral()))
                .put("valid", key.valid() ? null : Boolean.FALSE)
                .map();
        return tree.size() == 1 ? new Flow(key.columns()) : new Flow(tree);
    }

    private static Object foreignKey(ForeignKey key) {
        return new Flow(new Tree()
                .put("columns", flow(key.columns()))
                .put("table", key.table())
                .put("references", flow(key.references()))
                .put("on_delete", action(key.onDelete()))
                .put("on_delete_columns", flow(key.onDeleteColumns()))
                .put("on_update", action(key.onUpdate()))
                .put("match_full", key.matchFull())
                .put("deferrable", deferrable(key.deferral()))
                .put("not_valid", key.enforcement() == Enforcement.NOT_VALID)
                .put("not_enforced", key.enforcement() == Enforcement.NOT_ENFORCED)
                .map());
    }

    private static String action(ReferentialAction action) {
        return action == ReferentialAction.NO_ACTION ? null : words(action);
    }

    static Map<String, Object> checks(List<Check> checks) {
        return named(
                checks,
                Check::name,
                check -> check.validated() && !check.noInherit()
                        ? check.expression()
                        : new Flow(new Tree()
                                .put("expression", check.expression())
                                .put("no_inherit", check.noInherit())
                                .put("not_valid", check.enforcement() == Enforcement.NOT_VALID)
                                .put("not_enforced", check.enforcement() == Enforcement.NOT_ENFORCED)
                                .map()));
    }

    /** Of other tables and views none is declared that a killed build has left. */
    static List<Index> whole(List<Index> indexes) {
        return indexes.stream().map(Index::whole).toList();
    }

    static Map<String, Object> indexes(List<Index> indexes) {
        return named(indexes, Index::name, TableWriter::index);
    }

    private static Object index(Index index) {
        List<Object> keys = index.keys().stream().map(TableWriter::indexKey).toList();
        Map<String, Object> tree = new Tree()
                .put("unique", index.unique())
                .put("method", index.method().equals("btree") ? null : index.method())
                .put("keys", keys)
                .put("include", flow(index.include()))
                .put("where", index.predicate())
                .put("nulls_not_distinct", index.nullsNotDistinct())
                .put("with", index.options())
                .put("valid", index.valid() ? null : Boolean.FALSE)
                .map();
        return tree.size() == 1 ? new Flow(keys) : new Flow(tree);
    }

    private static Object indexKey(IndexKey key) {
        Map<String, Object> tree = new Tree()
                .put("column", key.column())
                .put("expression", key.expression())
                .put("collation", key.collation())
                .put("opclass", key.opclass())
                .put("opclass_parameters", key.parameters())
                .put("order", key.descending() ? "desc" : null)
                .put("nulls", key.nullsFirst() == key.descending() ? null : key.nullsFirst() ? "first" : "last")
                .map();
        return tree.size() == 1 && key.column() != null ? key.column() : tree;
    }

    static Map<String, Object> triggers(List<Trigger> triggers) {
        return named(triggers, Trigger::name, TableWriter::trigger);
    }

    private static Object trigger(Trigger trigger) {
        List<String> events = trigger.events().stream()
                .map(event -> event.toLowerCase(Locale.ROOT))
                .toList();
        return new Flow(new Tree()
                .put("timing", words(trigger.timing()))
                .put("events", new Flow(events))
                .put("of", flow(trigger.updateOf()))
                .put("for_each", trigger.perRow() ? "row" : "statement")
                .put("when", trigger.when())
                .put("function", trigger.function())
                .put("arguments", flow(trigger.arguments()))
                .put("enabled", trigger.enabled() == Trigger.Enabled.ORIGIN ? null : words(trigger.enabled()))
                .put("constraint", trigger.constraint() == null ? null : words(trigger.constraint()))
                .put("from", trigger.from())
                .put("old_table", trigger.oldTable())
                .put("new_table", trigger.newTable())
                .map());
    }
}
