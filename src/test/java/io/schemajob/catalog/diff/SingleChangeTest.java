package io.schemajob.catalog.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.Schemas;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.model.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A random schema against itself with one random change: exactly the changed object is named. */
class SingleChangeTest {
    /** A changed schema and the name of the object that has to be reported. */
    private record Change(Schema schema, String object) {}

    @Property
    void nothingDiffersFromItself(@ForAll long seed) {
        Schema schema = Schemas.random(seed);
        assertThat(SchemaDiff.compare(schema, Schemas.random(seed), new DiffOptions(true, null)))
                .filteredOn(difference -> !difference.object().kind().equals("extension"))
                .isEmpty();
    }

    @Property
    void exactlyTheChangedObjectIsNamed(@ForAll long seed) {
        Schema schema = Schemas.random(seed);
        for (Change change : changes(schema, new Random(seed))) {
            List<Difference> differences = SchemaDiff.compare(schema, change.schema(), DiffOptions.DEFAULT);
            assertThat(differences).as(change.object()).singleElement().satisfies(difference -> {
                assertThat(difference.object()).hasToString(change.object());
                assertThat(difference.isDrift()).isTrue();
            });
        }
    }

    private static List<Change> changes(Schema schema, Random random) {
        List<Change> changes = new ArrayList<>();
        List<Table> tables = List.copyOf(schema.tables().values());
        Table table = tables.get(random.nextInt(tables.size()));
        Map<String, Table> fewer = new HashMap<>(schema.tables());
        fewer.remove(table.name());
        changes.add(new Change(schema.withTables(fewer), "table " + table.name()));
        columns(schema, table, changes);
        parts(schema, table, changes);
        schema.views().values().forEach(view -> {
            Map<String, View> views = new HashMap<>(schema.views());
            views.remove(view.name());
            changes.add(new Change(
                    new Schema(
                            schema.tables(),
                            views,
                            schema.routines(),
                            schema.sequences(),
                            schema.types(),
                            schema.extensions()),
                    view.identity().toString()));
        });
        schema.routines().values().forEach(routine -> {
            Map<String, Routine> routines = new HashMap<>(schema.routines());
            routines.remove(routine.signature());
            changes.add(new Change(
                    new Schema(
                            schema.tables(),
                            schema.views(),
                            routines,
                            schema.sequences(),
                            schema.types(),
                            schema.extensions()),
                    routine.identity().toString()));
        });
        return changes;
    }

    private static void columns(Schema schema, Table table, List<Change> changes) {
        Column column = table.columns().get(table.columns().size() - 1);
        String object = "column " + table.name() + "." + column.name();
        int last = table.columns().size() - 1;
        changes.add(
                changed(schema, table, object, t -> t.columns.set(last, with(column, "tsquery", column.nullable()))));
        changes.add(changed(
                schema, table, object, t -> t.columns.set(last, with(column, column.type(), !column.nullable()))));
        changes.add(changed(schema, table, object, t -> {
            t.columns.remove(last);
            t.unique.clear();
            t.foreignKeys.clear();
            t.indexes.removeIf(index -> index.include().contains(column.name())
                    || index.keys().stream().anyMatch(key -> column.name().equals(key.column())));
            if (last == 0) {
                t.primaryKey = null;
            }
        }));
    }

    private static Column with(Column column, String type, boolean nullable) {
        return new Column(
                column.name(),
                type,
                nullable,
                column.defaultValue(),
                column.identity(),
                column.generated(),
                column.collation(),
                column.comment());
    }

    private static void parts(Schema schema, Table table, List<Change> changes) {
        String on = " on " + table.name();
        if (table.primaryKey() != null) {
            changes.add(changed(schema, table, "primary key of " + table.name(), t -> t.primaryKey = null));
        }
        if (!table.checks().isEmpty()) {
            Check check = table.checks().get(0);
            changes.add(changed(
                    schema,
                    table,
                    "check " + check.name() + on,
                    t -> t.checks.set(
                            0, new Check(check.name(), "another > 99", check.noInherit(), check.enforcement()))));
            changes.add(changed(
                    schema,
                    table,
                    "foreign key " + table.foreignKeys().get(0).name() + on,
                    t -> t.foreignKeys.remove(0)));
            changes.add(changed(
                    schema, table, "trigger " + table.triggers().get(0).name() + on, t -> t.triggers.remove(0)));
            Index index = table.indexes().get(0);
            changes.add(changed(schema, table, "index " + index.name() + on, t -> t.indexes.remove(0)));
            changes.add(changed(
                    schema,
                    table,
                    "index " + index.name() + on,
                    t -> t.indexes.set(
                            0,
                            new Index(
                                    index.name(),
                                    index.unique(),
                                    index.method(),
                                    index.keys(),
                                    index.include(),
                                    index.predicate(),
                                    index.nullsNotDistinct(),
                                    index.options(),
                                    false))));
        }
    }

    private static Change changed(Schema schema, Table table, String object, Consumer<TableBuilder> change) {
        TableBuilder builder = TableBuilder.of(table);
        change.accept(builder);
        Map<String, Table> tables = new HashMap<>(schema.tables());
        tables.put(table.name(), builder.build());
        return new Change(schema.withTables(tables), object);
    }
}
