package io.schemajob.catalog.docs;

import io.schemajob.catalog.diff.Describe;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.TypeNames;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The section of a table: columns, keys, checks, indexes, triggers, what refers to it, and the scripts that made it. */
final class HtmlTable {
    private final HtmlText text;
    private final RelationName relation;
    private final Table table;
    private final BundleHistory history;

    HtmlTable(HtmlText text, RelationName relation, Table table, BundleHistory history) {
        this.text = text;
        this.relation = relation;
        this.table = table;
        this.history = history;
    }

    /** A foreign key from its table to another of the bundle. */
    record Reference(RelationName from, ForeignKey key, RelationName to) {}

    /** The foreign keys within the bundle, by the table that they refer to. */
    static Map<RelationName, List<Reference>> references(Schema root, String main) {
        Map<RelationName, List<Reference>> references = new LinkedHashMap<>();
        Map<String, Schema> all = new LinkedHashMap<>(Map.of("", root));
        all.putAll(root.further());
        all.forEach((name, schema) -> schema.tables().values().forEach(table -> table.foreignKeys()
                .forEach(key -> RelationName.resolve(key.table(), name, root, main)
                        .ifPresent(to -> references
                                .computeIfAbsent(to, same -> new ArrayList<>())
                                .add(new Reference(new RelationName(name, table.name()), key, to))))));
        return references;
    }

    /** @param other objects of other kinds that belong to the table */
    void write(
            Map<RelationName, List<Reference>> references,
            Function<String, Optional<RelationName>> resolver,
            List<SchemaObject> other) {
        text.html("<section class=\"object\" tabindex=\"-1\" id=\"")
                .words(relation.id("table"))
                .html("\" data-table=\"")
                .words(relation.toString())
                .html("\"")
                .html(table.partition() == null ? "" : " data-partition")
                .html(">\n<h3>")
                .words(relation.toString())
                .html("</h3>\n");
        HtmlObjects.comment(text, table.comment());
        inheritance(resolver);
        columns();
        constraints(resolver);
        HtmlObjects.list(text, "Indexes", table.indexes(), index -> text.code(index.name())
                .html(" ")
                .code(Describe.index(index)));
        HtmlObjects.list(text, "Triggers", table.triggers(), trigger -> text.code(trigger.name())
                .html(" ")
                .code(Describe.trigger(trigger)));
        HtmlObjects.list(text, "Referenced by", references.getOrDefault(relation, List.of()), reference -> text.link(
                        reference.from().id("table"), reference.from().toString())
                .html(" ")
                .code("(" + String.join(", ", reference.key().columns()) + ")"));
        HtmlObjects.further(text, other, 1);
        HtmlObjects.changes(text, history.of(relation));
        text.html("</section>\n");
    }

    private void inheritance(Function<String, Optional<RelationName>> resolver) {
        if (table.partitionBy() != null) {
            text.html("<p>Partitioned by ").code(table.partitionBy()).html("</p>\n");
        }
        for (String parent : table.parents()) {
            text.html(table.partition() == null ? "<p data-inherits=\"" : "<p data-parent=\"")
                    .words(resolver.apply(parent).map(name -> name.id("table")).orElse(""))
                    .html(table.partition() == null ? "\">Inherits from " : "\">Partition of ");
            link(parent, resolver);
            if (table.partition() != null) {
                text.html(" ").code(table.partition().bound());
            }
            text.html("</p>\n");
        }
    }

