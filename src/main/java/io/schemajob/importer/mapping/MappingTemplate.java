package io.schemajob.importer.mapping;

import io.schemajob.bundle.yaml.YamlText;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.target.TargetColumn;
import io.schemajob.importer.target.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A first {@code import.yaml} from both schemas: what has the same name is put together, and everything that a person has
 * to decide is there as a comment.
 */
public final class MappingTemplate {
    private final Map<String, SourceTable> sources;
    private final Map<String, TargetTable> targets;
    private final StringBuilder out = new StringBuilder();

    private MappingTemplate(Map<String, SourceTable> sources, Map<String, TargetTable> targets) {
        this.sources = sources;
        this.targets = targets;
    }

    /**
     * The draft.
     *
     * @param sources by lower-case name
     * @param targets by name
     */
    public static String of(Map<String, SourceTable> sources, Map<String, TargetTable> targets) {
        MappingTemplate draft = new MappingTemplate(sources, targets);
        draft.write();
        return draft.out.toString();
    }

    private void write() {
        line("# Drafted from both schemas. Read every line: names that are alike need not mean the same.");
        line("# Times without a zone are taken as this one.");
        line("zone: UTC");
        line("");
        line("tables:");
        List<String> ignored = new ArrayList<>();
        for (SourceTable source : sources.values()) {
            Optional<TargetTable> target = target(source.name());
            if (target.isPresent()) {
                table(source, target.get());
            } else {
                ignored.add(source.name());
            }
        }
        if (!ignored.isEmpty()) {
            line("");
            line("# No table of the target has these names.");
            line("ignore: ["
                    + String.join(", ", ignored.stream().map(YamlText::scalar).toList()) + "]");
        }
    }

    private Optional<TargetTable> target(String name) {
        return targets.values().stream()
                .filter(target -> target.name().equalsIgnoreCase(name))
                .findFirst();
    }

    private void table(SourceTable source, TargetTable target) {
        line("  " + YamlText.scalar(target.name()) + ":");
        if (!source.name().equals(target.name())) {
            line("    from: " + YamlText.scalar(source.name()));
        }
        line("    # What becomes of rows whose foreign key names nothing: reject, set null, skip.");
        line("    orphans: reject");
        line("    columns:");
        List<String> ignored = new ArrayList<>();
        for (SourceColumn column : source.columns()) {
            Optional<TargetColumn> into = target.columns().stream()
                    .filter(candidate -> candidate.name().equalsIgnoreCase(column.name()))
                    .filter(candidate -> candidate.type() != null && !candidate.generated())
                    .findFirst();
            if (into.isPresent()) {
                column(column, into.get());
            } else {
                ignored.add(column.name());
            }
        }
        missing(source, target);
        if (!ignored.isEmpty()) {
            line("    # No column of the target has these names, or none that can be loaded.");
            line("    ignore: ["
                    + String.join(", ", ignored.stream().map(YamlText::scalar).toList()) + "]");
        }
    }

    private void column(SourceColumn column, TargetColumn into) {
        Kind kind = into.type().kind();
        String declared = column.declaredType().toUpperCase(Locale.ROOT);
        boolean moment = kind == Kind.TIMESTAMP || kind == Kind.TIMESTAMPTZ;
        boolean number = declared.contains("INT") || declared.contains("REAL");
        if (kind == Kind.TEXT || kind == Kind.CHAR || kind == Kind.ENUM) {
            // Said out loud, it would take numbers too.
            line("      " + YamlText.scalar(into.name()) + ": " + YamlText.scalar(column.name()));
            return;
        }
        String from = "{from: %s, as: %s%s}"
                .formatted(
                        YamlText.scalar(column.name()),
                        Converters.nameOf(kind),
                        moment && number ? ", epoch: seconds" : "");
        String comment = moment && number ? "  # or milliseconds, microseconds, julian days" : "";
        line("      " + YamlText.scalar(into.name()) + ": " + from + comment);
    }

    private void missing(SourceTable source, TargetTable target) {
        for (TargetColumn column : target.columns()) {
            boolean mapped =
                    source.columns().stream().anyMatch(from -> from.name().equalsIgnoreCase(column.name()));
            if (!mapped && column.notNull() && !column.filled() && !column.generated()) {
                line("      # needs a value:");
                line("      # %s: {constant: ''}".formatted(YamlText.scalar(column.name())));
            }
        }
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
