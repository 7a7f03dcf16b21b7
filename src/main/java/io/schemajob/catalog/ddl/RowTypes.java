package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType.Composite;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables and views whose rows are values of columns of other tables. PostgreSQL looks at no rows inside of these: it changes no type,
 * adds no column that has something in it, rewrites no such table, and drops no such view.
 */
final class RowTypes {
    static final String WHY =
            "Columns of other tables hold its rows, which no statement changes: give those another type first.";

    private static final String UNDER =
            "Columns of other tables hold rows of a view over it, which cannot be made anew: give those another type first.";

    /** Tables and views that hold on to what they are. */
    private final Set<String> held = new HashSet<>();

    /** The views among them, and those that they look at, by what they mention. */
    private final Set<Set<String>> mentioned = new HashSet<>();

    private final Set<String> called = new HashSet<>();

    /** @param sides schemas between which a way leads */
    RowTypes(Schema... sides) {
        for (Schema side : sides) {
            new Search(side).search();
        }
    }

    private final class Search {
        private final Schema side;
        private final Set<String> types;

        private Search(Schema side) {
            this.side = side;
            this.types = Stream.concat(
                            side.tables().values().stream().flatMap(table -> table.columns().stream()),
                            side.views().values().stream()
                                    .filter(View::materialized)
                                    .flatMap(view -> view.columns().stream()))
                    .map(column -> element(column.type()))
                    .collect(Collectors.toSet());
        }

        private void search() {
            boolean more = true;
            while (more) {
                Set<String> inside = inside();
                more = types.addAll(inside);
            }
            side.tables().values().stream()
                    .filter(table -> isStored(table.name()))
                    .forEach(this::hold);
            side.objects().of("foreign table").keySet().stream()
                    .map(path -> path.get(1))
                    .filter(this::isStored)
                    .forEach(held::add);
            side.views().values().stream().filter(view -> isStored(view.name())).forEach(this::hold);
        }

        private boolean isStored(String name) {
            return types.contains(SqlText.name(name));
        }

        /** The types of what values of these hold. */
        private Set<String> inside() {
            return Stream.of(
                            side.types().values().stream()
                                    .filter(type -> isStored(type.name()))
                                    .flatMap(type -> type instanceof Composite composite
                                            ? composite.attributes().stream().map(Column::type)
                                            : type instanceof Domain domain ? Stream.of(domain.type()) : Stream.of()),
                            side.tables().values().stream()
                                    .filter(table -> isStored(table.name()))
                                    .flatMap(table -> table.columns().stream())
                                    .map(Column::type),
                            side.views().values().stream()
                                    .filter(view -> isStored(view.name()))
                                    .flatMap(view -> view.columns().stream())
                                    .map(Column::type),
                            side.objects().of("range type").values().stream()
                                    .filter(range -> isStored(range.name()))
                                    .map(range -> range.text("subtype"))
                                    .filter(Objects::nonNull))
                    .flatMap(one -> one)
                    .map(RowTypes::element)
                    .collect(Collectors.toSet());
        }

        /** What its parents get, it gets with them. */
        private void hold(Table table) {
            held.add(table.name());
            side.ancestors(table).forEach(parent -> held.add(parent.name()));
        }

        private void hold(View view) {
            if (held.add(view.name())) {
                Set<String> words = SqlNames.mentioned(view.definition());
                mentioned.add(words);
                called.addAll(SqlNames.called(view.definition()));
                words.stream().map(side.views()::get).filter(Objects::nonNull).forEach(this::hold);
            }
        }
    }

    private static String element(String type) {
        return type.endsWith("[]") ? type.substring(0, type.length() - 2) : type;
    }

    /** Whether it has to stay as it is. */
    boolean hold(String relation) {
        return held.contains(relation);
    }

    /** The functions that views call which have to stay as they are. */
    Set<String> called() {
        return called;
    }

    /** Whether a view looks at the column that cannot be made anew. */
    private boolean isUnder(String table, String column) {
        return mentioned.stream().anyMatch(words -> words.contains(table) && words.contains(column));
    }

    /** Why the type of a column stays, or null. */
    String whyTypeStays(String table, String column) {
        return hold(table) ? WHY : isUnder(table, column) ? UNDER : null;
    }

    /** Whether a person has to add a column, as it would have something in it. */
    boolean leavesOut(String table, Column column, List<Note> notes, Set<Name> left) {
        boolean leaves = hold(table) && !isEmpty(column);
        if (leaves) {
            leave(column, table, WHY, SqlText.alter(table) + "ADD COLUMN " + TableSql.column(column), notes, left);
        }
        return leaves;
    }

    /** Whether a person has to drop a column, since the way back could not add it, or a view needs it. */
    boolean keeps(String table, Column column, List<Note> notes, Set<Name> left) {
        String why = isUnder(table, column.name()) ? UNDER : hold(table) && !isEmpty(column) ? WHY : null;
        if (why != null) {
            String drop = SqlText.alter(table) + "DROP COLUMN " + SqlText.name(column.name());
            leave(column, table, why, drop, notes, left);
        }
        return why != null;
    }

    private static void leave(
            Column column, String table, String why, String statement, List<Note> notes, Set<Name> left) {
        left.add(Name.column(table, column.name()));
        notes.add(new Note(ObjectIdentity.column(table, column.name()), why, List.of(statement), true));
    }

    private static boolean isEmpty(Column column) {
        return column.defaultValue() == null && column.generated() == null && column.identity() == null;
    }
}
