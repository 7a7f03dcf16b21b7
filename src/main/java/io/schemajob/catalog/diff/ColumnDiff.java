package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlNormalizer;
import io.schemajob.catalog.sql.TypeNames;
import java.util.ArrayList;
import java.util.List;

/** Compares the columns of a table; their order is not compared, as no statement that names its columns sees it. */
final class ColumnDiff {
    private final Table declared;
    private final Table live;
    private final Findings findings;

    ColumnDiff(Table declared, Table live, Findings findings) {
        this.declared = declared;
        this.live = live;
        this.findings = findings;
    }

    /** Reports all differences and returns the declared columns that are missing. */
    List<Column> compare() {
        List<Column> missing = new ArrayList<>();
        for (Column column : declared.columns()) {
            Column partner = live.column(column.name()).orElse(null);
            if (partner == null) {
                findings.missing(object(column), Describe.column(column));
                missing.add(column);
            } else {
                compare(column, partner);
            }
        }
        for (Column column : live.columns()) {
            if (declared.column(column.name()).isEmpty()) {
                extra(column);
            }
        }
        return missing;
    }

    /** A statement that does not know the column fails if the column must be supplied. */
    private void extra(Column column) {
        if (column.mustBeSupplied()) {
            findings.intruder(object(column), Describe.column(column));
        } else {
            findings.extra(object(column), Describe.column(column));
        }
    }

    private void compare(Column expected, Column found) {
        String object = object(expected);
        findings.same(object, "type", TypeNames.brief(expected.type()), TypeNames.brief(found.type()));
        findings.same(object, "nullability", nullability(expected), nullability(found));
        findings.same(
                object,
                "default",
                expected.defaultValue(),
                found.defaultValue(),
                SqlNormalizer.defaultValue(expected.defaultValue()),
                SqlNormalizer.defaultValue(found.defaultValue()));
        findings.same(object, "identity", identity(expected), identity(found));
        findings.same(
                object,
                "generation",
                generation(expected, false),
                generation(found, false),
                generation(expected, true),
                generation(found, true));
        findings.same(object, "collation", expected.collation(), found.collation());
        findings.comment(object, expected.comment(), found.comment());
    }

    private String object(Column column) {
        return "column " + declared.name() + "." + column.name();
    }

    private static String nullability(Column column) {
        return column.nullable() ? "null" : "not null";
    }

    private static String identity(Column column) {
        return column.identity() == null ? null : Describe.words(column.identity());
    }

    private static String generation(Column column, boolean canonical) {
        Column.Generated generated = column.generated();
        if (generated == null) {
            return null;
        }
        String expression = canonical ? SqlNormalizer.expression(generated.expression()) : generated.expression();
        return (generated.stored() ? "stored " : "virtual ") + expression;
    }
}
