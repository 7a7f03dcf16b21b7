package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a person has to change first holds back whatever is made on it: a foreign key to a column that has not got its type
 * yet would fail, and with it the whole script. It is written as a comment.
 */
final class Held {
    private static final String WHY = "It waits for what is left to a person.";

    private final Scene scene;
    private final List<Note> notes;
    private final Set<Name> names;
    private final Set<ObjectIdentity> objects = new HashSet<>();

    private Held(Scene scene, List<Note> notes) {
        this.scene = scene;
        this.notes = notes;
        this.names = new HashSet<>(scene.goal().left());
        notes.stream()
                .filter(Note::open)
                .map(note -> scene.wanted().get(note.object()))
                .filter(piece -> piece != null && piece.kind() == Piece.Kind.TYPE)
                .forEach(piece -> names.addAll(piece.provides()));
    }

    static List<Operation> back(List<Operation> operations, Scene scene, List<Note> notes) {
        Held held = new Held(scene, notes);
        return held.names.isEmpty() ? operations : held.all(operations);
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
            marked.add(held ? operation.asComment(WHY) : operation);
        }
        objects.forEach(object -> notes.add(new Note(object, WHY, List.of(), true)));
        return marked;
    }

    private boolean waits(Operation operation) {
        Piece before = scene.old().get(operation.object());
        Piece after = scene.wanted().get(operation.object());
        if (after == null) {
            return before != null && before.model() instanceof Table table && isPartitionOfHeld(table);
        }
        boolean same = before != null && before.definition().equals(after.definition());
        return !same
                && names.stream().noneMatch(after.provides()::contains)
                && operation.effect().uses().stream().anyMatch(names::contains);
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
