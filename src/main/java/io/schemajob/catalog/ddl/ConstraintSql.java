package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Deferral;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.ReferentialAction;
import io.schemajob.catalog.sql.SqlText;
import java.util.function.Predicate;

/** Constraints as they stand in {@code CREATE TABLE} or behind {@code ADD}. */
final class ConstraintSql {
    static final String NOT_VALID = " NOT VALID";

    private ConstraintSql() {}

    /** What stands behind a constraint that is added. */
    static String state(Enforcement enforcement) {
        return switch (enforcement) {
            case VALID -> "";
            case NOT_VALID -> NOT_VALID;
            case NOT_ENFORCED -> " NOT ENFORCED";
        };
    }

    static String key(Key key, boolean primary) {
        return named(key.name())
                + (primary ? "PRIMARY KEY " : "UNIQUE ")
                + (key.nullsNotDistinct() ? "NULLS NOT DISTINCT " : "")
                + SqlText.columns(key.columns())
                + (key.include().isEmpty() ? "" : " INCLUDE " + SqlText.columns(key.include()))
                + deferral(key.deferral());
    }

    /** The key that takes over an index of its own name. */
    static String keyOverIndex(Key key, boolean primary) {
        return named(key.name()) + (primary ? "PRIMARY KEY" : "UNIQUE") + " USING INDEX " + SqlText.name(key.name())
                + deferral(key.deferral());
    }

    static String check(Check check) {
        return named(check.name()) + "CHECK (" + check.expression() + ")" + (check.noInherit() ? " NO INHERIT" : "");
    }

    static String exclusion(Exclusion exclusion) {
        return named(exclusion.name()) + exclusion.definition();
    }

    /** @param own whether a table of this schema has this name */
    static String foreignKey(ForeignKey key, Predicate<String> own) {
        return named(key.name()) + "FOREIGN KEY " + SqlText.columns(key.columns()) + " REFERENCES "
                + SqlText.qualified(key.table(), own) + " " + SqlText.columns(key.references())
                + (key.matchFull() ? " MATCH FULL" : "")
                + action(" ON DELETE ", key.onDelete())
                + (key.onDeleteColumns().isEmpty() ? "" : " " + SqlText.columns(key.onDeleteColumns()))
                + action(" ON UPDATE ", key.onUpdate())
                + deferral(key.deferral());
    }

    static String deferral(Deferral deferral) {
        return switch (deferral) {
            case NOT_DEFERRABLE -> "";
            case INITIALLY_IMMEDIATE -> " DEFERRABLE";
            case INITIALLY_DEFERRED -> " DEFERRABLE INITIALLY DEFERRED";
        };
    }

    private static String action(String words, ReferentialAction action) {
        return action == ReferentialAction.NO_ACTION ? "" : words + action.sql();
    }

    private static String named(String name) {
        return "CONSTRAINT " + SqlText.name(name) + " ";
    }
}
