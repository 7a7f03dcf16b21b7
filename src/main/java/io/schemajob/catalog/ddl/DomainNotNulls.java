package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.ChosenName;
import io.schemajob.catalog.kind.DomainNotNullKind;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;

/**
 * The NOT NULL of a domain on its way from one name to another. Where a check of the domain has one of these names before or after it, it
 * moves together with the checks, by way of a third name.
 */
record DomainNotNulls(Schema from, Schema to) {
    boolean isMoving(String domain) {
        if (!(from.types().get(domain) instanceof Domain before) || !(to.types().get(domain) instanceof Domain after)) {
            return false;
        }
        String old = name(domain, from);
        String name = name(domain, to);
        return !before.nullable() && !after.nullable() && !old.equals(name) && (has(after, old) || has(before, name));
    }

    private static boolean has(Domain domain, String name) {
        return domain.checks().stream().map(Check::name).anyMatch(name::equals);
    }

    private static String name(String domain, Schema side) {
        String own = DomainNotNullKind.nameOf(domain, side.objects());
        return own == null ? ChosenName.of(domain, DomainNotNullKind.LABEL) : own;
    }

    /** Frees the name. */
    List<String> leaving(String domain) {
        return isMoving(domain) ? List.of(rename(domain, name(domain, from), between(domain))) : List.of();
    }

    /** Takes the other one. */
    List<String> arriving(String domain) {
        return isMoving(domain) ? List.of(rename(domain, between(domain), name(domain, to))) : List.of();
    }

    /** As a CREATE DOMAIN says it: a check may have the name that PostgreSQL would give. */
    static String words(String domain, Schema side) {
        String own = DomainNotNullKind.nameOf(domain, side.objects());
        return own == null ? "NOT NULL" : "CONSTRAINT " + SqlText.name(own) + " NOT NULL";
    }

    private static String between(String domain) {
        return ChosenName.of(domain, "moved_not_null");
    }

    private static String rename(String domain, String name, String other) {
        return "ALTER DOMAIN " + SqlText.name(domain) + " RENAME CONSTRAINT " + SqlText.name(name) + " TO "
                + SqlText.name(other);
    }
}
