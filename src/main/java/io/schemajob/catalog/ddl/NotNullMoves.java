package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.ChosenName;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * NOT NULL constraints of PostgreSQL 18 whose names another constraint of the table has before them, or gets after them: they move
 * by way of a third name, as two of them may give each other theirs.
 */
record NotNullMoves(Scene scene) {
    /** Frees the names, before anything else gets them. */
    List<Operation> operations() {
        return scene.goal().from().tables().keySet().stream()
                .flatMap(table -> columns(table).map(column -> operation(table, column)))
                .toList();
    }

    private Operation operation(String table, String column) {
        SchemaObject before = NotNullKind.ofColumn(table, column, scene.goal().from());
        SchemaObject between = moving(before);
        return Operation.of(
                Rank.RENAME,
                Kinds.of(NotNullKind.NOUN).object(before).part("name"),
                table,
                renamed(before, between),
                renamed(between, before),
                new Operation.Effect(
                        Set.of(), Set.of(Name.constraint(table, NotNullKind.constraint(before))), Set.of(), Set.of()));
    }

    private static List<String> renamed(SchemaObject before, SchemaObject after) {
        return Kinds.of(NotNullKind.NOUN).alter(before, after).orElseThrow();
    }

    /** The constraints that get a free name all the same, in their turn. */
    List<Operation> waiting(List<Operation> renames) {
        return renames.stream()
                .map(rename -> {
                    Table table = scene.goal().from().tables().get(rename.relation());
                    String name = rename.object().names().get(1);
                    boolean freed = columns(table.name()).anyMatch(column -> name(
                                    table.name(), column, scene.goal().from())
                            .equals(name));
                    return freed ? rename.alsoAbout(Set.of(), Set.of(Name.constraint(table.name(), name))) : rename;
                })
                .toList();
    }

    /** The same under the name in between. */
    static SchemaObject moving(SchemaObject object) {
        return NotNullKind.named(object, ChosenName.of(object.name(0), object.name(), "moved_not_null"));
    }

    /** Whether the one that a column has on both sides moves. */
    boolean isMoving(SchemaObject object) {
        return object.path().get(0).equals("tables") && columns(object.name(0)).anyMatch(object.name()::equals);
    }

    private Stream<String> columns(String name) {
        Table before = scene.goal().from().tables().get(name);
        Table after = scene.goal().to().tables().get(name);
        if (before == null || after == null || isUnnamed(before) && isUnnamed(after)) {
            return Stream.of();
        }
        return before.columns().stream()
                .filter(column -> !column.nullable())
                .map(Column::name)
                .filter(column ->
                        after.column(column).filter(same -> !same.nullable()).isPresent())
                .filter(column -> isMoving(before, after, column));
    }

    private boolean isUnnamed(Table table) {
        return table.columns().stream()
                .allMatch(column -> Stream.of(scene.goal().from(), scene.goal().to())
                        .allMatch(side -> NotNullKind.ofColumn(table.name(), column.name(), side)
                                .values()
                                .isEmpty()));
    }

    private boolean isMoving(Table before, Table after, String column) {
        String table = before.name();
        String old = name(table, column, scene.goal().from());
        String name = name(table, column, scene.goal().to());
        return !old.equals(name)
                && (names(after, column, scene.goal().to()).contains(old)
                        || names(before, column, scene.goal().from()).contains(name))
                && !new NotNullChanges(scene, scene.goal().to())
                        .isSharedName(
                                NotNullKind.ofColumn(table, column, scene.goal().from()),
                                NotNullKind.ofColumn(table, column, scene.goal().to()));
    }

    private static String name(String table, String column, Schema side) {
        return NotNullKind.constraint(NotNullKind.ofColumn(table, column, side));
    }

    /** The names of all other constraints of a table. */
    private static Set<String> names(Table table, String column, Schema side) {
        Stream<String> notNulls = table.columns().stream()
                .filter(other -> !other.name().equals(column) && !other.nullable())
                .map(other -> name(table.name(), other.name(), side));
        return Stream.of(
                        notNulls,
                        table.keys().map(Key::name),
                        table.exclusions().stream().map(Exclusion::name),
                        table.foreignKeys().stream().map(ForeignKey::name),
                        table.checks().stream().map(Check::name))
                .flatMap(names -> names)
                .collect(Collectors.toSet());
    }
}
