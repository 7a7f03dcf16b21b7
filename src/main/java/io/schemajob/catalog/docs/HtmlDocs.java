package io.schemajob.catalog.docs;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A declared schema as one HTML page that needs nothing else: no network, no server, and no script but for the diagram and
 * the search. What it says stands in it once: the scripts read tables and keys back from it.
 */
public final class HtmlDocs {
    private final HtmlText page = new HtmlText();
    private final Schema root;
    private final String main;
    private final BundleHistory history;
    private final Map<String, Map<RelationName, String>> contents = new LinkedHashMap<>();

    private HtmlDocs(Schema root, String main, BundleHistory history) {
        this.root = root;
        this.main = main;
        this.history = history;
    }

    /** @param main name of the schema, as its further ones use it; empty if there are none */
    public static String of(String title, Schema schema, String main, BundleHistory history) {
        return new HtmlDocs(schema, main, history).write(title);
    }

    private String write(String title) {
        String sections = sections();
        String style = PageParts.style();
        String library = PageParts.library();
        String script = PageParts.script();
        page.html("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .html("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                .html(PageParts.policy(style, library, script))
                .html("\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .html("<meta name=\"color-scheme\" content=\"light dark\">\n<title>")
                .words(title)
                .html("</title>\n<style>")
                .html(style)
                .html("</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">Skip to the content</a>\n")
                .html("<header><h1>")
                .words(title)
                .html("</h1></header>\n<div class=\"columns\">\n");
        navigation();
        page.html("<main id=\"content\" tabindex=\"-1\">\n");
        if (hasTables()) {
            page.html(DIAGRAM);
        } else {
            page.html("<p>The declared schema has no tables.</p>\n");
        }
        page.html(sections);
        migrations();
        page.html("</main>\n</div>\n<script>")
                .html(library)
                .html("</script>\n<script>")
                .html(script)
                .html("</script>\n</body>\n</html>\n");
        return page.toString();
    }

    private static final String DIAGRAM =
            """
            <noscript><p>The diagram and the search need JavaScript; tables and links do not.</p></noscript>
            <section id="diagram" aria-labelledby="diagram-title" hidden>
            <h2 id="diagram-title">Diagram</h2>
            <div class="tools">
            <label>Tables <select id="around"></select></label>
            <label>Steps <select id="steps"><option>1</option><option>2</option><option>3</option></select></label>
            <span class="buttons" role="group" aria-label="Zoom">
            <button type="button" id="zoom-in" aria-keyshortcuts="+">Zoom in</button>
            <button type="button" id="zoom-out" aria-keyshortcuts="-">Zoom out</button>
            <button type="button" id="zoom-fit" aria-keyshortcuts="0">Fit</button>
            </span>
            </div>
            <div id="drawing" role="group" aria-labelledby="diagram-title" aria-describedby="drawing-help" tabindex="0"></div>
            <p id="drawn" role="status"></p>
            <p id="drawing-help" class="help">Keys in the diagram: + and − zoom, 0 fits, arrows move. Drag to move, Ctrl and the wheel
            to zoom. A table is a link to its section. A line leads from the table with the foreign key (three prongs: many rows; one bar: at
            most one) to the table it refers to (two bars: exactly one row; a ring and a bar: none or one). Dashed: inherits.</p>
            </section>
            """;

    private boolean hasTables() {
        return !root.tables().isEmpty()
                || root.further().values().stream()
                        .anyMatch(schema -> !schema.tables().isEmpty());
    }

    private String sections() {
        HtmlText text = new HtmlText();
        Map<RelationName, List<HtmlTable.Reference>> references = HtmlTable.references(root, main);
        schema(text, "", root, references);
        root.further().forEach((name, further) -> {
            text.html("<h2>Schema ").words(name).html("</h2>\n");
            schema(text, name, further, references);
        });
        return text.toString();
    }

    private void schema(
            HtmlText text, String name, Schema schema, Map<RelationName, List<HtmlTable.Reference>> references) {
        HtmlObjects objects = new HtmlObjects(text, name, schema, history, this::list);
        if (!schema.tables().isEmpty()) {
            text.html("<h2>Tables</h2>\n");
        }
        for (Table table : schema.tables().values()) {
            RelationName relation = new RelationName(name, table.name());
            list("Tables", relation, relation.id("table"));
            HtmlTable section = new HtmlTable(text, relation, table, history);
            section.write(
                    references,
                    parent -> RelationName.resolve(parent, name, root, main),
                    objects.of("tables", table.name()));
        }
        objects.write();
    }

    /** Remembers what the navigation lists, under which heading. */
    private void list(String heading, RelationName name, String id) {
        contents.computeIfAbsent(heading, key -> new LinkedHashMap<>()).put(name, id);
    }

    private void navigation() {
        page.html("<nav aria-label=\"Contents\">\n");
        page.html("<div id=\"searching\" role=\"search\" hidden>\n<label for=\"search\">Search</label>\n")
                .html(
                        "<input id=\"search\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\" placeholder=\"press /\"")
                .html(" aria-keyshortcuts=\"/\" aria-controls=\"contents\" aria-describedby=\"found\">\n")
                .html("<p id=\"found\" role=\"status\"></p>\n</div>\n<div id=\"contents\">\n");
        contents.forEach((heading, names) -> {
            page.html("<h2>").html(heading).html("</h2>\n<ul>\n");
            names.forEach(
                    (name, id) -> page.html("<li>").link(id, name.toString()).html("</li>\n"));
            page.html("</ul>\n");
        });
        page.html("</div>\n");
        if (!history.migrations().isEmpty()) {
            page.html("<p><a href=\"#migrations\">Migrations</a></p>\n");
        }
        page.html("</nav>\n");
    }

    private void migrations() {
        if (history.migrations().isEmpty()) {
            return;
        }
        Map<BundleHistory.Step, Set<RelationName>> changed = new LinkedHashMap<>();
        history.changes()
                .forEach((relation, changes) -> changes.forEach(
                        change -> changed.computeIfAbsent(change.migration(), step -> new LinkedHashSet<>())
                                .add(relation)));
        page.html(
                        "<section id=\"migrations\" tabindex=\"-1\">\n<h2>Migrations</h2>\n<div class=\"wide\"><table>\n<thead><tr>")
                .html("<th scope=\"col\">Version</th><th scope=\"col\">Title</th><th scope=\"col\">Script</th>")
                .html("<th scope=\"col\">Tables and views</th></tr></thead>\n<tbody>\n");
        for (BundleHistory.Step step : history.migrations()) {
            page.open("tr", "id", id(step))
                    .html("<th scope=\"row\">")
                    .words(step.version() == null ? "repeatable" : step.version())
                    .html("</th><td>")
                    .words(step.title())
                    .html("</td><td>")
                    .code(step.path())
                    .html("</td><td>");
            List<RelationName> names = new ArrayList<>(changed.getOrDefault(step, Set.of()));
            for (int i = 0; i < names.size(); i++) {
                page.html(i == 0 ? "" : ", ");
                String id = idOf(names.get(i));
                if (id == null) {
                    page.words(names.get(i).toString());
                } else {
                    page.link(id, names.get(i).toString());
                }
            }
            page.html("</td></tr>\n");
        }
        page.html("</tbody>\n</table></div>\n</section>\n");
    }

    private String idOf(RelationName name) {
        String table = contents.getOrDefault("Tables", Map.of()).get(name);
        return table != null ? table : contents.getOrDefault("Views", Map.of()).get(name);
    }

    static String id(BundleHistory.Step step) {
        return new RelationName("", step.path()).id("migration");
    }
}
