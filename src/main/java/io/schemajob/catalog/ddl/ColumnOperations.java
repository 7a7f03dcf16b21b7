package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.kind.InheritanceKind;
import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Columns of tables that stay. */
final class ColumnOperations {
    private static final String NOT_NULL = "SET NOT NULL";
    private static final String NULLABLE = "DROP NOT NULL";

    private ColumnOperations() {}

    static void add(Scene scene, Piece piece, List<Operation> operations, List<Note> notes) {
        Column column = (Column) piece.model();
        List<String> children = children(scene, piece.relation());
        if (column.identity() != null && !children.isEmpty()) {
            addIdentity(scene, piece, children, operations, notes);
            return;
        }
        if (!scene.replaced().contains(piece.object())) {
            noteMerged(scene, column, children, notes);
        }
        new BroughtColumns(scene).come(piece.relation(), column, operations, notes);
        if (!scene.filled(piece.relation()) || !column.mustBeSupplied()) {
            operations.add(scene.create(piece));
            return;
        }
        // Which value the rows that are there should get, nobody but a person knows.
        String table = piece.relation();
        operations.add(Operation.of(
                Rank.ADD_COLUMN,
                piece.object(),
                table,
                List.of(SqlText.alter(table) + "ADD COLUMN " + TableSql.column(nullable(column))),
                piece.drop(),
                scene.creating(piece)));
        String name = SqlText.name(column.name());
        notes.add(new Note(
                piece.object(),
                "It is declared NOT NULL without a default, and %s has rows: fill the column, then write a further script."
                        .formatted(table),
                List.of(
                        "UPDATE %s SET %s = … WHERE %s IS NULL".formatted(SqlText.name(table), name, name),
                        SqlText.alter(table, column.name()) + NOT_NULL),
                true));
    }

    /** A column of its own that a child has already stays its own when the parent gets one. */
    private static void noteMerged(Scene scene, Column column, List<String> children, List<Note> notes) {
        var inheritance = scene.goal().to().objects().of(InheritanceKind.NOUN);
        for (String child : children) {
            var wanted = inheritance.get(List.of("tables", child));
            boolean local = wanted != null && wanted.list(InheritanceKind.LOCAL).contains(column.name());
            Table before = scene.goal().from().tables().get(child);
            Table after = scene.goal().to().tables().get(child);
            if (!local && after != null && before.column(column.name()).isPresent()) {
                notes.add(new Note(
                        ObjectIdentity.only(InheritanceKind.NOUN, child),
                        "Its column %s stays its own beside that of its parent: inherited alone it can only be if it goes with"
                                        .formatted(column.name())
                                + " its values and comes with the parent's.",
                        List.of(),
                        true));
            }
        }
    }

    /** PostgreSQL adds no identity column to a table from which others inherit; those that go have to go before. */
    private static void addIdentity(
            Scene scene, Piece piece, List<String> children, List<Operation> operations, List<Note> notes) {
        List<String> staying = children.stream()
                .filter(scene.goal().to().tables()::containsKey)
                .toList();
        if (!staying.isEmpty()) {
            notes.add(new Note(
                    piece.object(),
                    "An identity column cannot be added to a table from which others inherit: "
                            + String.join(", ", staying) + ".",
                    List.of(),
                    true));
            return;
        }
        Operation create = scene.create(piece);
        Set<Name> names = new HashSet<>(create.effect().creates());
        children.forEach(child -> names.add(Name.relation(child)));
        operations.add(Operation.of(
                create.rank(),
                create.object(),
                create.relation(),
                create.up(),
                create.down(),
                new Effect(names, Set.of(), create.effect().uses(), Set.of())));
    }

    private static List<String> children(Scene scene, String table) {
        return scene.children().getOrDefault(table, List.of()).stream()
                .filter(child -> child.partition() == null)
                .map(Table::name)
                .toList();
    }

    static Operation drop(Scene scene, Piece piece, List<Note> notes) {
        Column column = (Column) piece.model();
        Operation drop = dropped(scene, piece, column);
        if (!scene.goal().alone().contains(Name.column(piece.relation(), column.name()))) {
            return drop;
        }
        notes.add(new Note(
                piece.object().part("way back"),
                "Tables that inherit it keep theirs; after the down script it is their own beside that of "
                        + piece.relation() + ".",
                List.of(),
                false));
        return new Operation(
                drop.rank(),
                drop.object(),
                drop.relation(),
                List.of(dropAlone(piece.relation(), column)),
                drop.down(),
                drop.alone(),
                drop.apartFrom(),
                drop.remark(),
                drop.commented(),
                drop.effect());
    }

    static String dropAlone(String table, Column column) {
        return "ALTER TABLE ONLY " + SqlText.name(table) + " DROP COLUMN " + SqlText.name(column.name());
    }

