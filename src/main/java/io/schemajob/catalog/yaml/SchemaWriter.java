package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlText;
import io.schemajob.bundle.yaml.YamlText.Flow;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.Deferral;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.TypeNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** Turns a schema into the tree that {@link YamlText} prints; {@link SchemaReader} is its inverse. */
final class SchemaWriter {
    private SchemaWriter() {}

    static Map<String, Object> tree(Schema schema) {
        Map<String, Object> tree = ObjectTree.with(schema.objects(), objects(schema));
        if (!schema.further().isEmpty()) {
            tree.put(SchemaReader.SCHEMAS, each(schema.further(), SchemaWriter::section));
        }
        return tree;
    }

    /** What a file says of all its schemas stands at its top. */
    private static Object section(Schema schema) {
        Coverage coverage = Coverage.NONE.ownedBy(schema.objects().coverage().owner());
        return ObjectTree.with(schema.objects().covering(coverage), objects(schema));
    }

    private static Map<String, Object> objects(Schema schema) {
        Tree tree = new Tree();
        tree.put(
                "extensions",
                schema.extensions().values().stream()
                        .map(SchemaWriter::extension)
                        .toList());
        tree.put("types", each(schema.types(), SchemaWriter::type));
        tree.put("sequences", each(schema.sequences(), SchemaWriter::sequence));
        tree.put("tables", each(schema.tables(), TableWriter::tree));
        tree.put("views", each(schema.views(), SchemaWriter::view));
        tree.put("functions", each(schema.routines(), SchemaWriter::routine));
        return tree.map();
    }

    private static <T> Map<String, Object> each(Map<String, T> objects, Function<T, Object> writer) {
        return new TreesOnDemand<>(objects, writer);
    }

    /** {@code SET_NULL} is written {@code set null}. */
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String deferrable(Deferral deferral) {
        return deferral == Deferral.NOT_DEFERRABLE ? null : words(deferral);
    }

    private static Object extension(Extension extension) {
        if (extension.version() == null && extension.schema() == null) {
            return extension.name();
        }
        return new Flow(new Tree()
                .put("name", extension.name())
                .put("version", extension.version())
                .put("schema", extension.schema())
                .map());
    }

    private static Object type(UserType type) {
        Tree tree = new Tree();
        if (type instanceof UserType.Enumeration enumeration) {
            tree.always("enum", new Flow(enumeration.values()));
        } else if (type instanceof UserType.Composite composite) {
            tree.put("composite", columns(composite.attributes()));
        } else if (type instanceof UserType.Domain domain) {
            tree.put("domain", TypeNames.brief(domain.type()))
                    .put("nullable", domain.nullable() ? null : false)
                    .put("default", domain.defaultValue())
                    .put("collation", domain.collation())
                    .put("checks", TableWriter.checks(domain.checks()));
        }
        return tree.put("comment", type.comment()).map();
    }

    private static Object sequence(Sequence sequence) {
        long minimum = Sequence.defaultMinimum(sequence.type(), sequence.increment());
        long maximum = Sequence.defaultMaximum(sequence.type(), sequence.increment());
        long start = sequence.increment() > 0 ? sequence.minimum() : sequence.maximum();
        return new Flow(new Tree()
                .put("type", sequence.type())
                .put("start", sequence.start() == start ? null : sequence.start())
                .put("increment", sequence.increment() == 1 ? null : sequence.increment())
                .put("minimum", sequence.minimum() == minimum ? null : sequence.minimum())
                .put("maximum", sequence.maximum() == maximum ? null : sequence.maximum())
                .put("cache", sequence.cache() == 1 ? null : sequence.cache())
                .put("cycle", sequence.cycle())
                .put("owned_by", sequence.ownedBy())
                .put("comment", sequence.comment())
                .map());
    }

    private static Object view(View view) {
        return new Tree()
                .put("comment", view.comment())
                .put("materialized", view.materialized())
                .put("options", view.options())
                .put("columns", columns(view.columns()))
                .put("definition", view.definition())
                .put("indexes", TableWriter.indexes(TableWriter.whole(view.indexes())))
                .put("triggers", TableWriter.triggers(view.triggers()))
                .map();
    }

    /** The columns of views and composite types have little to say of themselves. */
    private static Map<String, Object> columns(List<Column> columns) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Column column : columns) {
            String type = TypeNames.brief(column.type());
            Object written = column.comment() == null && column.collation() == null
                    ? type
                    : new Flow(new Tree()
                            .put("type", type)
                            .put("collation", column.collation())
                            .put("comment", column.comment())
                            .map());
            map.put(column.name(), written);
        }
        return map;
    }

    private static Object routine(Routine routine) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String setting : routine.configuration()) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        String types = Signatures.argumentTypes(routine.signature());
        return new Tree()
                .put("comment", routine.comment())
                .put("procedure", routine.procedure())
                .put("arguments", routine.arguments().equals(types) ? null : routine.arguments())
                .put("returns", routine.result())
                .put("language", routine.language())
                .put(
                        "volatility",
                        routine.volatility() == Routine.Volatility.VOLATILE ? null : words(routine.volatility()))
                .put("strict", routine.strict())
                .put("security_definer", routine.securityDefiner())
                .put("leakproof", routine.leakproof())
                .put("parallel", routine.parallel() == Routine.Parallel.UNSAFE ? null : words(routine.parallel()))
                .put("set", settings)
                .put("library", routine.library())
                .put("transforms", routine.transforms().isEmpty() ? null : new Flow(routine.transforms()))
                .always("body", routine.body())
                .map();
    }
}
