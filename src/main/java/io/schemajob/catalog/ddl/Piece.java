package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import java.util.List;
import java.util.Set;

/**
 * A part of a schema that can be made and taken away on its own.
 *
 * @param kind what it is
 * @param object that it is, or a part of it
 * @param relation the table or view it is part of, or null
 * @param definition two pieces with equal ones need no statement
 * @param create statements that make it
 * @param drop statements that take it away
 * @param provides the names that it brings
 * @param text what it needs is mentioned here
 * @param needs what it needs besides
 * @param model the object itself
 */
record Piece(
        Kind kind,
        ObjectIdentity object,
        String relation,
        Object definition,
        List<String> create,
        List<String> drop,
        Set<Name> provides,
        String text,
        Set<Name> needs,
        Object model) {

    enum Kind {
        EXTENSION(Rank.EXTENSION, Rank.DROP_EXTENSION),
        TYPE(Rank.TYPE, Rank.DROP_TYPE),
        SEQUENCE(Rank.SEQUENCE, Rank.DROP_SEQUENCE),
        FUNCTION(Rank.FUNCTION, Rank.DROP_FUNCTION),
        TABLE(Rank.CREATE_TABLE, Rank.DROP_TABLE),
        COLUMN(Rank.ADD_COLUMN, Rank.DROP_COLUMN),
        DEFAULT(Rank.SET_DEFAULT, Rank.DROP_DEFAULT),
        OWNERSHIP(Rank.OWNERSHIP, Rank.DROP_OWNERSHIP),
        KEY(Rank.ADD_KEY, Rank.DROP_KEY),
        CHECK(Rank.ADD_CHECK, Rank.DROP_CHECK),
        EXCLUSION(Rank.ADD_KEY, Rank.DROP_KEY),
        INDEX(Rank.ADD_INDEX, Rank.DROP_INDEX),
        FOREIGN_KEY(Rank.ADD_FOREIGN_KEY, Rank.DROP_FOREIGN_KEY),
        VIEW(Rank.ADD_VIEW, Rank.DROP_VIEW),
        TRIGGER(Rank.ADD_TRIGGER, Rank.DROP_TRIGGER),
        COMMENT(Rank.COMMENT, Rank.DROP_COMMENT),
        /** Row security: while it is on, even the owner may not see the rows that keys are checked against. */
        PROTECTION(Rank.PROTECT, Rank.UNPROTECT),
        FOUNDATION(Rank.FOUNDATION, Rank.DROP_FOUNDATION),
        DEFINITION(Rank.DEFINITION, Rank.DROP_DEFINITION),
        SETTINGS(Rank.SETTINGS, Rank.RESET_SETTINGS),
        ATTACHED(Rank.ATTACH, Rank.DETACH);

        final Rank creation;
        final Rank removal;

        Kind(Rank creation, Rank removal) {
            this.creation = creation;
            this.removal = removal;
        }
    }

    static Piece of(Kind kind, ObjectIdentity object, String relation, Object model, List<String> create, String drop) {
        return new Piece(
                kind,
                object,
                relation,
                model,
                create,
                drop.isEmpty() ? List.of() : List.of(drop),
                Set.of(),
                String.join("\n", create),
                Set.of(),
                model);
    }

    Piece providing(Set<Name> names) {
        return new Piece(kind, object, relation, definition, create, drop, names, text, needs, model);
    }

    Piece needing(Set<Name> names) {
        return new Piece(kind, object, relation, definition, create, drop, provides, text, names, model);
    }

    Piece defined(Object by) {
        return new Piece(kind, object, relation, by, create, drop, provides, text, needs, model);
    }

    Piece createdBy(List<String> statements) {
        return new Piece(kind, object, relation, definition, statements, drop, provides, text, needs, model);
    }

    Piece droppedBy(String... statements) {
        return new Piece(kind, object, relation, definition, create, List.of(statements), provides, text, needs, model);
    }

    Piece mentioning(String words) {
        return new Piece(kind, object, relation, definition, create, drop, provides, words, needs, model);
    }
}