    private static Operation dropped(Scene scene, Piece piece, Column column) {
        Operation drop = scene.drop(piece);
        if (!scene.filled(piece.relation()) || !column.mustBeSupplied()) {
            return drop;
        }
        String filler = Filler.of(column.type());
        if (filler == null) {
            return drop.remark("The way back fails while there are rows: nobody knows what they should hold.");
        }
        String alter = SqlText.alter(piece.relation());
        List<String> down = List.of(
                alter + "ADD COLUMN " + TableSql.column(withDefault(column, filler)),
                SqlText.alter(piece.relation(), column.name()) + "DROP DEFAULT");
        return Operation.of(drop.rank(), drop.object(), drop.relation(), drop.up(), down, drop.effect())
                .remark("The way back fills the column with " + filler + "; what it held is gone.");
    }

    static void change(Scene scene, Piece before, Piece after, List<Operation> operations) {
        Column old = (Column) before.model();
        Column wanted = (Column) after.model();
        if (old.generated() != null && wanted.generated() == null) {
            operations.add(loosen(scene, before, after));
            return;
        }
        if (!old.type().equals(wanted.type()) || !Objects.equals(old.collation(), wanted.collation())) {
            operations.add(retype(scene, before, after));
        }
        if (old.nullable() && !wanted.nullable()) {
            require(scene, after, operations);
        } else if (!old.nullable() && wanted.nullable()) {
            String alter = SqlText.alter(after.relation(), wanted.name());
            Name name = Name.notNull(after.relation(), wanted.name());
            String back = NotNullKind.restored(
                    after.relation(),
                    wanted.name(),
                    scene.goal().from(),
                    scene.goal().to());
            boolean brought = isBrought(
                    after.relation(),
                    wanted.name(),
                    scene.goal().to(),
                    scene.goal().from());
            KeptNotNulls kept = new KeptNotNulls(scene, after.relation(), wanted.name());
            operations.add(Operation.of(
                    Rank.DROP_NOT_NULL,
                    after.object().part("nullability"),
                    after.relation(),
                    KeptNotNulls.joined(List.of(alter + NULLABLE), kept.setAgain()),
                    brought
                            ? List.of()
                            : KeptNotNulls.joined(kept.dropBefore(), List.of(back == null ? alter + NOT_NULL : back)),
                    kept.among(new Effect(Set.of(), Set.of(name), exempting(scene, after.relation()), Set.of()))));
        }
        if (old.identity() != wanted.identity()) {
            operations.add(identity(after, old, wanted));
        }
    }

    /** A child loses a NOT NULL that its parent has once that is not inherited any more. */
    private static Set<Name> exempting(Scene scene, String table) {
        Table child = scene.goal().to().tables().get(table);
        return child == null || child.inherits().isEmpty()
                ? Set.of()
                : ObjectPieces.beforeChildren(scene.goal().to(), Set.copyOf(child.inherits()));
    }

    /** Whether a child's NOT NULL comes with that of a parent, from which its children are not exempt any more. */
    private static boolean isBrought(String table, String column, Schema before, Schema after) {
        Table child = after.tables().get(table);
        return child != null
                && !NotNullKind.isLocal(table, column, after)
                && child.inherits().stream()
                        .anyMatch(parent -> NotNullKind.isExempting(parent, column, before)
                                && !NotNullKind.isExempting(parent, column, after)
                                && after.table(parent) != null
                                && after.table(parent)
                                        .column(column)
                                        .filter(one -> !one.nullable())
                                        .isPresent());
    }

    /** A stored generated column keeps its values as a plain one; what was computed can only be made anew. */
    private static Operation loosen(Scene scene, Piece before, Piece after) {
        Column wanted = (Column) after.model();
        List<String> down = new ArrayList<>(before.drop());
        down.addAll(before.create());
        down.addAll(
                Pieces.columnComment(before.relation(), (Column) before.model()).create());
        down.addAll(scene.accessOn(scene.goal().from()).of(before.object()));
        List<String> up = new ArrayList<>();
        String alter = SqlText.alter(after.relation(), wanted.name());
        up.add(alter + "DROP EXPRESSION");
        if (wanted.nullable() != ((Column) before.model()).nullable()) {
            up.add(alter + (wanted.nullable() ? NULLABLE : NOT_NULL));
        }
        return Operation.on(after, Rank.ALTER_TYPE, up, down, scene.reshaping(before, after));
    }

    private static Operation retype(Scene scene, Piece before, Piece after) {
        Column old = (Column) before.model();
        Column wanted = (Column) after.model();
        Set<Name> names = scene.withChildren(Set.of(Name.column(after.relation(), wanted.name())));
        return Operation.of(
                Rank.ALTER_TYPE,
                after.object().part("type"),
                after.relation(),
                List.of(type(scene, after.relation(), old, wanted)),
                List.of(type(scene, after.relation(), wanted, old)),
                new Effect(
                        names,
                        names,
                        scene.universe().mentioned(wanted.type()),
                        scene.universe().mentioned(old.type())));
    }

