package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tables, views, sequences and indexes share their names: where something that stays has one, nothing else of that name can be
 * made, and a script that tries fails as a whole. It is so after a table was renamed, as its indexes keep their names.
 */
final class TakenNames {
    private final Scene scene;
    private final Map<String, ObjectIdentity> owners = new HashMap<>();

    private TakenNames(Scene scene) {
        this.scene = scene;
        scene.old().values().forEach(piece -> relations(piece).forEach(name -> owners.put(name, piece.object())));
    }

    /** The operations, with those as comments that would make something whose name is taken. */
    static List<Operation> marked(List<Operation> operations, Scene scene, List<Note> notes) {
        TakenNames taken = new TakenNames(scene);
        List<Operation> marked = new ArrayList<>(operations);
        boolean more = true;
        while (more) {
            more = false;
            Set<String> free = free(marked);
            for (int i = 0; i < marked.size(); i++) {
                Operation operation = marked.get(i);
                String name = operation.commented() ? null : taken.name(operation, free);
                if (name != null) {
                    String why = "The name %s is that of the %s, which stays: rename or drop that first."
                            .formatted(name, taken.owners.get(name));
                    marked.set(i, operation.asComment(why));
                    notes.add(new Note(operation.object(), why, List.of(), true));
                    more = true;
                }
            }
        }
        return marked;
    }

    private String name(Operation operation, Set<String> free) {
        Piece piece = scene.wanted().get(operation.object());
        if (piece == null || operation.effect().creates().isEmpty()) {
            return null;
        }
        return relations(piece)
                .filter(name -> operation.effect().creates().contains(Name.relation(name)))
                .filter(name -> owners.containsKey(name) && !free.contains(name))
                .filter(name -> !owners.get(name).equals(operation.object()))
                .sorted()
                .findFirst()
                .orElse(null);
    }

    private static Set<String> free(List<Operation> operations) {
        return operations.stream()
                .filter(operation -> !operation.commented())
                .flatMap(operation -> operation.effect().drops().stream())
                .filter(name -> name.kind() == Name.Kind.RELATION)
                .map(name -> name.words().get(0))
                .collect(Collectors.toSet());
    }

    /** But the sequences of identity columns: PostgreSQL chooses another name for one where the usual one is taken. */
    private static Stream<String> relations(Piece piece) {
        Set<String> sequences = new HashSet<>();
        if (piece.model() instanceof Table table) {
            table.columns().stream()
                    .filter(column -> column.identity() != null)
                    .forEach(column -> sequences.add(table.name() + "_" + column.name() + "_seq"));
        }
        return piece.model() instanceof Column
                ? Stream.of()
                : piece.provides().stream()
                        .filter(name -> name.kind() == Name.Kind.RELATION)
                        .map(name -> name.words().get(0))
                        .filter(name -> !sequences.contains(name));
    }
}
