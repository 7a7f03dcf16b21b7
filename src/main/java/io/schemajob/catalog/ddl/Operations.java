package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to be done for each piece; in which order is not its business. */
final class Operations {
    private final Scene scene;
    private final ObjectPieces objects;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();

    Operations(Scene scene) {
        this.scene = scene;
        this.objects = new ObjectPieces(scene);
    }

    List<Operation> operations() {
        return operations;
    }

    List<Note> notes() {
        return notes;
    }

    void collect() {
        List<Piece> old = new ArrayList<>(scene.old().values());
        // What was made last goes first.
        Collections.reverse(old);
        old.forEach(before -> {
            ObjectIdentity object = before.object();
            Piece after = scene.wanted().get(object);
            if (after == null || scene.replaced().contains(object)) {
                drop(before);
            } else if (before != after && !before.definition().equals(after.definition())) {
                change(before, after);
            }
        });
        scene.wanted().forEach((object, piece) -> {
            if (!scene.old().containsKey(object) || scene.replaced().contains(object)) {
                create(piece);
            }
        });
        new ExpressionOperations(scene).collect(operations, notes);
        operations.addAll(new DomainExpressions(scene).operations());
        operations.addAll(new RowOperations(scene).operations());
        new SequenceOperations(scene).goOn(operations, notes);
    }

    private void create(Piece piece) {
        switch (piece.kind()) {
            case COMMENT -> comment(piece, false);
            case INDEX -> operations.addAll(ConstraintOperations.createIndex(scene, piece, notes));
            case KEY -> operations.addAll(ConstraintOperations.createKey(scene, piece, notes));
            case CHECK, FOREIGN_KEY -> operations.addAll(ConstraintOperations.createChecked(scene, piece));
            case OWNERSHIP -> operations.add(new SequenceOperations(scene).link(piece));
            case COLUMN -> {
                if (TypedTables.follows(piece.relation(), scene.goal())) {
                    operations.add(Operation.on(piece, Rank.ADD_COLUMN, List.of(), List.of(), scene.creating(piece)));
                } else {
                    ColumnOperations.add(scene, piece, operations, notes);
                }
            }
            case FOUNDATION, DEFINITION, SETTINGS, ATTACHED -> objects.create(piece, operations, notes);
            default -> operations.add(scene.create(piece));
        }
        List<String> access = comesBack(piece, scene.goal().from()) ? scene.access(piece) : List.of();
        if (!access.isEmpty()) {
            Effect after = new Effect(Set.of(), Set.of(), piece.provides(), Set.of());
            operations.add(Operation.of(
                    Rank.ATTACH, piece.object().part("privileges"), piece.relation(), access, List.of(), after));
        }
    }

    /** Whether the other side has it too, perhaps as another sort of view. */
    private boolean comesBack(Piece piece, Schema other) {
        return scene.replaced().contains(piece.object())
                        && ObjectPieces.meanwhile(piece.model()).isEmpty()
                || piece.model() instanceof View view && other.views().containsKey(view.name());
    }

    private void drop(Piece piece) {
        switch (piece.kind()) {
            case COMMENT -> comment(piece, true);
            case INDEX -> operations.add(ConstraintOperations.dropIndex(scene, piece, notes));
            case KEY -> operations.addAll(ConstraintOperations.dropKey(scene, piece, notes));
            case COLUMN -> {
                operations.add(
                        TypedTables.follows(piece.relation(), scene.goal())
                                ? Operation.on(piece, Rank.DROP_COLUMN, List.of(), List.of(), scene.dropping(piece))
                                : ColumnOperations.drop(scene, piece, notes));
                new BroughtColumns(scene).go(piece.relation(), (Column) piece.model(), operations, notes);
            }
            case OWNERSHIP -> operations.add(new SequenceOperations(scene).unlink(piece));
            case FOUNDATION, DEFINITION, SETTINGS, ATTACHED ->
                objects.drop(piece).ifPresent(operations::add);
            default -> operations.add(scene.drop(piece));
        }
        List<String> access = comesBack(piece, scene.goal().to()) ? scene.access(piece) : List.of();
        if (!access.isEmpty()) {
            Effect before = new Effect(Set.of(), Set.of(), Set.of(), piece.provides());
            operations.add(Operation.of(
                    Rank.DETACH, piece.object().part("privileges"), piece.relation(), List.of(), access, before));
        }
    }

    /** A comment comes and goes with its object; only the way that makes the object has to say it. */
    private void comment(Piece piece, boolean goes) {
        if (piece.create().isEmpty()) {
            return;
        }
        operations.add(
                goes
                        ? Operation.on(piece, Rank.DROP_COMMENT, List.of(), piece.create(), scene.dropping(piece))
                        : Operation.on(piece, Rank.COMMENT, piece.create(), List.of(), scene.creating(piece)));
    }

