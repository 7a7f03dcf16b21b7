package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Table;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What all who make operations look at. */
record Scene(
        Goal goal,
        Map<ObjectIdentity, Piece> old,
        Map<ObjectIdentity, Piece> wanted,
        Set<ObjectIdentity> replaced,
        Universe universe,
        Facts facts) {

    static Scene of(Goal goal, Facts facts) {
        Map<ObjectIdentity, Piece> old = Pieces.of(goal.from(), goal.to(), goal.open());
        Map<ObjectIdentity, Piece> wanted = Pieces.of(goal.to(), goal.from(), goal.open());
        Universe universe = new Universe(old, wanted, goal.left());
        return new Scene(goal, old, wanted, Disturbance.replaced(old, wanted, universe), universe, facts);
    }

    /** Whether a relation that stays may have rows that others work with. */
    boolean filled(String relation) {
        boolean stays =
                goal.from().tables().containsKey(relation) && goal.to().tables().containsKey(relation)
                        || goal.to().views().containsKey(relation)
                                && !replaced.contains(ObjectIdentity.of("materialized view", relation))
                                && goal.from().views().containsKey(relation);
        return relation != null && stays && facts.filled(relation);
    }

    /** Whether indexes can be built, and constraints be added, step by step: not on partitioned tables. */
    boolean gentle(String relation) {
        Table table = goal.from().tables().get(relation);
        return filled(relation) && (table == null || table.partitionBy() == null);
    }

    Effect creating(Piece piece) {
        return new Effect(
                piece.provides(), Set.of(), universe.needs(piece), Set.of(), universe.inBody(piece), Set.of());
    }

    Effect dropping(Piece piece) {
        return new Effect(
                Set.of(), piece.provides(), Set.of(), universe.needs(piece), Set.of(), universe.inBody(piece));
    }

    Effect changing(Piece before, Piece after) {
        return new Effect(
                Set.of(),
                Set.of(),
                universe.needs(after),
                universe.needs(before),
                universe.inBody(after),
                universe.inBody(before));
    }

    Operation create(Piece piece) {
        List<String> down = piece.drop();
        return Operation.on(piece, piece.kind().creation, piece.create(), down, creating(piece));
    }

    Operation drop(Piece piece) {
        return Operation.on(piece, piece.kind().removal, piece.drop(), piece.create(), dropping(piece));
    }
}
