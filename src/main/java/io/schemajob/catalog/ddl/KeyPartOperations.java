package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.KeyIndexKind;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keys of partitions and plain indexes of their parents, see {@link KeyPart}. A key that is a part goes with the index, is made
 * before it, and stays where it is only to become one; a key beside the index is made after it.
 */
final class KeyPartOperations {
    private final Scene scene;
    private final Piece piece;
    private final KeyPart before;
    private final KeyPart after;
    private final boolean same;

    private KeyPartOperations(Scene scene, Piece piece) {
        this.scene = scene;
        this.piece = piece;
        this.before = KeyPart.of(scene.goal().from(), piece);
        this.after = KeyPart.of(scene.goal().to(), piece);
        Piece old = scene.old().get(piece.object());
        Piece wanted = scene.wanted().get(piece.object());
        this.same = old != null && wanted != null && old.model().equals(wanted.model()) && columnsStay();
    }

    /** Empty where no index of a parent minds the key. */
    static Optional<KeyPartOperations> of(Scene scene, Piece piece) {
        KeyPartOperations operations = new KeyPartOperations(scene, piece);
        return operations.before.isNone() && operations.after.isNone() ? Optional.empty() : Optional.of(operations);
    }

    private boolean columnsStay() {
        Schema from = scene.goal().from();
        Table table = from.tables().get(piece.relation());
        return Stream.concat(Stream.of(table), from.ancestors(table).stream())
                .flatMap(one -> ((Key) piece.model())
                        .columns().stream().map(column -> ObjectIdentity.column(one.name(), column)))
                .noneMatch(scene.replaced()::contains);
    }

    /** Whether an index beside which the key is comes there, which would take it. */
    private boolean isInTheWay(KeyPart part, Map<ObjectIdentity, Piece> other) {
        return part.beside().values().stream()
                .anyMatch(index -> !other.containsKey(index) || scene.replaced().contains(index));
    }

    private boolean stays() {
        return same && before.of() == null && !isInTheWay(after, scene.old());
    }

    private boolean staysOnTheWayBack() {
        return same && after.of() == null && !isInTheWay(before, scene.wanted());
    }

    /** @param gentle the steps that let others work */
    List<Operation> create(List<Operation> gentle) {
        boolean anew = scene.old().containsKey(piece.object())
                || after.of() != null && scene.old().values().stream().anyMatch(this::isIndex);
        boolean goesBack = after.of() == null
                && !staysOnTheWayBack()
                && scene.goal().from().tables().containsKey(piece.relation());
        List<Operation> operations = new ArrayList<>();
        for (Operation step : anew ? List.of(scene.create(piece)) : gentle) {
            operations.add(step.with(stays() ? List.of() : step.up(), goesBack ? step.down() : List.of())
                    .notAfter(index(after)));
        }
        return told(operations);
    }

    List<Operation> drop() {
        Operation drop = scene.drop(piece);
        boolean goes =
                before.of() == null && !stays() && scene.goal().to().tables().containsKey(piece.relation());
        return told(List.of(drop.with(goes ? drop.up() : List.of(), staysOnTheWayBack() ? List.of() : drop.down())
                .notAfter(index(before))));
    }

    private boolean isIndex(Piece other) {
        return other.kind() == Piece.Kind.INDEX && other.provides().contains(index(after));
    }

    private Name index(KeyPart part) {
        return part.of() == null ? null : scene.universe().resolved(Name.relation(part.of()));
    }

    /** That the key's index is a part is told of the index. */
    private List<Operation> told(List<Operation> operations) {
        if (Objects.equals(before.of(), after.of())) {
            return operations;
        }
        List<Operation> all = new ArrayList<>(operations);
        List<String> path = List.of("tables", piece.relation(), "key_indexes", ((Key) piece.model()).name());
        all.add(Operation.of(
                piece.kind().creation,
                Kinds.of(KeyIndexKind.NOUN).object(new SchemaObject(KeyIndexKind.NOUN, path, Map.of())),
                piece.relation(),
                List.of(),
                List.of(),
                Operation.Effect.NONE));
        return all;
    }
}
