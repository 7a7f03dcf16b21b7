package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.kind.KeptAccess;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.View;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What all who make operations look at.
 *
 * @param newElsewhere tables that other schemas of the plan are to get
 */
record Scene(
        Goal goal,
        Map<ObjectIdentity, Piece> old,
        Map<ObjectIdentity, Piece> wanted,
        Set<ObjectIdentity> replaced,
        Universe universe,
        Facts facts,
        KeptAccess access,
        Map<String, List<Table>> children,
        Map<ObjectIdentity, Table> newElsewhere) {

    /** Owner and privileges that no piece brings back when this one is made: those that are declared are pieces. */
    List<String> access(Piece piece) {
        if (goal.to().objects().coverage().privileges()) {
            return List.of();
        }
        if (piece.model() instanceof View view) {
            Set<String> columns = view.columns().stream().map(Column::name).collect(Collectors.toSet());
            return access.ofRelation(piece.object().kind(), view.name(), columns::contains);
        }
        if (piece.object().part() != null) {
            return List.of();
        }
        return piece.object().kind().equals("foreign table")
                ? access.ofRelation("foreign table", piece.object().name(), column -> true)
                : access.of(piece.object());
    }

    /** Owners and privileges on one of the two sides, declared or not. */
    KeptAccess accessOn(Schema side) {
        return goal.to().objects().coverage().privileges() ? KeptAccess.of(side, goal.from()) : access;
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
                withChildren(piece.provides()),
                Set.of(),
                universe.needs(piece),
                Set.of(),
                universe.inBody(piece),
                Set.of());
    }

    Effect dropping(Piece piece) {
        return new Effect(Set.of(), released(piece), Set.of(), universe.needs(piece), Set.of(), universe.inBody(piece));
    }

    /** The names of its indexes are free only when the table or view is gone. */
    private Set<Name> released(Piece piece) {
        List<Index> indexes =
                switch (piece.kind()) {
                    case TABLE -> ((Table) piece.model()).indexes();
                    case VIEW -> ((View) piece.model()).indexes();
                    default -> List.of();
                };
        Set<Name> names = withChildren(piece.provides());
        indexes.forEach(index -> names.add(Name.relation(index.name())));
        return names;
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

    /** For what stands on it as if it were made anew. */
    Effect reshaping(Piece before, Piece after) {
        return new Effect(
                withChildren(after.provides()),
                withChildren(before.provides()),
                universe.needs(after),
                universe.needs(before));
    }

    /** A column comes, changes and goes in all tables that inherit it. */
    Set<Name> withChildren(Set<Name> provided) {
        Set<Name> names = new HashSet<>(provided);
        provided.stream().filter(name -> name.kind() == Name.Kind.COLUMN).forEach(name -> children.getOrDefault(
                        name.words().get(0), List.of())
                .forEach(child -> names.addAll(withChildren(
                        Set.of(Name.column(child.name(), name.words().get(1)))))));
        return names;
    }

    Operation create(Piece piece) {
        List<String> down = piece.drop();
        return Operation.on(piece, piece.kind().creation, piece.create(), down, creating(piece));
    }

    Operation drop(Piece piece) {
        return Operation.on(piece, piece.kind().removal, piece.drop(), piece.create(), dropping(piece));
    }
}