    private static String type(Scene scene, String table, Column from, Column to) {
        String using = to.generated() != null
                ? null
                : TypeFamily.using(scene.goal().to(), SqlText.name(to.name()), from.type(), to.type());
        return SqlText.alter(table, to.name()) + "TYPE " + TableSql.type(to) + (using == null ? "" : " USING " + using);
    }

    /** With a validated check in place PostgreSQL need not read the rows while it holds the strongest lock. */
    private static void require(Scene scene, Piece after, List<Operation> operations) {
        Column column = (Column) after.model();
        String table = after.relation();
        String alter = SqlText.alter(table, column.name());
        ObjectIdentity object = after.object().part("nullability");
        Set<Name> itself = Set.of(Name.column(table, column.name()));
        KeptNotNulls kept = new KeptNotNulls(scene, table, column.name());
        Effect effect = kept.among(new Effect(Set.of(Name.notNull(table, column.name())), Set.of(), itself, Set.of()));
        // One that was not valid comes back with its settings.
        List<String> back =
                NotNullKind.isNotValid(table, column.name(), scene.goal().from())
                        ? List.of()
                        : KeptNotNulls.joined(List.of(alter + NULLABLE), kept.setAgain());
        List<String> set = KeptNotNulls.joined(kept.dropBefore(), List.of(alter + NOT_NULL));
        if (isBrought(table, column.name(), scene.goal().from(), scene.goal().to())) {
            operations.add(Operation.of(Rank.SET_NOT_NULL, object, table, List.of(), back, effect));
            return;
        }
        if (!scene.filled(table)) {
            operations.add(Operation.of(Rank.SET_NOT_NULL, object, table, set, back, effect));
            return;
        }
        // Under the name that PostgreSQL 18 chooses for the NOT NULL this would make it choose another.
        String check = SqlText.name(shortened(table + "_" + column.name()) + "_filled");
        operations.add(Operation.of(
                Rank.ADD_CHECK,
                object.part("check"),
                table,
                List.of(SqlText.alter(table) + "ADD CONSTRAINT " + check + " CHECK (" + SqlText.name(column.name())
                        + " IS NOT NULL) NOT VALID"),
                List.of(SqlText.alter(table) + "DROP CONSTRAINT IF EXISTS " + check),
                new Effect(Set.of(), Set.of(), itself, Set.of())));
        operations.add(Operation.of(
                        Rank.VALIDATE,
                        object.part("validation"),
                        table,
                        List.of(SqlText.alter(table) + "VALIDATE CONSTRAINT " + check),
                        List.of(),
                        Effect.NONE)
                .apartFrom(object.part("check")));
        operations.add(Operation.of(
                        Rank.FINISH,
                        object,
                        table,
                        KeptNotNulls.joined(set, List.of(SqlText.alter(table) + "DROP CONSTRAINT " + check)),
                        back,
                        effect)
                .apartFrom(object.part("validation")));
    }

    /** Leaves room for an ending within PostgreSQL's 63 bytes. */
    private static String shortened(String name) {
        return name.substring(0, Math.min(name.length(), 40));
    }

    private static Operation identity(Piece after, Column old, Column wanted) {
        String table = after.relation();
        Name notNull = Name.notNull(table, wanted.name());
        boolean goes = wanted.identity() == null;
        // A sequence of this name has to go before, or the new one gets another name.
        Set<Name> sequence = Set.of(Name.relation(table + "_" + wanted.name() + "_seq"));
        return Operation.of(
                goes ? Rank.DROP_IDENTITY : Rank.ADD_IDENTITY,
                after.object().part("identity"),
                table,
                identity(table, old, wanted),
                identity(table, wanted, old),
                goes
                        ? new Effect(Set.of(), sequence, Set.of(), Set.of(notNull))
                        : new Effect(
                                old.identity() == null ? sequence : Set.of(), Set.of(), Set.of(notNull), Set.of()));
    }

    private static List<String> identity(String table, Column from, Column to) {
        String alter = SqlText.alter(table, to.name());
        if (to.identity() == null) {
            return List.of(alter + "DROP IDENTITY");
        } else if (from.identity() != null) {
            return List.of(alter + "SET GENERATED " + TableSql.identity(to.identity()));
        }
        return List.of(alter + "ADD GENERATED " + TableSql.identity(to.identity()) + " AS IDENTITY");
    }

    private static Column nullable(Column column) {
        return new Column(column.name(), column.type(), true, null, null, null, column.collation(), column.comment());
    }

    private static Column withDefault(Column column, String value) {
        return new Column(column.name(), column.type(), false, value, null, null, column.collation(), column.comment());
    }
}
