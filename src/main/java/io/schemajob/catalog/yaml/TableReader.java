package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Deferral;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Partition;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.ReferentialAction;
import io.schemajob.catalog.model.Row;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads one table and checks that its keys and indexes name columns that it has; {@link TableWriter} is its inverse. */
final class TableReader {
    private static final String OVERLAPS = " WITHOUT OVERLAPS";
    private static final String PERIOD = "PERIOD ";

    private static final Set<String> KEYS = Kinds.keys(
            "tables/*",
            "comment",
            "unlogged",
            "partition_by",
            "partition_of",
            "partitions",
            "inherits",
            "row_security",
            "columns",
            "primary_key",
            "unique",
            "foreign_keys",
            "checks",
            "exclusions",
            "indexes",
            "triggers",
            "rows");

    private final YamlNode node;
    private final TableBuilder table;

    TableReader(String name, YamlNode node) {
        this.node = node;
        this.table = new TableBuilder(name);
    }

    /** @param implied takes the sequences that serial columns bring */
    Table read(Consumer<Sequence> implied) {
        node.onlyKeys(KEYS);
        table.comment = Nodes.text(node, "comment");
        table.unlogged = Nodes.flag(node, "unlogged");
        table.partitionBy = Nodes.text(node, "partition_by");
        node.find("partition_of").ifPresent(p -> table.partition = partition(p));
        table.partitions = Nodes.choice(node, "partitions", PartitionPolicy.class, null);
        table.inherits.addAll(Nodes.texts(node, "inherits"));
        node.find("row_security").ifPresent(this::rowSecurity);
        ColumnReader columns = new ColumnReader(table.name, implied);
        table.columns.addAll(Nodes.each(node, "columns", columns::column));
        constraints();
        table.indexes.addAll(Nodes.each(node, "indexes", this::index));
        table.triggers.addAll(Nodes.each(node, "triggers", TriggerReader::trigger));
        node.find("rows").ifPresent(rows -> rows.list().forEach(row -> table.rows.add(row(row))));
        return table.build();
    }

    private void constraints() {
        node.find("primary_key").ifPresent(key -> {
            table.primaryKey = key(null, key);
            table.columns.replaceAll(c -> table.primaryKey.columns().contains(c.name()) ? c.required() : c);
        });
        table.unique.addAll(Nodes.each(node, "unique", this::key));
        table.foreignKeys.addAll(Nodes.each(node, "foreign_keys", this::foreignKey));
        table.checks.addAll(Nodes.each(node, "checks", TableReader::check));
        table.exclusions.addAll(Nodes.each(node, "exclusions", (name, value) -> new Exclusion(name, value.text())));
    }

    private void rowSecurity(YamlNode value) {
        boolean off = value.text().equals(TableWriter.FORCED_OFF);
        table.forceRowSecurity = off || value.text().equals("forced");
        table.rowSecurity = !off && (table.forceRowSecurity || value.bool());
    }

    private static Partition partition(YamlNode node) {
        node.onlyKeys("table", "bound");
        return new Partition(
                node.required("table").text(), node.required("bound").text());
    }

    private Key key(String name, YamlNode value) {
        if (value.isList()) {
            return Key.of(name, known(value));
        }
        value.onlyKeys("name", "columns", "include", "nulls_not_distinct", "deferrable", "valid");
        return new Key(
                value.find("name").map(YamlNode::text).orElse(name),
                known(value.required("columns")),
                value.find("include").map(this::known).orElse(List.of()),
                Nodes.flag(value, "nulls_not_distinct"),
                Nodes.choice(value, "deferrable", Deferral.class, Deferral.NOT_DEFERRABLE),
                IndexReader.valid(
                        name == null ? "primary key" : "unique constraint " + name, value, table.partitionBy != null));
    }

    private ForeignKey foreignKey(String name, YamlNode value) {
        value.onlyKeys(
                "columns",
                "table",
                "references",
                "on_delete",
                "on_delete_columns",
                "on_update",
                "match_full",
                "deferrable",
                "not_valid",
                "not_enforced");
        List<String> columns = known(value.required("columns"));
        YamlNode references = value.required("references");
        if (references.texts().size() != columns.size()) {
            throw references.error(references.path() + " must name as many columns as the key has: " + columns.size());
        }
        return new ForeignKey(
                name,
                columns,
                value.required("table").text(),
                references.texts(),
                Nodes.choice(value, "on_delete", ReferentialAction.class, ReferentialAction.NO_ACTION),
                value.find("on_delete_columns").map(this::known).orElse(List.of()),
                Nodes.choice(value, "on_update", ReferentialAction.class, ReferentialAction.NO_ACTION),
                Nodes.flag(value, "match_full"),
                Nodes.choice(value, "deferrable", Deferral.class, Deferral.NOT_DEFERRABLE),
                enforcement(value));
    }

    private static Enforcement enforcement(YamlNode value) {
        return Enforcement.of(!Nodes.flag(value, "not_valid"), !Nodes.flag(value, "not_enforced"));
    }

    static Check check(String name, YamlNode value) {
        if (!value.isMapping()) {
            return Check.of(name, value.text());
        }
        value.onlyKeys("expression", "no_inherit", "not_valid", "not_enforced");
        return new Check(
                name, value.required("expression").text(), Nodes.flag(value, "no_inherit"), enforcement(value));
    }

    private Index index(String name, YamlNode value) {
        Index index = IndexReader.index(name, value, table.partitionBy != null);
        for (IndexKey key : index.keys()) {
            if (key.column() != null && !hasColumn(key.column())) {
                throw value.error("index " + name + " names the column " + key.column() + ", which " + table.name
                        + " does not have; an expression is written {expression: …}");
            }
        }
        return index;
    }

    private Row row(YamlNode value) {
        Map<String, String> values = new LinkedHashMap<>();
        value.entries().forEach((column, cell) -> {
            if (!hasColumn(column)) {
                throw cell.error("the row names the column " + column + ", which " + table.name + " does not have");
            }
            values.put(column, cell.isEmpty() ? null : cell.text());
        });
        if (values.isEmpty()) {
            throw value.error("the row has no values");
        }
        return new Row(values);
    }

    private List<String> known(YamlNode list) {
        for (YamlNode item : list.list()) {
            String column = column(item.text());
            if (!hasColumn(column)) {
                throw item.error(
                        item.path() + " names the column " + column + ", which " + table.name + " does not have");
            }
        }
        if (list.list().isEmpty()) {
            throw list.error(list.path() + " must name at least one column");
        }
        return list.texts();
    }

    /** Without the words that a temporal key or reference has around its last column. */
    private static String column(String text) {
        String column = text.endsWith(OVERLAPS) ? text.substring(0, text.length() - OVERLAPS.length()) : text;
        return column.startsWith(PERIOD) ? column.substring(PERIOD.length()) : column;
    }

    private boolean hasColumn(String name) {
        for (Column column : table.columns) {
            if (column.name().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
