package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Composite;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.UserType.Enumeration;
import io.schemajob.catalog.sql.TypeNames;
import java.util.List;

/** Compares a type or a sequence that both sides have. */
final class TypeDiff {
    private TypeDiff() {}

    static void compare(UserType declared, UserType live, Findings findings) {
        ObjectIdentity object = declared.identity();
        findings.owner(object, live.owner());
        findings.comment(Comments.TYPE, object, declared.comment(), live.comment());
        if (declared instanceof Enumeration a && live instanceof Enumeration b) {
            findings.same(object, "values", a.values(), b.values());
        } else if (declared instanceof Composite a && live instanceof Composite b) {
            findings.same(object, "attributes", attributes(a), attributes(b));
            comments(a, b, findings);
        } else if (declared instanceof Domain a && live instanceof Domain b) {
            domain(object, a, b, findings);
        } else {
            findings.same(object, "kind", declared.kind(), live.kind());
        }
    }

    private static void comments(Composite declared, Composite live, Findings findings) {
        for (Column attribute : declared.attributes()) {
            live.attributes().stream()
                    .filter(other -> other.name().equals(attribute.name()))
                    .forEach(other -> findings.comment(
                            Comments.ATTRIBUTE,
                            ObjectIdentity.column(declared.name(), attribute.name()),
                            attribute.comment(),
                            other.comment()));
        }
    }

    private static List<String> attributes(Composite type) {
        return type.attributes().stream()
                .map((Column column) -> column.name() + " " + TypeNames.brief(column.type())
                        + (column.collation() == null ? "" : " collate " + column.collation()))
                .toList();
    }

    private static void domain(ObjectIdentity object, Domain declared, Domain live, Findings findings) {
        findings.same(object, "type", TypeNames.brief(declared.type()), TypeNames.brief(live.type()));
        findings.same(
                object,
                "nullability",
                declared.nullable() ? "null" : "not null",
                live.nullable() ? "null" : "not null");
        findings.same(object, "default", declared.defaultValue(), live.defaultValue());
        findings.same(object, "collation", declared.collation(), live.collation());
        new ConstraintDiff<Check>(
                        name -> ObjectIdentity.domainCheck(declared.name(), name),
                        Check::name,
                        check -> check.named(null),
                        Describe::check,
                        check -> false)
                .compare(declared.checks(), live.checks(), findings);
    }

    static void compare(Sequence declared, Sequence live, Findings findings) {
        ObjectIdentity object = declared.identity();
        findings.owner(object, live.owner());
        findings.same(object, "type", declared.type(), live.type());
        findings.same(object, "start", declared.start(), live.start());
        findings.same(object, "increment", declared.increment(), live.increment());
        findings.same(object, "minimum", declared.minimum(), live.minimum());
        findings.same(object, "maximum", declared.maximum(), live.maximum());
        findings.same(object, "cache", declared.cache(), live.cache());
        findings.same(object, "cycle", declared.cycle(), live.cycle());
        findings.same(object, "owned by", declared.ownedBy(), live.ownedBy());
        findings.comment(Comments.SEQUENCE, object, declared.comment(), live.comment());
    }
}
