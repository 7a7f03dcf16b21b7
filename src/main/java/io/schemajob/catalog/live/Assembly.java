package io.schemajob.catalog.live;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.View;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the queries have found so far, by OID, because that is how catalog rows refer to each other. */
final class Assembly {
    /**
     * A relation that has columns.
     *
     * @param kind {@code pg_class.relkind}
     * @param table collects the parts that a view or composite type has too
     * @param definition of a view
     * @param options its reloptions
     * @param numbers what refers to a column by its number finds here
     */
    record Relation(
            char kind, TableBuilder table, String definition, Map<String, String> options, ColumnNumbers numbers) {

        String name() {
            return table.name;
        }

        List<String> columns(List<Long> attnums) {
            return attnums.stream().map(numbers::name).toList();
        }
    }

    /** The columns of a relation by {@code pg_attribute.attnum}, which counts from 1 and leaves out what was dropped. */
    static final class ColumnNumbers {
        private final List<String> names = new ArrayList<>();
        private final List<Long> collations = new ArrayList<>();

        /** In the order of the numbers. */
        void add(int number, String name, long collation) {
            while (names.size() < number - 1) {
                names.add(null);
                collations.add(null);
            }
            names.add(name);
            collations.add(collation);
        }

        String name(long number) {
            return number < 1 || number > names.size() ? null : names.get((int) number - 1);
        }

        long collation(long number) {
            return collations.get((int) number - 1);
        }
    }

    /** Flyway's table, which is left out; or null. */
    final String historyTable;

    final Map<Long, Relation> relations = new HashMap<>();
    /** The index that a primary key, unique or exclusion constraint owns. */
    final Map<Long, Index> constraintIndexes = new HashMap<>();

    final Map<Long, Sequence> sequenceHeads = new HashMap<>();
    final Map<String, Sequence> sequences = new HashMap<>();
    final Map<String, Routine> routines = new HashMap<>();
    final Map<String, UserType> types = new HashMap<>();
    final Map<String, Extension> extensions = new HashMap<>();

    Assembly(String historyTable) {
        this.historyTable = historyTable;
    }

    Schema schema() {
        Map<String, Table> tables = new HashMap<>();
        Map<String, View> views = new HashMap<>();
        for (Relation relation : relations.values()) {
            TableBuilder parts = relation.table();
            switch (relation.kind()) {
                case 'r', 'p' -> tables.put(parts.name, parts.build());
                case 'v', 'm' -> views.put(parts.name, view(relation));
                default ->
                    types.put(
                            parts.name,
                            new UserType.Composite(
                                    parts.name, new ArrayList<>(parts.columns), parts.owner, parts.comment));
            }
        }
        return new Schema(tables, views, routines, sequences, types, extensions);
    }

    private static View view(Relation relation) {
        TableBuilder parts = relation.table();
        List<Index> indexes = parts.indexes;
        List<Trigger> triggers = parts.triggers;
        List<Column> columns = parts.columns.stream()
                .map(c -> new Column(c.name(), c.type(), true, null, null, null, null, c.comment()))
                .toList();
        return new View(
                parts.name,
                relation.kind() == 'm',
                relation.definition(),
                columns,
                relation.options(),
                indexes,
                triggers,
                parts.owner,
                parts.comment);
    }
}
