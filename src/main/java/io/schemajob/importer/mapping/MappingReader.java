package io.schemajob.importer.mapping;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.importer.convert.Epoch;
import io.schemajob.importer.convert.FieldRules;
import io.schemajob.report.text.PostgresName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns {@code import.yaml} into records; what needs the two schemas is checked by {@link PlanBuilder}. */
final class MappingReader {
    private static final Map<String, Epoch> EPOCHS = Map.of(
            "seconds", Epoch.SECONDS,
            "milliseconds", Epoch.MILLISECONDS,
            "microseconds", Epoch.MICROSECONDS,
            "julian days", Epoch.JULIAN_DAYS);

    private final YamlNode root;

    MappingReader(YamlNode root) {
        this.root = root;
    }

    ImportMapping read() {
        root.onlyKeys("tables", "ignore", "zone", "layout");
        ZoneId zone = root.find("zone").map(MappingReader::zone).orElse(ZoneOffset.UTC);
        List<TableMapping> tables = new ArrayList<>();
        root.required("tables").entries().forEach((name, node) -> tables.add(table(name, node, zone)));
        return new ImportMapping(
                List.copyOf(tables),
                names(root, "ignore"),
                root.find("layout").map(YamlNode::text).orElse(null));
    }

    private static TableMapping table(String target, YamlNode node, ZoneId zone) {
        requireName(target, node);
        node.onlyKeys("from", "columns", "ignore", "orphans");
        List<ColumnMapping> columns = new ArrayList<>();
        node.required("columns").entries().forEach((name, column) -> columns.add(column(name, column, zone)));
        return new TableMapping(
                target,
                node.find("from").map(YamlNode::text).orElse(target),
                List.copyOf(columns),
                names(node, "ignore"),
                node.find("orphans").map(MappingReader::orphans).orElse(Orphans.REJECT),
                node);
    }

    private static void requireName(String name, YamlNode node) {
        PostgresName.problem(name).ifPresent(why -> {
            throw node.error("the name at " + node.path() + " " + why);
        });
    }

    private static ColumnMapping column(String target, YamlNode node, ZoneId zone) {
        requireName(target, node);
        if (!node.isMapping()) {
            String source = node.isEmpty() ? target : node.text();
            return new ColumnMapping(target, source, null, null, null, plain(zone), node);
        }
        node.onlyKeys(
                "from",
                "constant",
                "as",
                "ids",
                "zone",
                "epoch",
                "duplicates",
                "values",
                "empty",
                "default",
                "required");
        String constant = node.find("constant").map(YamlNode::text).orElse(null);
        if (constant != null && node.entries().size() > 1) {
            throw node.error(node.path() + ": a constant has no other keys");
        }
        return new ColumnMapping(
                target,
                constant != null ? null : node.find("from").map(YamlNode::text).orElse(target),
                constant,
                node.find("as").map(YamlNode::text).orElse(null),
                node.find("ids").map(YamlNode::text).orElse(null),
                rules(node, zone),
                node);
    }

    private static FieldRules plain(ZoneId zone) {
        FieldRules plain = FieldRules.PLAIN;
        return new FieldRules(
                false, zone, plain.epoch(), false, plain.renamed(), plain.empty(), plain.fallback(), false);
    }

    private static FieldRules rules(YamlNode node, ZoneId zone) {
        return new FieldRules(
                node.find("as").map(as -> as.text().equals("text")).orElse(false),
                node.find("zone").map(MappingReader::zone).orElse(zone),
                node.find("epoch").map(MappingReader::epoch).orElse(Epoch.NONE),
                node.find("duplicates").map(MappingReader::refuse).orElse(false),
                node.find("values").map(MappingReader::values).orElse(Map.of()),
                empty(node),
                node.find("default").map(YamlNode::text).orElse(null),
                node.find("required").map(YamlNode::bool).orElse(false));
    }

    private static Map<String, String> values(YamlNode node) {
        Map<String, String> values = new LinkedHashMap<>();
        node.entries().forEach((before, after) -> values.put(before, after.text()));
        return values;
    }

    /** {@code empty: null} is YAML's null, not the word; both mean the same here. */
    private static FieldRules.Empty empty(YamlNode node) {
        YamlNode value = node.entries().get("empty");
        if (value == null) {
            return FieldRules.Empty.KEEP;
        }
        if (value.isEmpty() || value.text().equals("null")) {
            return FieldRules.Empty.NULL;
        }
        if (value.text().equals("keep")) {
            return FieldRules.Empty.KEEP;
        }
        throw value.error(value.path() + " is keep or null, not " + value.text());
    }

    private static boolean refuse(YamlNode node) {
        return switch (node.text()) {
            case "last" -> false;
            case "reject" -> true;
            default -> throw node.error(node.path() + " is last or reject, not " + node.text());
        };
    }

    private static Epoch epoch(YamlNode node) {
        Epoch epoch = EPOCHS.get(node.text());
        if (epoch == null) {
            throw node.error(
                    node.path() + " is seconds, milliseconds, microseconds or julian days, not " + node.text());
        }
        return epoch;
    }

    private static Orphans orphans(YamlNode node) {
        for (Orphans orphans : Orphans.values()) {
            if (orphans.toString().equals(node.text())) {
                return orphans;
            }
        }
        throw node.error(node.path() + " is reject, set null or skip, not " + node.text());
    }

    private static ZoneId zone(YamlNode node) {
        try {
            return ZoneId.of(node.text()).normalized();
        } catch (DateTimeException e) {
            throw node.error(node.path() + ": there is no time zone " + node.text());
        }
    }

    private static Set<String> names(YamlNode node, String key) {
        return node.find(key)
                .map(YamlNode::texts)
                .<Set<String>>map(HashSet::new)
                .orElse(Set.of());
    }
}
