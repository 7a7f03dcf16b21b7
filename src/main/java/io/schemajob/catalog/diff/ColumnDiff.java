package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.BriefDefault;
import io.schemajob.catalog.sql.TypeNames;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Compares the columns of a table; their order is not compared, as no statement that names its columns sees it. */
final class ColumnDiff {
    private final Table declared;
    private final Table live;
    private final List<Parent> parents;
    private final Findings findings;

    /** A table whose columns these inherit, by partitioning or INHERITS, as both sides have it. */
    record Parent(Table declared, Table live) {}

    ColumnDiff(Table declared, Table live, List<Parent> parents, Findings findings) {
        this.declared = declared;
        this.live = live;
        this.parents = parents;
        this.findings = findings;
    }

    /** Reports all differences and returns the names of the declared columns that are missing. */
    Set<String> compare() {
        Set<String> missing = new TreeSet<>();
        for (Column column : declared.columns()) {
            Column partner = live.column(column.name()).orElse(null);
            if (partner == null) {
                missing.add(column.name());
            }
            Findings told = isInherited(column.name()) ? findings.silent() : findings;
            if (partner == null) {
                told.missing(object(column), Describe.column(column));
            } else {
                compare(column, partner, told);
            }
        }
        for (Column column : live.columns()) {
            if (declared.column(column.name()).isEmpty() && !isInherited(column.name())) {
                extra(column);
            }
        }
        return missing;
    }

    /** Whether both sides have (or lack) the column just as a parent does: what differs is told there. */
    private boolean isInherited(String name) {
        for (Parent parent : parents) {
            if (parent.declared().column(name).equals(declared.column(name))
                    && parent.live().column(name).equals(live.column(name))) {
                return true;
            }
        }
        return false;
    }

    /** A statement that does not know the column fails if the column must be supplied. */
    private void extra(Column column) {
        if (column.mustBeSupplied()) {
            findings.intruder(object(column), Describe.column(column));
        } else {
            findings.extra(object(column), Describe.column(column));
        }
    }

    private void compare(Column expected, Column found, Findings findings) {
        if (expected.equals(found)) {
            return;
        }
        ObjectIdentity object = object(expected);
        findings.same(object, "type", TypeNames.brief(expected.type()), TypeNames.brief(found.type()));
        findings.same(object, "nullability", nullability(expected), nullability(found));
        (isSameLiteral(expected, found) ? findings.silent() : findings)
                .same(object, "default", expected.defaultValue(), found.defaultValue());
        findings.same(object, "identity", identity(expected), identity(found));
        findings.same(
                object,
                "generation",
                expected.generated(),
                found.generated(),
                generated -> generated,
                Describe::generation);
        findings.same(object, "collation", expected.collation(), found.collation());
        findings.comment(Comments.COLUMN, object, expected.comment(), found.comment());
    }

    /** The same literal of another type: the type is told, and a plan says the default anew. */
    private static boolean isSameLiteral(Column expected, Column found) {
        return !TypeNames.brief(expected.type()).equals(TypeNames.brief(found.type()))
                && Objects.equals(
                        BriefDefault.literal(expected.defaultValue()), BriefDefault.literal(found.defaultValue()));
    }

    private ObjectIdentity object(Column column) {
        return ObjectIdentity.column(declared.name(), column.name());
    }

    private static String nullability(Column column) {
        return column.nullable() ? "null" : "not null";
    }

    private static String identity(Column column) {
        return column.identity() == null ? null : Describe.words(column.identity());
    }
}
