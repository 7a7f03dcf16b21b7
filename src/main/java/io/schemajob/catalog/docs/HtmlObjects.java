package io.schemajob.catalog.docs;

import io.schemajob.catalog.diff.Describe;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Everything of a schema but its tables: views, functions, sequences, types, extensions and objects of all other kinds. */
final class HtmlObjects {
    private static final String VIEWS = "Views";

    private final HtmlText text;
    private final String name;
    private final Schema schema;
    private final BundleHistory history;
    private final Listing listing;
    private final Map<List<String>, List<SchemaObject>> owned;

    HtmlObjects(HtmlText text, String name, Schema schema, BundleHistory history, Listing listing) {
        this.text = text;
        this.name = name;
        this.schema = schema;
        this.history = history;
        this.listing = listing;
        this.owned = schema.objects().byKind().values().stream()
                .flatMap(objects -> objects.values().stream())
                .collect(Collectors.groupingBy(object -> object.path().subList(0, 2)));
    }

    /** The table of contents. */
    interface Listing {
        void add(String heading, RelationName name, String id);
    }

    void write() {
        group(VIEWS, "view", schema.views(), this::view);
        group("Functions", "function", schema.routines(), this::routine);
        group("Sequences", "sequence", schema.sequences(), this::sequence);
        group("Types", "type", schema.types(), this::type);
        group("Extensions", "extension", schema.extensions(), extension -> {
            if (extension.version() != null) {
                text.html("<p>Version ").words(extension.version()).html("</p>\n");
            }
        });
        List<SchemaObject> others = owned.values().stream()
                .flatMap(List::stream)
                .filter(object -> !isShown(object))
                .sorted(Comparator.comparing(SchemaObject::kind)
                        .thenComparing(object -> String.join("\n", object.path())))
                .toList();
        if (!others.isEmpty()) {
            String heading = "Other objects";
            RelationName relation = new RelationName(name, heading);
            listing.add(heading, relation, relation.id("objects"));
            text.open("section", "id", relation.id("objects"));
            text.html("\n<h2>").html(heading).html("</h2>\n");
            further(text, others, 0);
            text.html("</section>\n");
        }
    }

    /** Whether it stands in the section of a table or view. */
    private boolean isShown(SchemaObject object) {
        String section = object.path().get(0);
        return section.equals("tables") && schema.tables().containsKey(object.name(0))
                || section.equals("views") && schema.views().containsKey(object.name(0));
    }

    /** Objects of other kinds that belong to a table or view. */
    List<SchemaObject> of(String section, String owner) {
        return owned.getOrDefault(List.of(section, owner), List.of());
    }

    private <T> void group(String heading, String kind, Map<String, T> objects, Consumer<T> body) {
        if (objects.isEmpty()) {
            return;
        }
        text.html("<h2>").html(heading).html("</h2>\n");
        objects.forEach((object, value) -> {
            RelationName relation = new RelationName(name, object);
            listing.add(heading, relation, relation.id(kind));
            text.html("<section class=\"object\" tabindex=\"-1\" id=\"")
                    .words(relation.id(kind))
                    .html("\">\n<h3>")
                    .words(relation.toString())
                    .html("</h3>\n");
            body.accept(value);
            text.html("</section>\n");
        });
    }

    private void view(View view) {
        comment(text, view.comment());
        text.html("<p>")
                .html(view.kind().substring(0, 1).toUpperCase(Locale.ROOT)
                        + view.kind().substring(1));
        text.html("</p>\n");
        source(view.definition());
        list(text, "Columns", view.columns(), column -> {
            text.words(column.name());
            if (column.type() != null) {
                text.html(" ").code(column.type());
            }
            if (column.comment() != null) {
                text.html(" ").words(column.comment());
            }
        });
        list(text, "Indexes", view.indexes(), index -> text.code(index.name())
                .html(" ")
                .code(Describe.index(index)));
        list(text, "Triggers", view.triggers(), trigger -> text.code(trigger.name())
                .html(" ")
                .code(Describe.trigger(trigger)));
        further(text, of("views", view.name()), 1);
        changes(text, history.of(new RelationName(name, view.name())));
    }

    private void routine(Routine routine) {
        comment(text, routine.comment());
        text.html("<p>")
                .html(routine.procedure() ? "Procedure" : "Function")
                .html(" in ")
                .words(routine.language());
        if (routine.result() != null) {
            text.html(", returns ").code(routine.result());
        }
        text.html("</p>\n");
        if (routine.body() != null) {
            source(routine.body());
        }
    }

    private void sequence(Sequence sequence) {
        comment(text, sequence.comment());
        text.html("<p>").code(sequence.type());
        if (sequence.ownedBy() != null) {
            text.html(" of ").code(sequence.ownedBy());
        }
        text.html("</p>\n");
    }

    private void type(UserType type) {
        comment(text, type.comment());
        text.html("<p>").words(type.kind());
        if (type instanceof UserType.Enumeration enumeration) {
            text.html(": ").code(String.join(", ", enumeration.values()));
        } else if (type instanceof UserType.Domain domain) {
            text.html(" over ").code(domain.type()).html(domain.nullable() ? "" : ", not null");
        }
        text.html("</p>\n");
        if (type instanceof UserType.Domain domain) {
            list(text, "Checks", domain.checks(), check -> text.code(check.name())
                    .html(" ")
                    .code(Describe.check(check)));
        } else if (type instanceof UserType.Composite composite) {
            list(text, "Attributes", composite.attributes(), attribute -> text.words(attribute.name())
                    .html(" ")
                    .code(attribute.type()));
        }
    }

    private void source(String source) {
        text.html("<pre tabindex=\"0\">").document(source.strip()).html("</pre>\n");
    }

    static void comment(HtmlText text, String comment) {
        if (comment != null) {
            text.html("<p class=\"comment\">").document(comment).html("</p>\n");
        }
    }

    static <T> void list(HtmlText text, String heading, Collection<T> items, Consumer<T> body) {
        if (items.isEmpty()) {
            return;
        }
        text.html("<h4>").html(heading).html("</h4>\n<ul>\n");
        items.forEach(item -> {
            text.html("<li>");
            body.accept(item);
            text.html("</li>\n");
        });
        text.html("</ul>\n");
    }

    /** @param from how many names of the path need not be said */
    static void further(HtmlText text, List<SchemaObject> objects, int from) {
        list(text, "Further", objects, object -> {
            text.words(object.kind());
            for (int i = from; i < object.path().size() / 2; i++) {
                text.html(" ").code(object.name(i));
            }
            if (!object.values().isEmpty()) {
                text.html(": ")
                        .code(object.values().entrySet().stream()
                                .map(value -> value.getKey() + " " + Describe.value(value.getValue()))
                                .collect(Collectors.joining("; ")));
            }
        });
    }

    static void changes(HtmlText text, List<BundleHistory.Change> changes) {
        list(text, "Made by", changes, change -> {
            String path = change.migration().path();
            text.link(HtmlDocs.id(change.migration()), path.substring(path.lastIndexOf('/') + 1))
                    .html(" line " + change.line() + " ")
                    .code(change.statement());
        });
    }
}
