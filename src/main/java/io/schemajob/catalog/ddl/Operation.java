package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One step on the way from the live schema to the declared one, and back.
 *
 * @param rank where it stands if nothing forces it elsewhere
 * @param object what it is about
 * @param relation the table or view that it changes, or null
 * @param up statements of the way there, without semicolons
 * @param down statements of the way back; what {@code up} has done is undone by these
 * @param alone whether its statement cannot run in a transaction
 * @param apartFrom the object of an earlier operation with which it must not share a script, or null
 * @param remark what a reader of the script should know, or null
 * @param commented whether it is written as a comment, for a person to decide
 * @param effect what it makes and takes away
 */
public record Operation(
        Rank rank,
        ObjectIdentity object,
        String relation,
        List<String> up,
        List<String> down,
        boolean alone,
        ObjectIdentity apartFrom,
        String remark,
        boolean commented,
        Effect effect) {

    /**
     * What decides about the order.
     *
     * @param creates names that are there afterwards and were not before
     * @param drops names that were there before
     * @param uses names that must be there
     * @param releases names that may go only afterwards
     * @param inBody names in the body of a function that is made, which PostgreSQL resolves only if it checks the body
     * @param inOldBody the same of one that goes, and comes back on the way back
     */
    public record Effect(
            Set<Name> creates,
            Set<Name> drops,
            Set<Name> uses,
            Set<Name> releases,
            Set<Name> inBody,
            Set<Name> inOldBody) {
        static final Effect NONE = new Effect(Set.of(), Set.of(), Set.of(), Set.of());

        Effect(Set<Name> creates, Set<Name> drops, Set<Name> uses, Set<Name> releases) {
            this(creates, drops, uses, releases, Set.of(), Set.of());
        }

        /** The same where what changes has a name on one of the sides alone. */
        Effect alike() {
            Set<Name> both = union(creates, drops);
            return new Effect(both, both, uses, releases, inBody, inOldBody);
        }

        private static Set<Name> union(Set<Name> names, Set<Name> more) {
            Set<Name> all = new HashSet<>(names);
            all.addAll(more);
            return all;
        }

        private static Set<Name> without(Set<Name> names, Name name) {
            return names.stream().filter(other -> !other.equals(name)).collect(Collectors.toSet());
        }
    }

    static Operation of(
            Rank rank, ObjectIdentity object, String relation, List<String> up, List<String> down, Effect effect) {
        return new Operation(rank, object, relation, up, down, false, null, null, false, effect);
    }

    /** About an object, and what it is part of. */
    static Operation on(Piece piece, Rank rank, List<String> up, List<String> down, Effect effect) {
        return of(rank, piece.object(), piece.relation(), up, down, effect);
    }

    /** The same with other statements. */
    Operation with(List<String> ups, List<String> downs) {
        return new Operation(rank, object, relation, ups, downs, alone, apartFrom, remark, commented, effect);
    }

    /** The same that brings or takes away these names too. */
    Operation alsoAbout(Set<Name> names) {
        return effect.creates().isEmpty()
                ? with(new Effect(
                        effect.creates(),
                        Effect.union(effect.drops(), names),
                        effect.uses(),
                        effect.releases(),
                        effect.inBody(),
                        effect.inOldBody()))
                : with(new Effect(
                        Effect.union(effect.creates(), names),
                        effect.drops(),
                        effect.uses(),
                        effect.releases(),
                        effect.inBody(),
                        effect.inOldBody()));
    }

    /** The same that takes away these names, and brings those. */
    Operation alsoAbout(Set<Name> gone, Set<Name> come) {
        return with(new Effect(
                Effect.union(effect.creates(), come),
                Effect.union(effect.drops(), gone),
                effect.uses(),
                effect.releases(),
                effect.inBody(),
                effect.inOldBody()));
    }

    /** The same where it does not matter whether this is there. */
    Operation notAfter(Name name) {
        return with(new Effect(
                effect.creates(),
                effect.drops(),
                Effect.without(effect.uses(), name),
                Effect.without(effect.releases(), name),
                effect.inBody(),
                effect.inOldBody()));
    }

    private Operation with(Effect other) {
        return new Operation(rank, object, relation, up, down, alone, apartFrom, remark, commented, other);
    }

    Operation onItsOwn() {
        return new Operation(rank, object, relation, up, down, true, apartFrom, remark, commented, effect);
    }

    Operation apartFrom(ObjectIdentity other) {
        return new Operation(rank, object, relation, up, down, alone, other, remark, commented, effect);
    }

    Operation remark(String text) {
        return new Operation(rank, object, relation, up, down, alone, apartFrom, text, commented, effect);
    }

    Operation asComment(String why) {
        return new Operation(rank, object, relation, up, down, alone, apartFrom, why, true, effect);
    }
}
