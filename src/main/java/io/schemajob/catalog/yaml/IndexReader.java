package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads one index: a list of columns, or a mapping where there is more to say. */
final class IndexReader {
    private enum Order {
        ASC,
        DESC
    }

    private enum Nulls {
        FIRST,
        LAST
    }

    private static final Set<String> KEYS = Kinds.keys(
            "tables/*/indexes/*",
            "unique",
            "method",
            "keys",
            "include",
            "where",
            "nulls_not_distinct",
            "with",
            "valid");

    private IndexReader() {}

    /** @param partitioned whether its table is: no other has an index that is declared incomplete */
    static Index index(String name, YamlNode node, boolean partitioned) {
        if (node.isList()) {
            return new Index(name, false, "btree", keys(node), List.of(), null, false, Map.of(), true);
        }
        node.onlyKeys(KEYS);
        return new Index(
                name,
                Nodes.flag(node, "unique"),
                node.find("method").map(YamlNode::text).orElse("btree"),
                keys(node.required("keys")),
                Nodes.texts(node, "include"),
                Nodes.text(node, "where"),
                Nodes.flag(node, "nulls_not_distinct"),
                Nodes.map(node, "with"),
                valid("index " + name, node, partitioned));
    }

    /** Whether it is complete; only what a partitioned table has can be otherwise. */
    static boolean valid(String told, YamlNode node, boolean partitioned) {
        boolean valid = node.find("valid").map(YamlNode::bool).orElse(true);
        if (!partitioned && !valid) {
            throw node.error(told + " cannot be declared invalid: only one of a partitioned table can be incomplete");
        }
        return valid;
    }

    private static List<IndexKey> keys(YamlNode node) {
        List<IndexKey> keys = node.list().stream().map(IndexReader::key).toList();
        if (keys.isEmpty()) {
            throw node.error(node.path() + " must name at least one column");
        }
        return keys;
    }

    private static IndexKey key(YamlNode node) {
        if (!node.isMapping()) {
            return IndexKey.of(node.text());
        }
        node.onlyKeys("column", "expression", "collation", "opclass", "opclass_parameters", "order", "nulls");
        String column = Nodes.text(node, "column");
        String expression = Nodes.text(node, "expression");
        if ((column == null) == (expression == null)) {
            throw node.error(node.path() + " must have either a column or an expression");
        }
        String opclass = qualified(Nodes.text(node, "opclass"));
        Map<String, String> parameters = Nodes.map(node, "opclass_parameters");
        if (opclass == null && !parameters.isEmpty()) {
            throw node.error(node.path() + " must name the opclass that has these opclass_parameters");
        }
        boolean descending = Nodes.choice(node, "order", Order.class, Order.ASC) == Order.DESC;
        Nulls nulls = Nodes.choice(node, "nulls", Nulls.class, descending ? Nulls.FIRST : Nulls.LAST);
        return new IndexKey(
                column,
                expression,
                Nodes.text(node, "collation"),
                opclass,
                parameters,
                descending,
                nulls == Nulls.FIRST);
    }

    /** {@code extensions.gin_trgm_ops} as the catalog's {@code extensions."gin_trgm_ops"}. */
    private static String qualified(String opclass) {
        int dot = opclass == null ? -1 : opclass.indexOf('.');
        return dot < 0 || opclass.endsWith("\"")
                ? opclass
                : opclass.substring(0, dot) + ".\"" + opclass.substring(dot + 1) + '"';
    }
}