    private void change(Piece before, Piece after) {
        switch (before.kind()) {
            case COLUMN -> {
                String type = ((Column) after.model()).type();
                if (!type.equals(((Column) before.model()).type())
                        && TypedTables.follows(after.relation(), scene.goal())) {
                    notes.add(new Note(after.object(), "Its type is that of an attribute.", List.of(), true));
                } else {
                    ColumnOperations.change(scene, before, after, operations);
                }
            }
            case TYPE -> new TypeOperations(scene, before, after).collect(operations, notes);
            case TABLE -> table((Table) before.model(), (Table) after.model());
            case TRIGGER ->
                alter(
                        Rank.ALTER_TABLE,
                        before,
                        after,
                        TriggerSql.enable(before.relation(), (Trigger) before.model()),
                        TriggerSql.enable(after.relation(), (Trigger) after.model()));
            case CHECK, FOREIGN_KEY -> operations.add(ConstraintOperations.validate(scene, before, after));
            case OWNERSHIP -> operations.add(new SequenceOperations(scene).relink(before, after));
            case FUNCTION -> operations.add(new FunctionReplacement(scene).operation(before, after));
            case FOUNDATION, DEFINITION, SETTINGS, ATTACHED -> objects.change(before, after, operations, notes);
            case COMMENT -> alter(Rank.COMMENT, before, after, comment(before), comment(after));
            case PROTECTION -> protection(before, after);
            case SEQUENCE ->
                operations.add(Operation.on(
                        after,
                        Rank.SEQUENCE,
                        OtherSql.alter((Sequence) before.model(), (Sequence) after.model()),
                        OtherSql.alter((Sequence) after.model(), (Sequence) before.model()),
                        scene.changing(before, after)));
            default ->
                alter(
                        before.kind().creation,
                        before,
                        after,
                        before.create().get(0),
                        after.create().get(0));
        }
    }

    /** Protection that is switched on comes last, so that nothing in between is hidden from the run itself. */
    private void protection(Piece before, Piece after) {
        boolean on = ((Table) after.model()).rowSecurity() && !((Table) before.model()).rowSecurity();
        operations.add(Operation.on(
                after,
                on ? Rank.PROTECT : Rank.UNPROTECT,
                switching((Table) before.model(), (Table) after.model()),
                switching((Table) after.model(), (Table) before.model()),
                Effect.NONE));
    }

    private static List<String> switching(Table from, Table to) {
        List<String> statements = new ArrayList<>();
        if (from.rowSecurity() != to.rowSecurity()) {
            statements.add(
                    SqlText.alter(to.name()) + (to.rowSecurity() ? "ENABLE" : "DISABLE") + " ROW LEVEL SECURITY");
        }
        if (from.forceRowSecurity() != to.forceRowSecurity()) {
            statements.add(
                    SqlText.alter(to.name()) + (to.forceRowSecurity() ? "FORCE" : "NO FORCE") + " ROW LEVEL SECURITY");
        }
        return statements;
    }

    private static String comment(Piece piece) {
        return piece.create().isEmpty() ? piece.text() + "NULL" : piece.create().get(0);
    }

    private void alter(Rank rank, Piece before, Piece after, String down, String up) {
        operations.add(Operation.on(after, rank, List.of(up), List.of(down), scene.changing(before, after)));
    }

    private void table(Table before, Table after) {
        String alter = SqlText.alter(after.name());
        operations.add(Operation.of(
                Rank.ALTER_TABLE,
                after.identity(),
                after.name(),
                List.of(alter + (after.unlogged() ? "SET UNLOGGED" : "SET LOGGED")),
                List.of(alter + (before.unlogged() ? "SET UNLOGGED" : "SET LOGGED")),
                persistence(before, after)));
    }

    /** No table that is kept may refer to one that is lost in a crash: the one that is referred to is logged first, and unlogged last. */
    private static Effect persistence(Table before, Table after) {
        Set<Name> itself = Set.of(persistence(after.name()));
        Set<Name> referenced = Stream.of(before, after)
                .flatMap(table -> table.foreignKeys().stream())
                .map(key -> persistence(key.table()))
                .collect(Collectors.toSet());
        return after.unlogged()
                ? new Effect(Set.of(), itself, Set.of(), referenced)
                : new Effect(itself, Set.of(), referenced, Set.of());
    }

    private static Name persistence(String table) {
        return Name.told("persistence of " + table);
    }
}
