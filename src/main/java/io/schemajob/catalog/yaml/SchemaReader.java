package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.TypeNames;
import io.schemajob.report.text.PostgresName;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads a whole {@code schema.yaml}; {@link SchemaWriter} is its inverse. */
final class SchemaReader {
    static final String SCHEMAS = "schemas";

    /** What stands in the section of a further schema too. */
    private static final Set<String> SECTION_KEYS =
            Kinds.sectionKeys(ObjectYaml.OWNER, "types", "sequences", "tables", "views", "functions");

    private static final Set<String> ROOT_KEYS = Kinds.keys(
            "",
            ObjectYaml.OWNER,
            "types",
            "sequences",
            "tables",
            "views",
            "functions",
            "covers",
            ObjectYaml.SERVER,
            "settings",
            ObjectYaml.PRIVILEGES,
            "extensions",
            SCHEMAS);

    private static final Set<String> SEQUENCE_KEYS = Kinds.keys(
            "sequences/*", "type", "start", "increment", "minimum", "maximum", "cache", "cycle", "owned_by", "comment");

    private static final Set<String> VIEW_KEYS =
            Kinds.keys("views/*", "comment", "materialized", "options", "columns", "definition", "indexes", "triggers");

    private static final Set<String> VIEW_COLUMN_KEYS = Kinds.keys("views/*/columns/*", "type", "collation", "comment");

    private static final Set<String> FUNCTION_KEYS = Kinds.keys(
            "functions/*",
            "comment",
            "procedure",
            "arguments",
            "returns",
            "language",
            "volatility",
            "strict",
            "security_definer",
            "leakproof",
            "parallel",
            "set",
            "library",
            "transforms",
            "body");

    private final Map<String, Sequence> sequences = new HashMap<>();

    Schema read(YamlNode root) {
        root.onlyKeys(ROOT_KEYS);
        Coverage coverage = ObjectYaml.coverage(root);
        Map<String, Schema> further = new HashMap<>();
        root.find(SCHEMAS).ifPresent(sections -> sections.entries().forEach((name, node) -> {
            PostgresName.schemaProblem(name).ifPresent(why -> {
                throw node.error(node.path() + " " + why);
            });
            node.onlyKeys(SECTION_KEYS);
            further.put(name, withoutDatabaseWide(new SchemaReader().read(node, coverage)));
        }));
        return read(root, coverage).withFurther(further);
    }

    /** Files of older versions have comments on objects of the whole database once for each schema. */
    private static Schema withoutDatabaseWide(Schema section) {
        return section.withObjects(section.objects()
                .filtered(object -> !object.path().get(0).equals("comments") || !Kinds.isDatabaseWide(object)));
    }

    private Schema read(YamlNode root, Coverage coverage) {
        Map<String, Extension> extensions = new HashMap<>();
        root.find("extensions").ifPresent(list -> list.list().forEach(item -> {
            Extension extension = extension(item);
            extensions.put(extension.name(), extension);
        }));
        Map<String, UserType> types = new HashMap<>();
        Nodes.each(root, "types", (name, node) -> node.entries().containsKey("range") ? null : type(name, node))
                .stream()
                .filter(Objects::nonNull)
                .forEach(type -> types.put(type.name(), type));
        Nodes.each(root, "sequences", SchemaReader::sequence).forEach(s -> sequences.put(s.name(), s));
        Map<String, Table> tables = new HashMap<>();
        Nodes.each(root, "tables", this::table).forEach(table -> tables.put(table.name(), table));
        Map<String, View> views = new HashMap<>();
        Nodes.each(root, "views", SchemaReader::view).forEach(view -> views.put(view.name(), view));
        Map<String, Routine> routines = new HashMap<>();
        Nodes.each(root, "functions", SchemaReader::routine).forEach(r -> routines.put(r.signature(), r));
        return new Schema(tables, views, routines, sequences, types, extensions, ObjectYaml.read(root, coverage));
    }

    private Table table(String name, YamlNode node) {
        return new TableReader(name, node).read(implied -> sequences.putIfAbsent(implied.name(), implied));
    }

    private static Extension extension(YamlNode node) {
        if (!node.isMapping()) {
            return Extension.of(node.text(), null);
        }
        node.onlyKeys("name", "version", "schema");
        return new Extension(node.required("name").text(), Nodes.text(node, "version"), Nodes.text(node, "schema"));
    }

