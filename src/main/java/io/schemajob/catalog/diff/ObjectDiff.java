package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.ObjectChange;
import io.schemajob.catalog.kind.ObjectComparison;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import java.util.stream.Collectors;

/** Words for the typed changes of the described kinds. */
final class ObjectDiff {
    private ObjectDiff() {}

    static void compare(Schema declared, Schema live, Findings findings) {
        for (ObjectChange change : new ObjectComparison(declared, live).changes()) {
            ObjectKind kind = change.kind();
            if (change instanceof ObjectChange.Missing missing) {
                (missing.alone() ? findings : findings.silent())
                        .add(Difference.missing(
                                kind.object(missing.expected()),
                                describe(missing.expected()),
                                withoutRole(missing.expected(), kind, live),
                                severity(kind, declared)));
            } else if (change instanceof ObjectChange.Extra extra) {
                extra(kind, extra.found(), declared, extra.alone() ? findings : findings.silent());
            } else if (change instanceof ObjectChange.Changed changed) {
                changed.aspects().forEach(aspect -> changed(changed, aspect, declared, live, findings));
            } else if (change instanceof ObjectChange.Tuned tuned) {
                tuned.aspects()
                        .forEach(aspect -> findings.tuned(
                                kind.object(tuned.found()),
                                aspect.label(),
                                tuned.found().values().get(aspect.key())));
            }
        }
    }

    private static void extra(ObjectKind kind, SchemaObject found, Schema declared, Findings findings) {
        ObjectIdentity object = kind.object(found);
        switch (kind.undeclared(found, declared.objects())) {
            case DRIFT -> findings.intruder(object, describe(found));
            case STRICT_DRIFT -> findings.extra(object, describe(found));
            default -> findings.add(Difference.extra(object, describe(found), Severity.WARNING));
        }
    }

    private static void changed(
            ObjectChange.Changed change, Aspect aspect, Schema declared, Schema live, Findings findings) {
        findings.add(new Difference(
                Change.CHANGED,
                change.kind().object(change.expected()),
                aspect.label(),
                change.expected().values().get(aspect.key()),
                change.found().values().get(aspect.key()),
                withoutRole(change.expected(), change.kind(), live),
                severity(change.kind(), declared)));
    }

    private static Severity severity(ObjectKind kind, Schema declared) {
        return kind.harmless(declared.objects().coverage()) ? Severity.WARNING : Severity.DRIFT;
    }

    private static String withoutRole(SchemaObject expected, ObjectKind kind, Schema live) {
        return kind.roles(expected).stream()
                .filter(live.objects().server()::lacks)
                .findFirst()
                .map(role -> "there is no role " + role)
                .orElse(null);
    }

    /** The first aspect that says something, or that it is there. */
    private static String describe(SchemaObject object) {
        String text = object.values().entrySet().stream()
                .map(value -> value.getKey().replace('_', ' ') + " " + Describe.value(value.getValue()))
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? "present" : text;
    }
}
