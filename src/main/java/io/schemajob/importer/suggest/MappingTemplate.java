package io.schemajob.importer.suggest;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.bundle.yaml.YamlText;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.mapping.Converters;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.target.TargetColumn;
import io.schemajob.importer.target.TargetTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A first {@code import.yaml} from both schemas: what has the same name is put together, and everything that a person has
 * to decide is there as a comment. What somebody has written already stays.
 */
public final class MappingTemplate {
    private final Map<String, SourceTable> sources;
    private final Map<String, TargetTable> targets;
    private final Set<String> partitions;
    private final PartialMapping partial;
    private final StringBuilder out = new StringBuilder();

    private MappingTemplate(
            Map<String, SourceTable> sources,
            Map<String, TargetTable> targets,
            Set<String> partitions,
            PartialMapping partial) {
        this.sources = sources;
        this.targets = targets;
        this.partitions = partitions;
        this.partial = partial;
    }

    /**
     * The draft.
     *
     * @param sources by lower-case name
     * @param targets by name
     * @param partitions those of them that get their rows from the table that they are parts of
     * @param layout statements that make the file
     * @param partial what is written already; or null
     */
    public static String of(
            Map<String, SourceTable> sources,
            Map<String, TargetTable> targets,
            Set<String> partitions,
            String layout,
            YamlNode partial) {
        MappingTemplate draft = new MappingTemplate(
                sources, targets, partitions, partial == null ? PartialMapping.NONE : new PartialMapping(partial));
        draft.write(layout);
        return draft.out.toString();
    }

    private void write(String layout) {
        line("# Drafted from both schemas. Read every line: names that are alike need not mean the same.");
        line("# Times without a zone are taken as this one.");
        line(partial.zone().orElse("zone: UTC"));
        line("");
        line("tables:");
        Map<String, PartialMapping.Table> written = partial.tables();
        List<String> known = new ArrayList<>(partial.ignored());
        written.values().forEach(table -> {
            known.add(table.source());
            table(table);
        });
        List<SourceTable> open = sources.values().stream()
                .filter(source -> known.stream().noneMatch(source.name()::equalsIgnoreCase))
                .toList();
        List<String> unfilled = new ArrayList<>(targets.keySet());
        unfilled.removeAll(written.keySet());
        unfilled.removeIf(MappingTemplate::isOwn);
        unfilled.removeAll(partitions);
        NameMatch names = match(open, unfilled);
        List<String> ignored = new ArrayList<>(partial.ignored());
        for (SourceTable source : open) {
            String target = names.of(source.name());
            if (target != null) {
                table(source, targets.get(target), names.isGuess(source.name()));
                unfilled.remove(target);
            } else if (!source.derived()) {
                ignored.add(source.name());
            }
        }
        if (!unfilled.isEmpty()) {
            line("");
            line("# Nothing fills these tables of the target: " + String.join(", ", unfilled));
        }
        if (!ignored.isEmpty()) {
            line("");
            line("# No table of the target has these names.");
            line("ignore: [" + scalars(ignored) + "]");
        }
        line("");
        line("# What the file looks like, for the way back: schemajob export sqlite.");
        YamlText.append(out, Map.of("layout", partial.layout().orElse(layout)));
    }

    /** Tables first: a view may have the name of a table that another table fills. */
    private static NameMatch match(List<SourceTable> open, List<String> unfilled) {
        List<String> names = new ArrayList<>();
        open.stream().filter(source -> !source.derived()).forEach(source -> names.add(source.name()));
        open.stream().filter(SourceTable::derived).forEach(source -> names.add(source.name()));
        return NameMatch.of(names, unfilled);
    }

    /** Whether it is a table of the tools, which nobody imports into. */
    public static boolean isOwn(String table) {
        return table.startsWith("flyway_") || table.startsWith("schemajob_");
    }

