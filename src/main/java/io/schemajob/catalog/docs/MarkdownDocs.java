package io.schemajob.catalog.docs;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.View;
import io.schemajob.report.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A declared schema as Markdown: a section a table, with columns, keys, checks and indexes. */
public final class MarkdownDocs {
    private final StringBuilder text = new StringBuilder();
    private String prefix = "";

    private MarkdownDocs() {}

    /**
     * The page.
     *
     * @param title of the page
     * @param diagram whether a Mermaid diagram follows the title, as GitHub and GitLab show it
     */
    public static String of(String title, Schema schema, boolean diagram) {
        return of(title, schema, diagram ? MermaidDiagram.of(schema) : null);
    }

    /** @param diagram or null for none */
    public static String of(String title, Schema schema, String diagram) {
        MarkdownDocs docs = new MarkdownDocs();
        docs.text.append("# ").append(words(title)).append("\n");
        if (diagram != null) {
            docs.text.append("\n```mermaid\n").append(diagram).append("```\n");
        }
        docs.objects(schema);
        docs.names("Extensions", schema.extensions().keySet());
        schema.further().forEach((name, further) -> {
            docs.text.append("\n# Schema ").append(words(name)).append("\n");
            docs.prefix = name + ".";
            docs.objects(further);
        });
        return docs.text.toString();
    }

    private void objects(Schema schema) {
        schema.tables().values().forEach(this::table);
        schema.views().values().forEach(this::view);
        names("Functions", schema.routines().keySet());
        names("Sequences", schema.sequences().keySet());
        names("Types", schema.types().keySet());
    }

    private void table(Table table) {
        text.append("\n## ").append(words(prefix + table.name())).append("\n\n");
        if (table.comment() != null) {
            text.append(words(table.comment())).append("\n\n");
        }
        text.append("| Column | Type | Null | Default |\n|---|---|---|---|\n");
        for (Column column : table.columns()) {
            text.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            cell(column.name()),
                            cell(column.type()),
                            column.nullable() ? "yes" : "no",
                            cell(value(column))));
        }
        List<String> lines = lines(table);
        if (!lines.isEmpty()) {
            text.append('\n');
            lines.forEach(line -> text.append("- ").append(line).append('\n'));
        }
    }

    private static String value(Column column) {
        if (column.identity() != null) {
            return "identity, "
                    + column.identity().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
        if (column.generated() != null) {
            return "computed: " + column.generated().expression();
        }
        return column.defaultValue() == null ? "" : column.defaultValue();
    }

    private static List<String> lines(Table table) {
        List<String> lines = new ArrayList<>();
        if (table.primaryKey() != null) {
            lines.add("Primary key: " + names(table.primaryKey().columns()));
        }
        for (Key key : table.unique()) {
            lines.add("Unique: " + names(key.columns()));
        }
        for (ForeignKey key : table.foreignKeys()) {
            lines.add("Foreign key: %s → %s (%s), on delete %s"
                    .formatted(
                            names(key.columns()),
                            words(key.table()),
                            names(key.references()),
                            key.onDelete().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        for (Check check : table.checks()) {
            lines.add("Check: " + code(check.expression()));
        }
        for (Index index : table.indexes()) {
            lines.add("%s %s (%s): %s%s"
                    .formatted(
                            index.unique() ? "Unique index" : "Index",
                            code(index.name()),
                            index.method(),
                            index.keys().stream().map(MarkdownDocs::key).collect(Collectors.joining(", ")),
                            index.predicate() == null ? "" : " where " + code(index.predicate())));
        }
        table.triggers()
                .forEach(trigger ->
                        lines.add("Trigger %s calls %s".formatted(code(trigger.name()), code(trigger.function()))));
        return lines;
    }

    private static String key(IndexKey key) {
        return key.column() != null ? words(key.column()) : code(key.expression());
    }

    private void view(View view) {
        text.append("\n## ").append(words(prefix + view.name())).append(" (view)\n\n");
        String definition = Printable.document(view.definition().strip());
        String fence = fence(definition);
        text.append(fence)
                .append("sql\n")
                .append(definition)
                .append('\n')
                .append(fence)
                .append('\n');
    }

    private void names(String heading, Iterable<String> names) {
        List<String> lines = new ArrayList<>();
        names.forEach(name -> lines.add("- " + code(name)));
        if (!lines.isEmpty()) {
            text.append("\n## ")
                    .append(
                            prefix.isEmpty()
                                    ? heading
                                    : heading + " of " + words(prefix.substring(0, prefix.length() - 1)))
                    .append("\n\n")
                    .append(String.join("\n", lines))
                    .append('\n');
        }
    }

    /** A pipe would end the cell. */
    private static String cell(String value) {
        return words(value).replace("|", "\\|");
    }

    private static String names(List<String> columns) {
        return words(String.join(", ", columns));
    }

    /** On one line, and no HTML. */
    private static String words(String value) {
        return line(value).replace("&", "&amp;").replace("<", "&lt;");
    }

    private static String line(String value) {
        return Printable.line(value.replaceAll("\\s*\\n\\s*", " "));
    }

    /** Text that is shown as it is, between more backticks than it has in a row. */
    private static String code(String value) {
        String line = line(value);
        if (line.indexOf('`') < 0) {
            return "`" + line + "`";
        }
        String ticks = "`".repeat(longestRun(line) + 1);
        return ticks + " " + line + " " + ticks;
    }

    private static String fence(String text) {
        return "`".repeat(Math.max(3, longestRun(text) + 1));
    }

    private static int longestRun(String text) {
        return Pattern.compile("`+")
                .matcher(text)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
    }
}
