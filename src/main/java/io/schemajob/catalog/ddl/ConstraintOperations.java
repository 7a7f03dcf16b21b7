package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Indexes and constraints. Where a table has rows they come in steps that let others work: indexes are built
 * concurrently, keys take over an index, checks and foreign keys are validated after they are there.
 */
final class ConstraintOperations {
    /** Where the constraint is gone, and its index with it, a later schema of the path may have an index of its name. */
    private static final String ONLY_HERE =
            "SELECT pg_catalog.set_config('search_path', pg_catalog.quote_ident(pg_catalog.current_schema()), false)";

    private ConstraintOperations() {}

    static List<Operation> createIndex(Scene scene, Piece piece, List<Note> notes) {
        Operation create = CarriedKeys.carrying(
                createIndex(scene, piece), piece, scene.goal().to());
        return perhapsPart(scene, piece, List.of(create), notes);
    }

    private static Operation createIndex(Scene scene, Piece piece) {
        Index index = (Index) piece.model();
        if (scene.gentle(piece.relation())) {
            return build(scene, piece, index, IndexSql.drop(index, true));
        }
        Operation create = scene.create(piece);
        return goesWithItsRelation(scene, piece, true)
                ? Operation.of(
                        create.rank(), create.object(), create.relation(), create.up(), List.of(), create.effect())
                : create;
    }

    private static Operation build(Scene scene, Piece piece, Index index, String drop) {
        return Operation.on(
                        piece,
                        Rank.BUILD_INDEX,
                        List.of(IndexSql.create(piece.relation(), index, true)),
                        List.of(drop),
                        scene.creating(piece))
                .onItsOwn();
    }

    static Operation dropIndex(Scene scene, Piece piece, List<Note> notes) {
        return CarriedKeys.carrying(
                dropOneIndex(scene, piece, notes), piece, scene.goal().from());
    }

    private static Operation dropOneIndex(Scene scene, Piece piece, List<Note> notes) {
        if (AttachedIndexes.isPart(scene, piece, false)) {
            return AttachedIndexes.drop(scene, piece, notes);
        }
        Index index = (Index) piece.model();
        if (scene.gentle(piece.relation())) {
            return Operation.on(
                            piece,
                            Rank.REMOVE_INDEX,
                            List.of(IndexSql.drop(index, true)),
                            List.of(IndexSql.create(piece.relation(), index, true)),
                            scene.dropping(piece))
                    .onItsOwn();
        }
        Operation drop = scene.drop(piece);
        return goesWithItsRelation(scene, piece, false)
                ? Operation.of(drop.rank(), drop.object(), drop.relation(), List.of(), drop.down(), drop.effect())
                : drop;
    }

    /** An index goes with its table; unless it holds on to a function, which could not be dropped before it. */
    private static boolean goesWithItsRelation(Scene scene, Piece piece, boolean comes) {
        String relation = piece.relation();
        boolean there =
                (comes ? scene.goal().from() : scene.goal().to()).tables().containsKey(relation);
        boolean view = (comes ? scene.goal().to() : scene.goal().from()).views().containsKey(relation);
        boolean calls = scene.universe().needs(piece).stream().anyMatch(name -> name.kind() == Name.Kind.FUNCTION);
        ObjectIdentity materialized = ObjectIdentity.of("materialized view", relation);
        boolean viewStays = view
                && scene.old().containsKey(materialized)
                && scene.wanted().containsKey(materialized)
                && !scene.replaced().contains(materialized);
        return !there && !viewStays && !calls;
    }

    static List<Operation> createKey(Scene scene, Piece piece, List<Note> notes) {
        List<Operation> steps = createKey(scene, piece);
        return KeyPartOperations.of(scene, piece)
                .map(part -> part.create(steps))
                .orElseGet(() -> perhapsPart(scene, piece, steps, notes));
    }

    private static List<Operation> perhapsPart(Scene scene, Piece piece, List<Operation> steps, List<Note> notes) {
        return AttachedIndexes.isPart(scene, piece, true) ? AttachedIndexes.create(scene, piece, steps, notes) : steps;
    }

    static List<Operation> dropKey(Scene scene, Piece piece, List<Note> notes) {
        return KeyPartOperations.of(scene, piece)
                .map(KeyPartOperations::drop)
                .orElseGet(() -> List.of(
                        AttachedIndexes.isPart(scene, piece, false)
                                ? AttachedIndexes.drop(scene, piece, notes)
                                : scene.drop(piece)));
    }

    private static List<Operation> createKey(Scene scene, Piece piece) {
        Key key = (Key) piece.model();
        boolean temporal = key.isTemporal();
        if (!scene.gentle(piece.relation()) || temporal) {
            return List.of(scene.create(piece));
        }
        boolean primary = piece.object().kind().equals("primary key");
        Name index = Name.relation(key.name());
        Effect effect = scene.creating(piece);
        Set<Name> buildUses = new HashSet<>(effect.uses());
        buildUses.removeIf(name -> name.kind() == Name.Kind.NOT_NULL);
        Set<Name> uses = new HashSet<>(effect.uses());
        uses.add(index);
        return List.of(
                Operation.of(
                                Rank.BUILD_INDEX,
                                piece.object().part("index"),
                                piece.relation(),
                                List.of(IndexSql.create(piece.relation(), IndexSql.of(key), true)),
                                List.of(ONLY_HERE, "DROP INDEX CONCURRENTLY IF EXISTS " + SqlText.name(key.name())),
                                new Effect(Set.of(index), Set.of(), buildUses, Set.of()))
                        .onItsOwn(),
                Operation.on(
                        piece,
                        Rank.FINISH,
                        List.of(SqlText.alter(piece.relation()) + "ADD " + ConstraintSql.keyOverIndex(key, primary)),
                        piece.drop(),
                        new Effect(effect.creates(), Set.of(), uses, Set.of())));
    }

    static List<Operation> createChecked(Scene scene, Piece piece) {
        boolean check = piece.model() instanceof Check;
        boolean careful = check ? scene.filled(piece.relation()) : scene.gentle(piece.relation());
        if (!careful || enforcement(piece) != Enforcement.VALID) {
            return List.of(scene.create(piece));
        }
        Operation add = Operation.on(
                piece,
                piece.kind().creation,
                List.of(piece.create().get(0) + ConstraintSql.NOT_VALID),
                piece.drop(),
                scene.creating(piece));
        Operation validate = Operation.of(
                        Rank.VALIDATE,
                        piece.object().part("validation"),
                        piece.relation(),
                        List.of(validation(piece)),
                        List.of(),
                        Effect.NONE)
                .apartFrom(piece.object());
        return List.of(add, validate);
    }

    static Operation validate(Scene scene, Piece before, Piece after) {
        List<String> down = new ArrayList<>(before.drop());
        down.addAll(before.create());
        down.addAll(ObjectPieces.said(before.provides(), scene.goal().from()));
        return Operation.on(after, Rank.VALIDATE, List.of(validation(after)), down, scene.changing(before, after));
    }

    private static Enforcement enforcement(Piece piece) {
        return piece.model() instanceof Check check ? check.enforcement() : ((ForeignKey) piece.model()).enforcement();
    }

    private static String validation(Piece piece) {
        String name = piece.model() instanceof Check check ? check.name() : ((ForeignKey) piece.model()).name();
        return SqlText.alter(piece.relation()) + "VALIDATE CONSTRAINT " + SqlText.name(name);
    }
}
