package io.schemajob.importer.suggest;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.bundle.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What somebody has written of a mapping already, and a draft keeps as it is. */
final class PartialMapping {
    static final PartialMapping NONE = new PartialMapping(null);

    private final YamlNode root;

    /** @param root of the file; null for none */
    PartialMapping(YamlNode root) {
        this.root = root;
    }

    /** The value of a key as one line of YAML without a line break: {@code zone: UTC}. */
    private static String line(String key, YamlNode value) {
        StringBuilder text = new StringBuilder();
        YamlText.append(text, Map.of(key, new YamlText.Flow(content(value))));
        return text.toString().stripTrailing();
    }

    /** Printed as its author wrote it: a number keeps its zeros, {@code on} stays on. */
    private record Literal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private static Object content(YamlNode node) {
        if (node.isMapping()) {
            Map<String, Object> members = new LinkedHashMap<>();
            node.entries().forEach((key, value) -> members.put(key, content(value)));
            return members;
        }
        if (node.isList()) {
            return node.list().stream().map(PartialMapping::content).toList();
        }
        if (node.isEmpty()) {
            return new Literal("null");
        }
        return node.isText() ? node.text() : new Literal(node.text());
    }

    Optional<String> zone() {
        return find("zone").map(zone -> line("zone", zone));
    }

    Optional<String> layout() {
        return find("layout").map(YamlNode::text);
    }

    List<String> ignored() {
        return find("ignore").map(YamlNode::texts).orElse(List.of());
    }

    private Optional<YamlNode> find(String key) {
        return root == null ? Optional.empty() : root.find(key);
    }

    /** The tables that it names, by their names in PostgreSQL. */
    Map<String, Table> tables() {
        Map<String, Table> tables = new LinkedHashMap<>();
        find("tables")
                .ifPresent(node -> node.entries().forEach((name, table) -> tables.put(name, new Table(name, table))));
        return tables;
    }

    /** A table of it. */
    record Table(String target, YamlNode node) {
        /** In SQLite. */
        String source() {
            return node.isMapping() ? node.find("from").map(YamlNode::text).orElse(target) : target;
        }

        boolean isQuery() {
            return node.isMapping() && node.find("query").isPresent();
        }

        /** Lines for its keys but for columns and what is ignored. */
        List<String> keys() {
            List<String> lines = new ArrayList<>();
            if (node.isMapping()) {
                node.entries().forEach((key, value) -> {
                    if (!List.of("columns", "ignore").contains(key)) {
                        lines.add(line(key, value));
                    }
                });
            }
            return lines;
        }

        private Map<String, YamlNode> entries() {
            return node.isMapping()
                    ? node.find("columns").map(YamlNode::entries).orElse(Map.of())
                    : Map.of();
        }

        /** A line for each column. */
        List<String> columns() {
            return entries().entrySet().stream()
                    .map(column -> line(column.getKey(), column.getValue()))
                    .toList();
        }

        boolean maps(String targetColumn) {
            return entries().containsKey(targetColumn);
        }

        /** Whether a column of SQLite is mapped or ignored. */
        boolean knows(String sourceColumn) {
            return ignored().stream().anyMatch(sourceColumn::equalsIgnoreCase)
                    || entries().entrySet().stream().anyMatch(column -> from(column.getKey(), column.getValue())
                            .equals(sourceColumn.toLowerCase(Locale.ROOT)));
        }

        private static String from(String target, YamlNode column) {
            String from = column.isMapping()
                    ? column.find("from")
                            .map(YamlNode::text)
                            .orElse(column.find("constant").isPresent() ? "" : target)
                    : column.isEmpty() ? target : column.text();
            return from.toLowerCase(Locale.ROOT);
        }

        List<String> ignored() {
            return node.isMapping() ? node.find("ignore").map(YamlNode::texts).orElse(List.of()) : List.of();
        }
    }
}
