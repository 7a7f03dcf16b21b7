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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A declared schema as Markdown: a section a table, with columns, keys, checks and indexes. */
public final class MarkdownDocs {
    private final StringBuilder text = new StringBuilder();

    private MarkdownDocs() {}

    /**
     * The page.
     *
     * @param title of the page
     * @param diagram whether a Mermaid diagram follows the title, as GitHub and GitLab show it
     */
    public static String of(String title, Schema schema, boolean diagram) {
        MarkdownDocs docs = new MarkdownDocs();
        docs.text.append("# ").append(title).append("\n");
        if (diagram) {
            docs.text.append("\n```mermaid\n").append(MermaidDiagram.of(schema)).append("```\n");
        }
        schema.tables().values().forEach(docs::table);
        schema.views().values().forEach(docs::view);
        docs.names("Functions", schema.routines().keySet());
        docs.names("Sequences", schema.sequences().keySet());
        docs.names("Types", schema.types().keySet());
        docs.names("Extensions", schema.extensions().keySet());
        return docs.text.toString();
    }

    private void table(Table table) {
        text.append("\n## ").append(table.name()).append("\n\n");
        if (table.comment() != null) {
            text.append(table.comment()).append("\n\n");
        }
        text.append("| Column | Type | Null | Default |\n|---|---|---|---|\n");
        for (Column column : table.columns()) {
            text.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            column.name(), cell(column.type()), column.nullable() ? "yes" : "no", cell(value(column))));
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
            lines.add("Primary key: " + String.join(", ", table.primaryKey().columns()));
        }
        for (Key key : table.unique()) {
            lines.add("Unique: " + String.join(", ", key.columns()));
        }
        for (ForeignKey key : table.foreignKeys()) {
            lines.add("Foreign key: %s → %s (%s), on delete %s"
                    .formatted(
                            String.join(", ", key.columns()),
                            key.table(),
                            String.join(", ", key.references()),
                            key.onDelete().name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        }
        for (Check check : table.checks()) {
            lines.add("Check: `" + check.expression() + "`");
        }
        for (Index index : table.indexes()) {
            lines.add("%s `%s` (%s): %s%s"
                    .formatted(
                            index.unique() ? "Unique index" : "Index",
                            index.name(),
                            index.method(),
                            index.keys().stream().map(MarkdownDocs::key).collect(Collectors.joining(", ")),
                            index.predicate() == null ? "" : " where `" + index.predicate() + "`"));
        }
        table.triggers()
                .forEach(trigger -> lines.add("Trigger `%s` calls `%s`".formatted(trigger.name(), trigger.function())));
        return lines;
    }

    private static String key(IndexKey key) {
        return key.column() != null ? key.column() : "`" + key.expression() + "`";
    }

    private void view(View view) {
        text.append("\n## ").append(view.name()).append(" (view)\n\n```sql\n");
        text.append(view.definition().strip()).append("\n```\n");
    }

    private void names(String heading, Iterable<String> names) {
        List<String> lines = new ArrayList<>();
        names.forEach(name -> lines.add("- `" + name + "`"));
        if (!lines.isEmpty()) {
            text.append("\n## ")
                    .append(heading)
                    .append("\n\n")
                    .append(String.join("\n", lines))
                    .append('\n');
        }
    }

    /** A pipe would end the cell. */
    private static String cell(String value) {
        return value.replace("|", "\\|");
    }
}