    /** One that is written already: what it does not name is added. */
    private void table(PartialMapping.Table written) {
        line("  " + YamlText.scalar(written.target()) + ":");
        written.keys().forEach(key -> line("    " + key));
        line("    columns:");
        written.columns().forEach(column -> line("      " + column));
        SourceTable source = sources.get(written.source().toLowerCase(Locale.ROOT));
        TargetTable target = targets.get(written.target());
        if (target == null) {
            line("      # The target schema has no such table.");
            return;
        }
        List<SourceColumn> open = source == null || written.isQuery()
                ? List.of()
                : source.columns().stream()
                        .filter(column -> !written.knows(column.name()))
                        .toList();
        List<TargetColumn> unfilled = loadable(target);
        unfilled.removeIf(column -> written.maps(column.name()));
        columns(open, unfilled, written.ignored());
    }

    private static List<TargetColumn> loadable(TargetTable target) {
        return target.columns().stream()
                .filter(column -> column.type() != null && !column.generated())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void table(SourceTable source, TargetTable target, boolean guess) {
        line("  " + YamlText.scalar(target.name()) + ":" + (guess ? "  # a guess: the names are only alike" : ""));
        if (!source.name().equals(target.name())) {
            line("    from: " + YamlText.scalar(source.name()));
        }
        line("    # What becomes of rows whose foreign key names nothing: reject, set null, skip.");
        line("    orphans: reject");
        line("    columns:");
        columns(source.columns(), loadable(target), List.of());
    }

    private void columns(List<SourceColumn> open, List<TargetColumn> unfilled, List<String> alreadyIgnored) {
        NameMatch names = NameMatch.of(
                open.stream().map(SourceColumn::name).toList(),
                unfilled.stream().map(TargetColumn::name).toList());
        Map<String, TargetColumn> byName = new LinkedHashMap<>();
        unfilled.forEach(column -> byName.put(column.name(), column));
        List<String> ignored = new ArrayList<>(alreadyIgnored);
        for (SourceColumn column : open) {
            TargetColumn into = byName.remove(names.of(column.name()));
            if (into == null) {
                ignored.add(column.name());
            } else {
                column(column, into, names.isGuess(column.name()));
            }
        }
        missing(byName.values().stream().toList());
        if (!ignored.isEmpty()) {
            line("    # No column of the target has these names, or none that can be loaded.");
            line("    ignore: [" + scalars(ignored) + "]");
        }
    }

    private void column(SourceColumn column, TargetColumn into, boolean guess) {
        Kind kind = into.type().kind();
        String declared = column.declaredType().toUpperCase(Locale.ROOT);
        boolean moment = kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ;
        boolean number = declared.contains("INT") || declared.contains("REAL");
        String comment = guess ? "  # a guess: the names are only alike" : "";
        if (kind == Kind.TEXT || kind == Kind.CHAR || kind == Kind.ENUM) {
            // Said out loud, it would take numbers too.
            line("      " + YamlText.scalar(into.name()) + ": " + YamlText.scalar(column.name()) + comment);
            return;
        }
        String from = "{from: %s, as: %s%s}"
                .formatted(
                        YamlText.scalar(column.name()),
                        Converters.nameOf(kind),
                        moment && number ? ", epoch: seconds" : "");
        String units = moment && number ? "  # or milliseconds, microseconds, julian days" : "";
        line("      " + YamlText.scalar(into.name()) + ": " + from + units + comment);
    }

    private void missing(List<TargetColumn> unfilled) {
        List<String> byDefault = new ArrayList<>();
        for (TargetColumn column : unfilled) {
            if (column.notNull() && !column.filled()) {
                line("      # needs a value:");
                line("      # %s: {constant: ''}".formatted(YamlText.scalar(column.name())));
            } else {
                byDefault.add(column.name());
            }
        }
        if (!byDefault.isEmpty()) {
            line("      # get their default, or NULL: " + String.join(", ", byDefault));
        }
    }

    private static String scalars(List<String> names) {
        return names.stream().map(YamlText::scalar).collect(Collectors.joining(", "));
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
