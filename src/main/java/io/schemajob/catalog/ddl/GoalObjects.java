package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Composite;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.UserType.Enumeration;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.SqlTokens;
import io.schemajob.catalog.sql.TypeNames;
import java.util.ArrayList;
import java.util.List;

/**
 * A declared object in the words of the live one where both mean the same.
 *
 * @param exact whether the file says everything, as one that {@code snapshot} wrote: then a comment that it does not mention
 *     goes, and white space at the ends of a function's body is meant as it stands; otherwise both are left open
 */
record GoalObjects(boolean exact) {

    View view(View declared, View live) {
        boolean same = declared.definition().equals(live.definition());
        return new View(
                declared.name(),
                declared.materialized(),
                declared.definition(),
                same ? columns(declared, live) : declared.columns(),
                declared.options(),
                GoalTable.indexes(declared.indexes(), live.indexes(), exact),
                GoalTable.triggers(declared.triggers(), live.triggers()),
                null,
                comment(declared.comment(), live.comment()));
    }

    private List<Column> columns(View declared, View live) {
        return live.columns().stream()
                .map(column -> declared.columns().stream()
                        .filter(other -> other.name().equals(column.name()))
                        .map(other -> column.withComment(comment(other.comment(), column.comment())))
                        .findFirst()
                        .orElse(column))
                .toList();
    }

    Routine routine(Routine declared, Routine live) {
        boolean same = declared.sqlBody() == live.sqlBody()
                && (!exact || declared.sqlBody() || declared.body().equals(live.body()))
                && body(declared).equals(body(live));
        return new Routine(
                declared.signature(),
                declared.name(),
                declared.procedure(),
                declared.arguments(),
                declared.result(),
                declared.language(),
                declared.volatility(),
                declared.strict(),
                declared.securityDefiner(),
                declared.leakproof(),
                declared.parallel(),
                sorted(declared).equals(sorted(live)) && !exact ? live.configuration() : declared.configuration(),
                same ? live.body() : declared.body(),
                declared.sqlBody(),
                null,
                comment(declared.comment(), live.comment()));
    }

    private static List<String> sorted(Routine routine) {
        return routine.configuration().stream().sorted().toList();
    }

    private static String body(Routine routine) {
        return routine.sqlBody() ? routine.body() : SqlTokens.body(routine.body());
    }

    Sequence sequence(Sequence declared, Sequence live) {
        return new Sequence(
                declared.name(),
                declared.type(),
                declared.start(),
                declared.increment(),
                declared.minimum(),
                declared.maximum(),
                declared.cache(),
                declared.cycle(),
                declared.ownedBy(),
                null,
                comment(declared.comment(), live.comment()));
    }

    UserType type(UserType declared, UserType live) {
        String comment = comment(declared.comment(), live.comment());
        if (declared instanceof Enumeration type) {
            return new Enumeration(type.name(), type.values(), null, comment);
        } else if (declared instanceof Composite type) {
            return new Composite(type.name(), attributes(type, live), null, comment);
        }
        Domain type = (Domain) declared;
        Domain found = live instanceof Domain domain ? domain : type;
        List<Check> checks = GoalTable.checks(type.checks(), found.checks());
        return new Domain(
                type.name(),
                sameType(type.type(), found.type()) ? found.type() : type.type(),
                type.nullable(),
                type.defaultValue(),
                type.collation(),
                checks,
                null,
                comment);
    }

    /** What of a type statements change: neither its owner nor its comment. */
    static UserType anonymous(UserType type) {
        if (type instanceof Composite composite) {
            List<Column> attributes = composite.attributes().stream()
                    .map(a -> new Column(a.name(), a.type(), true, null, null, null, a.collation(), null))
                    .toList();
            return new Composite(composite.name(), attributes, null, null);
        }
        return type.with(null, null);
    }

    private List<Column> attributes(Composite declared, UserType live) {
        List<Column> attributes = new ArrayList<>();
        for (Column attribute : declared.attributes()) {
            Column found = live instanceof Composite composite
                    ? composite.attributes().stream()
                            .filter(other -> other.name().equals(attribute.name()))
                            .findFirst()
                            .orElse(attribute)
                    : attribute;
            attributes.add(column(attribute, found));
        }
        return attributes;
    }

    /** The column with the live words wherever they mean the same. */
    Column column(Column declared, Column live) {
        return new Column(
                declared.name(),
                sameType(declared.type(), live.type()) ? live.type() : declared.type(),
                declared.nullable(),
                declared.defaultValue(),
                declared.identity(),
                declared.generated(),
                declared.collation(),
                comment(declared.comment(), live.comment()));
    }

    private static boolean sameType(String declared, String live) {
        return TypeNames.brief(declared).equals(TypeNames.brief(live));
    }

    String comment(String declared, String live) {
        String stated = declared == null && !exact ? live : declared;
        return stated == null || stated.isEmpty() ? null : stated;
    }
}
