package io.schemajob.importer.mapping;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.ConversionException;
import io.schemajob.importer.convert.Field;
import io.schemajob.importer.convert.FieldRules;
import io.schemajob.importer.convert.Ids;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.target.MappedForeignKey;
import io.schemajob.importer.target.TargetColumn;
import io.schemajob.importer.target.TargetTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Puts a mapping together with the schemas of both sides. Every table and column of the source must be mapped or be
 * ignored by name: what nobody thought of must not get lost.
 */
public final class PlanBuilder {
    private final ImportMapping mapping;
    private final SourceLayout layout;
    private final Map<String, SourceTable> sources;
    private final Map<String, TargetTable> targets;
    private final Mistakes mistakes = new Mistakes();

    /**
     * The builder.
     *
     * @param layout what the SQLite file has
     * @param targets by name
     */
    public PlanBuilder(ImportMapping mapping, SourceLayout layout, Map<String, TargetTable> targets) {
        this.mapping = mapping;
        this.layout = layout;
        this.sources = layout.tables();
        this.targets = targets;
    }

    /**
     * The one of an export, which writes into what {@code layout:} makes, and not into views.
     *
     * @param sources tables and views of the layout by lower-case name
     */
    public static PlanBuilder ofExport(
            ImportMapping mapping, Map<String, SourceTable> sources, Map<String, TargetTable> targets) {
        return new PlanBuilder(mapping.withoutDerived(sources), SourceLayout.of(sources), targets);
    }

    /** @throws io.schemajob.report.failure.SchemajobException CONFIG with file and line if something does not fit together */
    public ImportPlan build() {
        List<TablePlan> plans = new ArrayList<>();
        mapping.tables().forEach(table -> mistakes.in(() -> table(table)).ifPresent(plans::add));
        refuseForgottenTables();
        mistakes.refuse();
        LoadOrder order = LoadOrder.of(plans);
        return new ImportPlan(order.tables(), order.cyclic());
    }

    private TablePlan table(TableMapping table) {
        SourceTable source = source(table);
        if (source == null) {
            mistakes.add(
                    table.query() == null
                            ? table.node().error(layout.name() + " has no table or view " + table.source())
                            : table.node()
                                    .error("SQLite refuses the query: "
                                            + layout.errors().get(table.target())));
        }
        TargetTable target = targets.get(table.target());
        if (target == null) {
            throw table.node().error("the target schema has no table " + table.target());
        }
        if (source == null) {
            return null;
        }
        Set<String> read = new LinkedHashSet<>();
        List<ColumnPlan> columns = new ArrayList<>();
        for (ColumnMapping column : table.columns()) {
            source.column(column.source() == null ? "" : column.source()).ifPresent(from -> read.add(from.name()));
            mistakes.in(() -> column(table, source, target, column, read)).ifPresent(columns::add);
        }
        refuseForgottenColumns(table, source, read);
        refuseUnfilledColumns(table, target);
        return new TablePlan(source, target, List.copyOf(read), List.copyOf(columns), table.orphans());
    }

    private SourceTable source(TableMapping table) {
        return table.query() == null
                ? sources.get(table.source().toLowerCase(Locale.ROOT))
                : layout.queries().get(table.target());
    }

    private ColumnPlan column(
            TableMapping table, SourceTable source, TargetTable target, ColumnMapping column, Set<String> read) {
        TargetColumn into = target.column(column.target()).orElseThrow(() -> column.node()
                .error("the table %s has no column %s".formatted(target.name(), column.target())));
        requireLoadable(column, into);
        FittingKeys.require(column, into);
        String ids = ids(table, column, into);
        Field field = field(column, into, ids);
        if (column.source() == null) {
            return new ColumnPlan(into, -1, null, constant(column, field), field, ids, column);
        }
        SourceColumn from = source.column(column.source()).orElseThrow(() -> column.node()
                .error("the SQLite table %s has no column %s".formatted(source.name(), column.source())));
        return new ColumnPlan(into, List.copyOf(read).indexOf(from.name()), from.name(), null, field, ids, column);
    }

    private static void requireLoadable(ColumnMapping column, TargetColumn into) {
        if (into.generated()) {
            throw column.node().error(into.name() + " is computed by the server and cannot be loaded");
        }
        if (into.type() == null) {
            throw column.node()
                    .error("values of type %s (%s) cannot be imported".formatted(into.typeName(), into.name()));
        }
        if (column.as() != null && !Converters.makes(column.as(), into.type().kind())) {
            throw column.node()
                    .error("%s does not make a %s; known converters: %s"
                            .formatted(column.as(), into.typeName(), Converters.names()));
        }
    }

