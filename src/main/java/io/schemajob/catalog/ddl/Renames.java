package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A column that goes beside one that comes may have been renamed, and then its values must not be lost. Nobody can tell
 * from two schemas, so the way out is written as a comment, for a person to decide.
 */
final class Renames {
    private static final String IN_PLACE = "rename it instead";
    private static final String ELSEWHERE = "use ALTER TABLE … SET SCHEMA instead";

    private final Scene scene;
    private final List<Note> notes;
    private final Set<Name> kept = new HashSet<>();

    private Renames(Scene scene, List<Note> notes) {
        this.scene = scene;
        this.notes = notes;
    }

    /** The operations, with those commented out that a renaming would make wrong. */
    static List<Operation> suspect(List<Operation> operations, Scene scene, List<Note> notes) {
        Renames renames = new Renames(scene, notes);
        List<Operation> marked = new ArrayList<>();
        for (Operation operation : operations) {
            marked.add(
                    switch (operation.rank()) {
                        case DROP_COLUMN ->
                            renames.mark(operation, renames.addedColumns(operation, operations), IN_PLACE);
                        case DROP_TABLE -> renames.table(operation, operations);
                        default -> operation;
                    });
        }
        return renames.withNeeded(renames.withParts(marked));
    }

    private List<ObjectIdentity> addedColumns(Operation drop, List<Operation> operations) {
        if (scene.wanted().containsKey(drop.object())) {
            return List.of();
        }
        return operations.stream()
                .filter(other -> other.rank() == Rank.ADD_COLUMN
                        && other.relation().equals(drop.relation())
                        && !scene.old().containsKey(other.object()))
                .map(Operation::object)
                .toList();
    }

    private Operation table(Operation drop, List<Operation> operations) {
        Operation marked = mark(drop, similarTables(drop, operations), IN_PLACE);
        return marked.commented() ? marked : mark(drop, similarElsewhere(drop), ELSEWHERE);
    }

    private List<ObjectIdentity> similarElsewhere(Operation drop) {
        Table table = scene.goal().from().tables().get(drop.relation());
        return scene.newElsewhere().entrySet().stream()
                .filter(other -> other.getValue().name().equals(table.name())
                        || alike(columns(other.getValue()), columns(table)))
                .map(Map.Entry::getKey)
                .limit(1)
                .toList();
    }

    /** Tables are alike if at least half of their columns have the same names. */
    private List<ObjectIdentity> similarTables(Operation drop, List<Operation> operations) {
        Set<String> columns = columns(scene.goal().from().tables().get(drop.relation()));
        return operations.stream()
                .filter(other -> other.rank() == Rank.CREATE_TABLE)
                .filter(other -> {
                    return alike(columns(scene.goal().to().tables().get(other.relation())), columns);
                })
                .map(Operation::object)
                .toList();
    }

    private static boolean alike(Set<String> a, Set<String> b) {
        Set<String> common = new HashSet<>(a);
        common.retainAll(b);
        return !common.isEmpty() && common.size() * 2 >= Math.max(a.size(), b.size());
    }

    private static Set<String> columns(Table table) {
        return table.columns().stream().map(Column::name).collect(Collectors.toSet());
    }

    private Operation mark(Operation operation, List<ObjectIdentity> partners, String way) {
        if (partners.isEmpty()) {
            return operation;
        }
        String why = "It may have become %s: if so, %s; if not, take the hyphens away, here and in the down script."
                .formatted(partners.stream().map(ObjectIdentity::toString).collect(Collectors.joining(" or ")), way);
        notes.add(new Note(operation.object(), why, List.of(), true));
        keep(operation);
        return operation.asComment(why);
    }

    private void keep(Operation operation) {
        kept.addAll(operation.effect().releases());
    }

    /** A table that stays keeps its keys and triggers; what is new, such as a view of its name, is none of them. */
    private List<Operation> withParts(List<Operation> operations) {
        Set<String> tables = operations.stream()
                .filter(operation -> operation.commented() && operation.rank() == Rank.DROP_TABLE)
                .map(Operation::relation)
                .collect(Collectors.toSet());
        return operations.stream()
                .map(operation -> {
                    boolean part = !operation.commented()
                            && tables.contains(operation.relation())
                            && scene.old().containsKey(operation.object());
                    return part ? operation.asComment("It is part of " + operation.relation() + ".") : operation;
                })
                .toList();
    }

    /** What a thing that stays still needs cannot go either. */
    private List<Operation> withNeeded(List<Operation> operations) {
        List<Operation> marked = new ArrayList<>(operations);
        boolean more = !kept.isEmpty();
        while (more) {
            more = false;
            for (int i = 0; i < marked.size(); i++) {
                Operation operation = marked.get(i);
                boolean needed = operation.effect().drops().stream().anyMatch(kept::contains);
                if (!operation.commented()
                        && needed
                        && operation.effect().creates().isEmpty()) {
                    marked.set(i, operation.asComment("What is commented out needs it."));
                    keep(operation);
                    more = true;
                }
            }
        }
        return marked;
    }
}
