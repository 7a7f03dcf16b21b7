package io.schemajob.importer.mapping;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.report.text.PostgresName;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns {@code import.yaml} into records; what needs the two schemas is checked by {@link PlanBuilder}. */
final class MappingReader {
    private final YamlNode root;
    private final Mistakes mistakes = new Mistakes();

    MappingReader(YamlNode root) {
        this.root = root;
    }

    ImportMapping read() {
        mistakes.addAll(root.unknownKeys(List.of("tables", "ignore", "zone", "layout")));
        ZoneId zone = mistakes.in(
                        () -> root.find("zone").map(MappingReader::zone).orElse(null))
                .orElse(ZoneOffset.UTC);
        List<TableMapping> tables = new ArrayList<>();
        mistakes.in(() -> tables(root))
                .ifPresent(entries -> entries.forEach((name, node) ->
                        mistakes.in(() -> table(name, node, zone)).ifPresent(tables::add)));
        Set<String> ignored = mistakes.in(() -> names(root, "ignore")).orElse(Set.of());
        String layout = mistakes.in(
                        () -> root.find("layout").map(YamlNode::text).orElse(null))
                .orElse(null);
        mistakes.refuse();
        return new ImportMapping(List.copyOf(tables), ignored, layout);
    }

    private static Map<String, YamlNode> tables(YamlNode root) {
        YamlNode tables = root.required("tables");
        if (tables.entries().isEmpty()) {
            throw tables.error(tables.path() + " names no table");
        }
        return tables.entries();
    }

    private TableMapping table(String target, YamlNode node, ZoneId zone) {
        requireName(target, node);
        mistakes.addAll(node.unknownKeys(List.of("from", "query", "columns", "ignore", "orphans")));
        ColumnMappingReader reader = new ColumnMappingReader(zone, mistakes);
        List<ColumnMapping> columns = new ArrayList<>();
        node.required("columns").entries().forEach((name, column) -> mistakes.in(() -> reader.read(name, column))
                .ifPresent(columns::add));
        String query = mistakes.in(() -> node.find("query").map(YamlNode::text).orElse(null))
                .orElse(null);
        if (query != null && node.find("from").isPresent()) {
            mistakes.add(node.error(node.path() + " has from and query; one of them gives the rows"));
        }
        return new TableMapping(
                target,
                mistakes.in(() -> node.find("from").map(YamlNode::text).orElse(null))
                        .orElse(target),
                query,
                List.copyOf(columns),
                mistakes.in(() -> names(node, "ignore")).orElse(Set.of()),
                mistakes.in(() ->
                                node.find("orphans").map(MappingReader::orphans).orElse(null))
                        .orElse(Orphans.REJECT),
                node);
    }

    static void requireName(String name, YamlNode node) {
        PostgresName.problem(name).ifPresent(why -> {
            throw node.error("the name at " + node.path() + " " + why);
        });
    }

    private static Orphans orphans(YamlNode node) {
        for (Orphans orphans : Orphans.values()) {
            if (orphans.toString().equals(node.text())) {
                return orphans;
            }
        }
        throw node.error(node.path() + " is reject, set null or skip, not " + node.text());
    }

    static ZoneId zone(YamlNode node) {
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
