package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.kind.Aspect;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectComparison;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares the objects of the described kinds. */
record ObjectDiff(Schema declared, Schema live, ObjectComparison comparison, Findings findings) {

    static void compare(Schema declared, Schema live, Findings findings) {
        ObjectDiff diff = new ObjectDiff(declared, live, new ObjectComparison(declared, live), findings);
        Kinds.ALL.forEach(diff::compare);
    }

    private void compare(ObjectKind kind) {
        Map<List<String>, SchemaObject> expected = declared.objects().of(kind.noun());
        Map<List<String>, SchemaObject> found = live.objects().of(kind.noun());
        expected.forEach((path, object) -> declared(kind, object, found.get(path)));
        if (comparison.covered(kind)) {
            found.forEach((path, object) -> {
                if (!expected.containsKey(path) && !object.isElsewhere()) {
                    undeclared(kind, object);
                }
            });
        }
    }

    /** @param found null if there is none; then it may be so by default */
    private void declared(ObjectKind kind, SchemaObject object, SchemaObject found) {
        boolean alone = comparison.present(kind, object, live);
        SchemaObject partner =
                found == null && alone ? kind.implied(object, live).orElse(null) : found;
        if (partner == null) {
            (alone ? findings : findings.silent())
                    .add(Difference.missing(
                            kind.object(object), describe(object), withoutRole(object, kind), severity(kind)));
        } else if (alone) {
            changed(kind, object, partner);
        }
    }

    private void undeclared(ObjectKind kind, SchemaObject found) {
        boolean alone = comparison.present(kind, found, declared);
        SchemaObject assumed = alone ? kind.assumed(found, declared).orElse(null) : null;
        if (assumed != null) {
            changed(kind, assumed, found);
            return;
        }
        ObjectIdentity object = kind.object(found);
        Findings told = alone ? findings : findings.silent();
        switch (kind.undeclared(found, declared.objects())) {
            case DRIFT -> told.intruder(object, describe(found));
            case STRICT_DRIFT -> told.extra(object, describe(found));
            default -> told.add(Difference.extra(object, describe(found), Severity.WARNING));
        }
    }

    private void changed(ObjectKind kind, SchemaObject expected, SchemaObject found) {
        for (Aspect aspect : comparison.different(kind, expected, found)) {
            Object value = found.values().get(aspect.key());
            if (comparison.isOpen(kind, expected, aspect)) {
                findings.tuned(kind.object(found), aspect.label(), value);
            } else {
                findings.add(new Difference(
                        Change.CHANGED,
                        kind.object(expected),
                        aspect.label(),
                        expected.values().get(aspect.key()),
                        value,
                        withoutRole(expected, kind),
                        severity(kind, aspect)));
            }
        }
    }

    private Severity severity(ObjectKind kind) {
        return kind.harmless(declared.objects().coverage()) ? Severity.WARNING : Severity.DRIFT;
    }

    private Severity severity(ObjectKind kind, Aspect aspect) {
        if (kind.isName(aspect)) {
            return findings.ifStrict();
        }
        return kind.harmless(declared.objects().coverage(), aspect) ? Severity.WARNING : Severity.DRIFT;
    }

    private String withoutRole(SchemaObject expected, ObjectKind kind) {
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
