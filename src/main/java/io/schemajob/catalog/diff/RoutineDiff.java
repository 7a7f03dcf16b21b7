package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.sql.SqlTokens;

/** Compares one function or procedure that both sides have. */
final class RoutineDiff {
    private RoutineDiff() {}

    static void compare(Routine declared, Routine live, Findings findings) {
        ObjectIdentity object = object(declared);
        findings.owner(object, live.owner());
        findings.same(object, "kind", declared.kind(), live.kind());
        findings.same(object, "arguments", declared.arguments(), live.arguments());
        findings.same(object, "result", declared.result(), live.result());
        findings.same(object, "language", declared.language(), live.language());
        findings.same(object, "volatility", Describe.words(declared.volatility()), Describe.words(live.volatility()));
        findings.same(object, "strictness", strictness(declared), strictness(live));
        findings.same(object, "security", security(declared), security(live));
        findings.same(object, "leakproof", declared.leakproof(), live.leakproof());
        findings.same(object, "parallel", Describe.words(declared.parallel()), Describe.words(live.parallel()));
        findings.same(
                object,
                "settings",
                declared.configuration().stream().sorted().toList(),
                live.configuration().stream().sorted().toList());
        if (!body(declared).equals(body(live))) {
            findings.drift(object, "body", new CodeText(declared.body()), new CodeText(live.body()));
        }
        findings.comment(object, declared.comment(), live.comment());
    }

    static ObjectIdentity object(Routine routine) {
        return ObjectIdentity.of(routine.kind(), routine.signature());
    }

    private static String body(Routine routine) {
        return routine.sqlBody() ? routine.body() : SqlTokens.body(routine.body());
    }

    private static String strictness(Routine routine) {
        return routine.strict() ? "strict" : "called on null input";
    }

    private static String security(Routine routine) {
        return routine.securityDefiner() ? "definer" : "invoker";
    }
}
