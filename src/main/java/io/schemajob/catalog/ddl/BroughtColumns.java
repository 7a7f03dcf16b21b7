package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Columns that partitions and children get or lose with those of their parents: what they have otherwise there is said after the
 * parent's column has come, or has come back.
 */
final class BroughtColumns {
    private final Scene scene;

    BroughtColumns(Scene scene) {
        this.scene = scene;
    }

    /**
     * What the children of a table that gets a column have of their own of it.
     *
     * @param added the column of the table that statements add it to, whose default fills it in all rows
     */
    void come(String table, Column added, List<Operation> operations, List<Note> notes) {
        boolean anew = scene.replaced().contains(ObjectIdentity.column(table, added.name()));
        come(table, added, anew, operations, notes);
    }

    /** @param anew whether the children have had it, and lost it with that of their parent */
    private void come(String table, Column added, boolean anew, List<Operation> operations, List<Note> notes) {
        String name = added.name();
        Schema declared = scene.goal().declared();
        for (Table child : scene.children().getOrDefault(table, List.of())) {
            Table wanted = declared.tables().get(child.name());
            Column column = wanted == null ? null : wanted.column(name).orElse(null);
            if (column == null || child.column(name).isPresent() && !anew) {
                continue;
            }
            ParentColumns own = new ParentColumns(wanted, declared, declared);
            List<String> up = new ArrayList<>();
            if (own.isInherited(column)) {
                boolean lateNotNull = own.needsNotNull(column) && isEmpty(child, added);
                up.addAll(statements(own, column, !lateNotNull));
                if (lateNotNull) {
                    notes.add(new Note(
                            object(child, column),
                            "It is NOT NULL here and not at its parent, and %s has rows: fill the column, then write a further script."
                                    .formatted(child.name()),
                            List.of(own.required(column)),
                            true));
                }
                if (own.hasOtherExpression(column) && !canSetExpression()) {
                    notes.add(new Note(
                            object(child, column),
                            "It comes with its parent's expression, and before PostgreSQL 17 no statement gives it its own: detach"
                                    + " the partition first, make its column as declared, and attach it afterwards.",
                            List.of(),
                            true));
                }
            }
            if (column.comment() != null) {
                up.addAll(Pieces.columnComment(child.name(), column).create());
            }
            if (!up.isEmpty()) {
                Set<Name> uses = uses(table, column);
                operations.add(Operation.of(
                        Rank.SET_DEFAULT,
                        object(child, column),
                        child.name(),
                        up,
                        List.of(),
                        new Effect(Set.of(), Set.of(), uses, Set.of())));
            }
            come(child.name(), added, anew, operations, notes);
        }
    }

    /** What the way back gives the children of a table that loses a column. */
    void go(String table, Column dropped, List<Operation> operations, List<Note> notes) {
        String name = dropped.name();
        Schema from = scene.goal().from();
        for (Table child : scene.children().getOrDefault(table, List.of())) {
            Table after = scene.goal().to().tables().get(child.name());
            Column column = child.column(name).orElse(null);
            if (column == null || after == null || scene.goal().alone().contains(Name.column(table, name))) {
                continue;
            }
            ParentColumns own = new ParentColumns(child, from, from);
            List<String> down = new ArrayList<>();
            if (own.isInherited(column)) {
                boolean lateNotNull = own.needsNotNull(column) && isEmpty(child, dropped);
                down.addAll(statements(own, column, !lateNotNull));
                if (lateNotNull) {
                    notes.add(new Note(
                            object(child, column).part("way back"),
                            "It comes back without its NOT NULL, as nobody knows what its rows should hold.",
                            List.of(),
                            false));
                }
                if (column.comment() != null) {
                    down.addAll(Pieces.columnComment(child.name(), column).create());
                }
            }
            if (!down.isEmpty()) {
                operations.add(Operation.of(
                        Rank.DROP_DEFAULT,
                        object(child, column),
                        child.name(),
                        List.of(),
                        down,
                        new Effect(Set.of(), Set.of(), Set.of(), uses(table, column))));
            }
            go(child.name(), dropped, operations, notes);
        }
    }

    private List<String> statements(ParentColumns own, Column column, boolean required) {
        List<String> statements = new ArrayList<>();
        if (required && own.needsNotNull(column)) {
            statements.add(own.required(column));
        }
        if (own.hasOtherExpression(column) && canSetExpression()) {
            statements.add(own.expression(column));
        }
        if (own.hasOtherDefault(column)) {
            statements.add(own.value(column));
        }
        return statements;
    }

    /** Whether rows of a child would have nothing in it. */
    private boolean isEmpty(Table child, Column added) {
        return scene.filled(child.name()) && added.defaultValue() == null && added.generated() == null;
    }

    private boolean canSetExpression() {
        return scene.goal().from().objects().server().major() >= ExpressionOperations.SINCE;
    }

    private Set<Name> uses(String parent, Column column) {
        Set<Name> names = new HashSet<>(Set.of(Name.column(parent, column.name())));
        if (column.defaultValue() != null) {
            names.addAll(scene.universe().mentioned(column.defaultValue()));
        }
        if (column.generated() != null) {
            names.addAll(scene.universe().mentioned(column.generated().expression()));
        }
        return names;
    }

    private static ObjectIdentity object(Table child, Column column) {
        return ObjectIdentity.column(child.name(), column.name());
    }
}
