package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What changes a NOT NULL constraint of PostgreSQL 18 together with those that children have by it: names are shared, and so is
 * whether the rows have been looked at, unless a child says otherwise.
 *
 * @param side the schema that has it afterwards
 */
record NotNullChanges(Scene scene, Schema side) {
    /** Empty if it cannot be altered, or only in what has no way. */
    Optional<List<String>> statements(SchemaObject found, SchemaObject after) {
        if (isGone(found, after, side)) {
            return Optional.of(List.of());
        }
        // One that SET NOT NULL has made has the name that PostgreSQL gives.
        Schema other =
                side == scene.goal().to() ? scene.goal().from() : scene.goal().to();
        SchemaObject before = isGone(after, found, other) ? found.plain() : found;
        if (!NotNullKind.renames(before, after) || !new NotNullMoves(scene).isMoving(after)) {
            return altered(before, after);
        }
        return side == scene.goal().to()
                ? altered(NotNullMoves.moving(before), after)
                : altered(before, NotNullMoves.moving(after));
    }

    private Optional<List<String>> altered(SchemaObject before, SchemaObject after) {
        if (isSharedName(before, after)) {
            return Kinds.of(after.kind())
                    .alter(NotNullKind.named(before, after), after)
                    .filter(rest -> !rest.isEmpty());
        } else if (NotNullKind.isProved(before, after) && isRequired(after.name(0), after.name(), side)) {
            return altered(NotNullKind.proved(before), after).map(rest -> Stream.concat(
                            Stream.of(NotNullKind.validation(after.name(0), after.name())), rest.stream())
                    .toList());
        }
        return Kinds.of(after.kind()).alter(before, after).map(all -> {
            List<String> statements = new ArrayList<>(all);
            if (NotNullKind.isLoosened(before, after)) {
                children(after.name(0))
                        .filter(child ->
                                isRequired(child.name(), after.name(), side) && !isCarried(child.name(), after.name()))
                        .forEach(child -> statements.add(NotNullKind.validation(child.name(), after.name())));
            }
            return statements;
        });
    }

    /** What is said of one that comes stands behind the statement that makes it, and of one that goes before what drops it. */
    static Operation.Effect ordered(Scene scene, SchemaObject before, SchemaObject after, Operation.Effect effect) {
        if (!after.kind().equals(NotNullKind.NOUN)) {
            return effect;
        }
        Set<Name> itself = Set.of(Name.notNull(after.name(0), after.name()));
        boolean comes = isGone(after, before, scene.goal().from());
        boolean goes = goes(scene, before, after);
        boolean named = NotNullKind.renames(before, after);
        return new Operation.Effect(
                named && !goes ? union(effect.creates(), name(after)) : effect.creates(),
                named && goes ? union(effect.drops(), name(before)) : effect.drops(),
                comes ? union(effect.uses(), itself) : effect.uses(),
                goes ? union(effect.releases(), itself) : effect.releases());
    }

    private static Set<Name> name(SchemaObject object) {
        return Set.of(Name.constraint(object.name(0), NotNullKind.constraint(object)));
    }

    /** Whether what is said of one goes with it. */
    static boolean goes(Scene scene, SchemaObject before, SchemaObject after) {
        return after.kind().equals(NotNullKind.NOUN)
                && isGone(before, after, scene.goal().to());
    }

    private static Set<Name> union(Set<Name> names, Set<Name> more) {
        return Stream.concat(names.stream(), more.stream()).collect(Collectors.toSet());
    }

    /** Whether a side has none, and the other one that is more than a name for new rows. */
    private static boolean isGone(SchemaObject before, SchemaObject after, Schema side) {
        return after.path().get(0).equals("tables")
                && side.tables().containsKey(after.name(0))
                && !NotNullKind.isNotValid(before)
                && !NotNullKind.isNotValid(after)
                && !isRequired(after.name(0), after.name(), side);
    }

    /** Whether a child's changes with this one. */
    private boolean isCarried(String child, String column) {
        return side == scene.goal().to() && scene.goal().carried().contains(Name.notNull(child, column));
    }

    private static boolean isRequired(String table, String column, Schema side) {
        return Optional.ofNullable(side.tables().get(table))
                .flatMap(found -> found.column(column))
                .filter(found -> !found.nullable())
                .isPresent();
    }

    /** A NOT NULL has its name from the parent, and children have it from here; a rename fails if they do not share it. */
    boolean isSharedName(SchemaObject before, SchemaObject after) {
        if (!NotNullKind.renames(before, after)) {
            return false;
        }
        Schema live = scene.goal().from();
        Table table = live.tables().get(before.name(0));
        return children(before.name(0)).anyMatch(child -> hasOtherName(child, before.name()))
                || table != null
                        && table.parents().stream()
                                .map(live::table)
                                .filter(Objects::nonNull)
                                .flatMap(parent -> parent.column(before.name()).stream())
                                .anyMatch(column -> !column.nullable());
    }

    /** The live tables that inherit from a table, and those that inherit from these. */
    private Stream<Table> children(String table) {
        return scene.children().getOrDefault(table, List.of()).stream()
                .flatMap(child -> Stream.concat(Stream.of(child), children(child.name())));
    }

    private boolean hasOtherName(Table child, String column) {
        return child.parents().size() > 1
                || Stream.of(scene.goal().from(), scene.goal().to())
                        .anyMatch(side -> NotNullKind.nameOf(child.name(), column, side) != null
                                || NotNullKind.isLocal(child.name(), column, side));
    }
}