    private void columns() {
        text.html("<div class=\"wide\"><table>\n<caption>Columns of ")
                .words(relation.toString())
                .html("</caption>\n<thead><tr><th scope=\"col\">Column</th><th scope=\"col\">Type</th>")
                .html("<th scope=\"col\">Null</th><th scope=\"col\">Default</th><th scope=\"col\">Key</th>")
                .html("<th scope=\"col\">Comment</th></tr></thead>\n<tbody>\n");
        for (Column column : table.columns()) {
            text.html("<tr><th scope=\"row\">")
                    .words(column.name())
                    .html("</th><td>")
                    .words(TypeNames.brief(column.type())
                            + (column.collation() == null ? "" : " collate " + column.collation()))
                    .html("</td><td>")
                    .html(column.nullable() ? "yes" : "no")
                    .html("</td><td>");
            String value = value(column);
            if (!value.isEmpty()) {
                text.code(value);
            }
            text.html("</td><td>")
                    .html(marks(column.name()))
                    .html("</td><td class=\"comment\">")
                    .document(column.comment() == null ? "" : column.comment())
                    .html("</td></tr>\n");
        }
        text.html("</tbody>\n</table></div>\n");
    }

    private static String value(Column column) {
        if (column.identity() != null) {
            return "generated "
                    + column.identity().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " as identity";
        } else if (column.generated() != null) {
            return Describe.generation(column.generated());
        }
        return column.defaultValue() == null ? "" : column.defaultValue();
    }

    private String marks(String column) {
        List<String> marks = new ArrayList<>();
        if (table.primaryKey() != null && table.primaryKey().columns().contains(column)) {
            marks.add("<abbr title=\"primary key\">PK</abbr>");
        }
        if (table.foreignKeys().stream().anyMatch(key -> key.columns().contains(column))) {
            marks.add("<abbr title=\"foreign key\">FK</abbr>");
        }
        if (table.unique().stream().anyMatch(key -> key.columns().contains(column))) {
            marks.add("<abbr title=\"unique\">UQ</abbr>");
        }
        return String.join(" ", marks);
    }

    private void constraints(Function<String, Optional<RelationName>> resolver) {
        List<Runnable> lines = new ArrayList<>();
        if (table.primaryKey() != null) {
            lines.add(() -> key("Primary key", table.primaryKey()));
        }
        table.unique().forEach(key -> lines.add(() -> key("Unique", key)));
        table.foreignKeys().forEach(key -> lines.add(() -> foreignKey(key, resolver)));
        table.checks()
                .forEach(check -> lines.add(
                        () -> text.html("Check ").code(check.name()).html(" ").code(Describe.check(check))));
        table.exclusions()
                .forEach(exclusion -> lines.add(() ->
                        text.html("Exclusion ").code(exclusion.name()).html(" ").code(exclusion.definition())));
        HtmlObjects.list(text, "Keys and checks", lines, Runnable::run);
    }

    private void key(String words, Key key) {
        text.html(words).html(" ");
        if (key.name() != null) {
            text.code(key.name()).html(" ");
        }
        text.code(Describe.key(key));
    }

    private void foreignKey(ForeignKey key, Function<String, Optional<RelationName>> resolver) {
        text.html("<span data-to=\"")
                .words(resolver.apply(key.table()).map(name -> name.id("table")).orElse(""))
                .html("\" data-columns=\"")
                .words(String.join(", ", key.columns()))
                .html("\"")
                .html(MermaidDiagram.mayBeAbsent(table, key) ? " data-optional" : "")
                .html(isUnique(key.columns()) ? " data-unique" : "")
                .html(">Foreign key ");
        text.code(key.name()).html(" to ");
        link(key.table(), resolver);
        text.html(" ").code(Describe.foreignKey(key)).html("</span>");
    }

    private boolean isUnique(List<String> columns) {
        Set<String> wanted = new HashSet<>(columns);
        return table.primaryKey() != null
                        && wanted.equals(new HashSet<>(table.primaryKey().columns()))
                || table.unique().stream().anyMatch(key -> wanted.equals(new HashSet<>(key.columns())));
    }

    private void link(String name, Function<String, Optional<RelationName>> resolver) {
        resolver.apply(name)
                .ifPresentOrElse(target -> text.link(target.id("table"), target.toString()), () -> text.words(name));
    }
}
