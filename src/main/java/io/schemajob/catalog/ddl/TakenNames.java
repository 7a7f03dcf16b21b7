package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables, views, sequences, indexes and composite types share their names, and all but indexes share theirs with types: where something that stays has one, nothing else of that name can be
 * made, and a script that tries fails as a whole. It is so after a table was renamed, as its indexes keep their names.
 */
final class TakenNames {
    private final Scene scene;
    private final Map<Name, ObjectIdentity> owners = new HashMap<>();

    private TakenNames(Scene scene) {
        this.scene = scene;
        scene.old().values().forEach(piece -> names(piece).forEach(name -> owners.put(name, piece.object())));
    }

    /** The operations, with those as comments that would make something whose name is taken. */
    static List<Operation> marked(List<Operation> operations, Scene scene, List<Note> notes) {
        TakenNames taken = new TakenNames(scene);
        List<Operation> marked = new ArrayList<>(operations);
        boolean more = true;
        while (more) {
            more = false;
            Set<Name> free = free(marked);
            for (int i = 0; i < marked.size(); i++) {
                Operation operation = marked.get(i);
                Name name = Held.WAITS.equals(operation.remark()) ? null : taken.name(operation, free);
                boolean waits = name != null && waits(name, marked);
                if (name != null && (waits || !operation.commented())) {
                    String why = waits
                            ? Held.WAITS
                            : "The name %s is that of the %s, which stays: rename or drop that first."
                                    .formatted(name.words().get(0), taken.owners.get(name));
                    marked.set(i, operation.asComment(why));
                    notes.removeIf(note -> note.object().equals(operation.object())
                            && note.reason().equals(operation.remark()));
                    notes.add(new Note(operation.object(), why, List.of(), true));
                    more = true;
                }
            }
        }
        return marked;
    }

    /** Whether what has the name goes once a person has done what is left. */
    private static boolean waits(Name name, List<Operation> operations) {
        return operations.stream()
                .anyMatch(operation -> Held.WAITS.equals(operation.remark())
                        && operation.effect().drops().contains(name));
    }

    private Name name(Operation operation, Set<Name> free) {
        Piece piece = scene.wanted().get(operation.object());
        if (piece == null || operation.effect().creates().isEmpty()) {
            return null;
        }
        return names(piece)
                .filter(name -> operation.effect().creates().contains(name))
                .filter(name -> owners.containsKey(name) && !free.contains(name))
                .filter(name -> !owners.get(name).equals(operation.object()))
                .min(Comparator.comparing(name -> name.words().get(0)))
                .orElse(null);
    }

    private static Set<Name> free(List<Operation> operations) {
        return operations.stream()
                .filter(operation -> !operation.commented())
                .flatMap(operation -> operation.effect().drops().stream())
                .filter(Name::isTaken)
                .collect(Collectors.toSet());
    }

    /** But the sequences of identity columns: PostgreSQL chooses another name for one where the usual one is taken. */
    private static Stream<Name> names(Piece piece) {
        Set<String> sequences = new HashSet<>();
        if (piece.model() instanceof Table table) {
            table.columns().stream()
                    .filter(column -> column.identity() != null)
                    .forEach(column -> sequences.add(table.name() + "_" + column.name() + "_seq"));
        }
        return piece.model() instanceof Column
                ? Stream.of()
                : piece.provides().stream()
                        .filter(Name::isTaken)
                        .filter(name -> !sequences.contains(name.words().get(0)));
    }
}