    private Field field(ColumnMapping column, TargetColumn into, String ids) {
        FieldRules rules = column.rules()
                .withRequired(column.rules().required() || into.notNull())
                .withLookup(lookup(column));
        try {
            return Field.of(into.type(), rules, ids == null ? null : new Ids(ids));
        } catch (ConversionException e) {
            throw column.node().error("the default of %s %s".formatted(into.name(), e.getMessage()));
        }
    }

    private Map<String, String> lookup(ColumnMapping column) {
        if (column.lookup() == null) {
            return null;
        }
        String error = layout.errors().get(column.lookup());
        if (error != null) {
            throw column.node()
                    .error("the lookup in %s cannot be read: %s"
                            .formatted(column.lookup().table(), error));
        }
        return layout.lookups().get(column.lookup());
    }

    private static SourceValue constant(ColumnMapping column, Field field) {
        SourceValue value = SourceValue.text(column.constant());
        try {
            CanonicalValue ignored = field.convert(value);
            return value;
        } catch (ConversionException e) {
            throw column.node().error("the constant %s".formatted(e.getMessage()));
        }
    }

    /** The source table whose ids a column holds; null if it holds none. */
    private String ids(TableMapping table, ColumnMapping column, TargetColumn into) {
        if (into.type().kind() != Kind.UUID || "none".equals(column.ids())) {
            return null;
        }
        if (column.ids() != null) {
            return requireSource(column.node(), column.ids()).name();
        }
        return owner(table, into.name(), new HashSet<>());
    }

    private SourceTable requireSource(YamlNode node, String name) {
        SourceTable source = sources.get(name.toLowerCase(Locale.ROOT));
        if (source == null) {
            throw node.error("the SQLite file has no table " + name);
        }
        return source;
    }

    /** Follows foreign keys to the table that made the id. */
    private String owner(TableMapping table, String column, Set<String> seen) {
        TargetTable target = targets.get(table.target());
        if (target == null || !seen.add(table.target() + "." + column)) {
            return null;
        }
        for (MappedForeignKey key : target.foreignKeys()) {
            int position = key.columns().indexOf(column);
            if (position >= 0 && key.table() != null) {
                String found = mapping.tables().stream()
                        .filter(other -> other.target().equals(key.table()))
                        .findFirst()
                        .map(other -> owner(other, key.referenced().get(position), seen))
                        .orElse(null);
                if (found != null) {
                    return found;
                }
            }
        }
        boolean key = target.primaryKey().equals(List.of(column));
        SourceTable source = source(table);
        return key && source != null ? source.name() : null;
    }

    private void refuseForgottenTables() {
        Set<String> known = new HashSet<>();
        mapping.tables().forEach(table -> known.add(table.source().toLowerCase(Locale.ROOT)));
        for (String name : mapping.ignored()) {
            for (TableMapping table : mapping.tables()) {
                if (table.query() == null && table.source().equalsIgnoreCase(name)) {
                    mistakes.add(table.node().error("the SQLite table %s is mapped and ignored".formatted(name)));
                }
            }
            known.add(name.toLowerCase(Locale.ROOT));
        }
        sources.forEach((name, source) -> {
            if (!known.contains(name) && !source.derived()) {
                mistakes.add(mapping.tables()
                        .get(0)
                        .node()
                        .error("the SQLite table %s is neither mapped nor ignored".formatted(source.name())));
            }
        });
    }

    private void refuseForgottenColumns(TableMapping table, SourceTable source, Set<String> read) {
        for (SourceColumn column : source.columns()) {
            boolean mapped = read.contains(column.name());
            if (mapped == table.ignored().stream().anyMatch(name -> name.equalsIgnoreCase(column.name()))) {
                mistakes.add(table.node()
                        .error("the SQLite column %s.%s is %s"
                                .formatted(
                                        source.name(),
                                        column.name(),
                                        mapped ? "mapped and ignored" : "neither mapped nor ignored")));
            }
        }
    }

    private void refuseUnfilledColumns(TableMapping table, TargetTable target) {
        for (TargetColumn column : target.columns()) {
            boolean loaded =
                    table.columns().stream().anyMatch(mapped -> mapped.target().equals(column.name()));
            if (!loaded && column.notNull() && !column.filled() && !column.generated()) {
                mistakes.add(
                        table.node().error("nothing is mapped to %s, which needs a value".formatted(column.name())));
            }
        }
    }
}
