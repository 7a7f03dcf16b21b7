package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.sql.TypeNames;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Reads the columns of one table: the type alone, or a mapping where there is more to say. */
final class ColumnReader {
    private static final Map<String, String> SERIALS = Map.of(
            "smallserial",
            "smallint",
            "serial2",
            "smallint",
            "serial",
            "integer",
            "serial4",
            "integer",
            "bigserial",
            "bigint",
            "serial8",
            "bigint");

    private static final Set<String> KEYS = Kinds.keys(
            "tables/*/columns/*",
            "type",
            "nullable",
            "default",
            "identity",
            "generated",
            "virtual",
            "collation",
            "comment");

    private final String table;
    private final Consumer<Sequence> implied;

    ColumnReader(String table, Consumer<Sequence> implied) {
        this.table = table;
        this.implied = implied;
    }

    Column column(String name, YamlNode node) {
        if (!node.isMapping()) {
            return serialOr(Column.of(name, TypeNames.canonical(node.text())));
        }
        node.onlyKeys(KEYS);
        String generated = Nodes.text(node, "generated");
        Column column = new Column(
                name,
                TypeNames.canonical(node.required("type").text()),
                node.find("nullable").map(YamlNode::bool).orElse(true),
                Nodes.text(node, "default"),
                Nodes.choice(node, "identity", Column.Identity.class, null),
                generated == null ? null : new Column.Generated(generated, !Nodes.flag(node, "virtual")),
                Nodes.text(node, "collation"),
                Nodes.text(node, "comment"));
        if (column.defaultValue() != null && (column.identity() != null || generated != null)) {
            throw node.error(node.path() + " has a default, so it can be neither an identity nor generated");
        }
        if (column.defaultValue() != null && column.defaultValue().isBlank()) {
            throw node.error(node.path() + ".default is SQL: the empty text is written \"''\"");
        }
        return serialOr(column.identity() == null ? column : column.required());
    }

    /** What {@code CREATE TABLE} makes of a serial column. */
    private Column serialOr(Column column) {
        String type = SERIALS.get(column.type().toLowerCase(Locale.ROOT));
        if (type == null) {
            return column;
        }
        String sequence = table + "_" + column.name() + "_seq";
        implied.accept(Sequence.of(sequence, type, table + "." + column.name()));
        return new Column(
                column.name(), type, false, "nextval('" + sequence + "')", null, null, null, column.comment());
    }
}