    private static UserType type(String name, YamlNode node) {
        String comment = Nodes.text(node, "comment");
        if (node.entries().containsKey("enum")) {
            node.onlyKeys("enum", "comment");
            return new UserType.Enumeration(name, node.required("enum").texts(), null, comment);
        }
        if (node.entries().containsKey("composite")) {
            node.onlyKeys("composite", "comment");
            return new UserType.Composite(name, plainColumns(node, "composite"), null, comment);
        }
        if (!node.entries().containsKey("domain")) {
            throw node.error(node.path() + " must have one of the keys enum, domain, composite");
        }
        node.onlyKeys("domain", "nullable", "not_null_name", "default", "collation", "checks", "comment");
        List<Check> checks = Nodes.each(node, "checks", TableReader::check);
        return new UserType.Domain(
                name,
                TypeNames.canonical(node.required("domain").text()),
                node.find("nullable").map(YamlNode::bool).orElse(true),
                Nodes.text(node, "default"),
                Nodes.text(node, "collation"),
                checks,
                null,
                comment);
    }

    private static Sequence sequence(String name, YamlNode node) {
        node.onlyKeys(SEQUENCE_KEYS);
        String type = node.find("type").map(n -> TypeNames.canonical(n.text())).orElse("bigint");
        long increment = Nodes.number(node, "increment", 1);
        long minimum = Nodes.number(node, "minimum", Sequence.defaultMinimum(type, increment));
        long maximum = Nodes.number(node, "maximum", Sequence.defaultMaximum(type, increment));
        return new Sequence(
                name,
                type,
                Nodes.number(node, "start", increment > 0 ? minimum : maximum),
                increment,
                minimum,
                maximum,
                Nodes.number(node, "cache", 1),
                Nodes.flag(node, "cycle"),
                Nodes.text(node, "owned_by"),
                null,
                Nodes.text(node, "comment"));
    }

    private static View view(String name, YamlNode node) {
        node.onlyKeys(VIEW_KEYS);
        List<Column> columns = plainColumns(node, "columns");
        return new View(
                name,
                Nodes.flag(node, "materialized"),
                withoutSemicolon(node.required("definition").text()),
                columns,
                Nodes.map(node, "options"),
                Nodes.each(node, "indexes", (index, value) -> IndexReader.index(index, value, false)),
                Nodes.each(node, "triggers", TriggerReader::trigger),
                null,
                Nodes.text(node, "comment"));
    }

    private static String withoutSemicolon(String definition) {
        String text = definition.stripTrailing();
        return text.endsWith(";") ? text.substring(0, text.length() - 1).stripTrailing() : text;
    }

    private static List<Column> plainColumns(YamlNode node, String key) {
        return Nodes.each(node, key, (name, value) -> {
            if (!value.isMapping()) {
                return Column.of(name, TypeNames.canonical(value.text()));
            }
            value.onlyKeys(VIEW_COLUMN_KEYS);
            return new Column(
                    name,
                    TypeNames.canonical(value.required("type").text()),
                    true,
                    null,
                    null,
                    null,
                    Nodes.text(value, "collation"),
                    Nodes.text(value, "comment"));
        });
    }

    private static Routine routine(String key, YamlNode node) {
        node.onlyKeys(FUNCTION_KEYS);
        if (!Signatures.isSignature(key)) {
            throw node.error("the name of a function needs its argument types, as in " + key + "(integer, text)");
        }
        String signature = Signatures.canonical(key);
        String arguments = Nodes.text(node, "arguments");
        String language = node.required("language").text().toLowerCase(Locale.ROOT);
        String body = node.required("body").text();
        return new Routine(
                signature,
                Signatures.name(signature),
                Nodes.flag(node, "procedure"),
                arguments == null ? Signatures.argumentTypes(signature) : arguments,
                Nodes.text(node, "returns"),
                language,
                Nodes.choice(node, "volatility", Routine.Volatility.class, Routine.Volatility.VOLATILE),
                Nodes.flag(node, "strict"),
                Nodes.flag(node, "security_definer"),
                Nodes.flag(node, "leakproof"),
                Nodes.choice(node, "parallel", Routine.Parallel.class, Routine.Parallel.UNSAFE),
                Nodes.map(node, "set").entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .toList(),
                body,
                language.equals("sql") && body.strip().matches("(?is)(BEGIN\\s+ATOMIC|RETURN)\\b.*"),
                Nodes.text(node, "library"),
                Nodes.texts(node, "transforms").stream()
                        .map(TypeNames::canonical)
                        .toList(),
                null,
                Nodes.text(node, "comment"));
    }
}
