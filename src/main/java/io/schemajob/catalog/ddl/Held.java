package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.NotNullKind;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a person has to change first holds back whatever is made on it: a foreign key to a column that has not got its type
 * yet would fail, and with it the whole script. It is written as a comment.
 */
final class Held {
    static final String WAITS = "It waits for what is left to a person.";

    private final Scene scene;
    private final List<Note> notes;
    private final Set<Name> names;
    /** Names that were to go. */
    private final Set<Name> kept = new HashSet<>();

    private final Set<ObjectIdentity> objects = new HashSet<>();
    /** Of these, those that are as declared. */
    private final Set<ObjectIdentity> followers = new HashSet<>();

    private Held(Scene scene, List<Note> notes) {
        this.scene = scene;
        this.notes = notes;
        this.names = new HashSet<>(scene.goal().left());
        notes.stream()
                .filter(Note::open)
                .map(note -> scene.wanted().get(note.object()))
                .filter(piece -> piece != null && piece.kind() == Piece.Kind.TYPE)
                .forEach(piece -> names.addAll(piece.provides()));
        notes.stream().filter(Note::open).forEach(note -> leaveName(note.object()));
    }

    /** What is said of a NOT NULL that keeps its name: neither on the old name nor on the new one. */
    private void leaveName(ObjectIdentity object) {
        Piece before = scene.old().get(object.part("settings"));
        Piece after = scene.wanted().get(object.part("settings"));
        if (before != null
                && after != null
                && before.model() instanceof SchemaObject old
                && after.model() instanceof SchemaObject wanted
                && NotNullKind.renames(old, wanted)) {
            names.add(Name.constraint(wanted.name(0), NotNullKind.constraint(wanted)));
            kept.add(Name.constraint(old.name(0), NotNullKind.constraint(old)));
        }
    }

    static List<Operation> back(List<Operation> operations, Scene scene, List<Note> notes) {
        List<Operation> possible = operations;
        List<Operation> before;
        do {
            before = possible;
            possible = round(before, scene, notes);
        } while (held(possible) > held(before));
        return possible;
    }

    /** What waits keeps its name, and may need what was to go; names that stay taken hold back more. */
    private static List<Operation> round(List<Operation> operations, Scene scene, List<Note> notes) {
        List<Operation> possible = TakenNames.marked(operations, scene, notes);
        Held held = new Held(scene, notes);
        for (int i = 0; i < possible.size(); i++) {
            if (possible.get(i).commented() && !operations.get(i).commented()) {
                held.names.addAll(possible.get(i).effect().creates());
            }
        }
        return held.withNeeded(held.names.isEmpty() ? possible : held.all(possible));
    }

    /** Grows with each operation that is held back, and with each that then waits. */
    private static long held(List<Operation> operations) {
        return operations.stream()
                .filter(Operation::commented)
                .mapToLong(operation -> WAITS.equals(operation.remark()) ? 2 : 1)
                .sum();
    }

    private List<Operation> all(List<Operation> operations) {
        boolean more = true;
        while (more) {
            more = false;
            for (Operation operation : operations) {
                if (!objects.contains(object(operation)) && waits(operation)) {
                    objects.add(object(operation));
                    names.addAll(operation.effect().creates());
                    more = true;
                }
            }
        }
        List<Operation> marked = new ArrayList<>();
        for (Operation operation : operations) {
            boolean held = objects.contains(object(operation)) && !operation.commented();
            marked.add(held ? operation.asComment(WAITS) : operation);
        }
        objects.stream()
                .filter(object -> !followers.contains(object))
                .map(object -> new Note(object, WAITS, List.of(), true))
                .filter(note -> !notes.contains(note))
                .forEach(notes::add);
        return marked;
    }

    /** What stays as it was still needs what it needed; a table that stays for that keeps its parts. */
    private List<Operation> withNeeded(List<Operation> operations) {
        Set<Name> kept = needed();
        Set<String> tables = new HashSet<>();
        List<Operation> marked = new ArrayList<>(operations);
        boolean more = !kept.isEmpty();
        while (more) {
            more = false;
            for (int i = 0; i < marked.size(); i++) {
                Operation operation = marked.get(i);
                boolean part = operation.relation() != null && tables.contains(operation.relation());
                if (!WAITS.equals(operation.remark()) && (part || isNeeded(operation, kept))) {
                    marked.set(i, operation.asComment(WAITS));
                    notes.add(new Note(operation.object(), WAITS, List.of(), true));
                    kept.addAll(operation.effect().releases());
                    if (operation.rank() == Rank.DROP_TABLE) {
                        tables.add(operation.relation());
                    }
                    more = true;
                }
            }
        }
        return marked;
    }

    private static boolean isNeeded(Operation operation, Set<Name> kept) {
        return operation.effect().creates().isEmpty()
                && operation.effect().drops().stream().anyMatch(kept::contains);
    }

    private Set<Name> needed() {
        Set<Name> kept = new HashSet<>();
        for (Piece piece : scene.old().values()) {
            if (objects.contains(piece.object().whole())
                    || piece.provides().stream().anyMatch(names::contains)
                    || isOfTableLeft(piece)) {
                kept.addAll(scene.universe().needs(piece));
            }
        }
        for (Note note : notes) {
            Table table = scene.goal().from().tables().get(note.object().name());
            if (note.open() && table != null) {
                table.parents().forEach(parent -> kept.add(Name.relation(parent)));
            }
        }
        return kept;
    }

    /** A default, say, that stays with a table that only a person can change. */
    private boolean isOfTableLeft(Piece piece) {
        return piece.relation() != null
                && scene.goal().left().contains(Name.relation(piece.relation()))
                && scene.wanted().containsKey(piece.object());
    }

    private boolean waits(Operation operation) {
        Piece before = scene.old().get(operation.object());
        Piece after = scene.wanted().get(operation.object());
        if (after == null
                && before != null
                && (before.needs().stream().anyMatch(kept::contains) || isOfMovedExtension(before))) {
            return true;
        } else if (after == null) {
            return before != null && before.model() instanceof Table table && isPartitionOfHeld(table)
                    || operation.up().isEmpty() && isOfHeldView(operation);
        }
        if (before != null && before.definition().equals(after.definition())) {
            return goesWithHeldView(operation);
        }
        return names.stream().noneMatch(after.provides()::contains)
                && operation.effect().uses().stream().anyMatch(names::contains);
    }

    /** What goes may be what comes, once the extension is where it is declared: a function of its types. */
    private boolean isOfMovedExtension(Piece piece) {
        return scene.goal().left().stream().anyMatch(name -> name.kind() == Name.Kind.EXTENSION)
                && scene.universe().needs(piece).stream()
                        .anyMatch(name -> name.kind() == Name.Kind.EXTENSION
                                && scene.goal().left().contains(name));
    }

    /** What goes and comes with a view that stays is there already. */
    private boolean goesWithHeldView(Operation operation) {
        boolean goes = scene.replaced().contains(operation.object()) && isOfHeldView(operation);
        if (goes) {
            followers.add(object(operation));
        }
        return goes;
    }

    private boolean isOfHeldView(Operation operation) {
        return operation.relation() != null
                && Stream.of("view", "materialized view")
                        .map(kind -> ObjectIdentity.of(kind, operation.relation()))
                        .anyMatch(objects::contains);
    }

    /** It holds rows of the table that stays. */
    private boolean isPartitionOfHeld(Table table) {
        return table.partition() != null
                && names.contains(Name.relation(table.partition().parent()));
    }

    /** An index that is built for a key waits with the key. */
    private static ObjectIdentity object(Operation operation) {
        return operation.object().whole();
    }
}
