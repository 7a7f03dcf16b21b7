package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.sql.SqlTokens;
import java.util.List;

/** Compares one function or procedure that both sides have. */
final class RoutineDiff {
    /** The level of declarations that say what library and transforms a function has. */
    private static final int LIBRARY_SINCE = 5;

    private RoutineDiff() {}

    static void compare(Routine declared, Routine live, Findings findings) {
        ObjectIdentity object = declared.identity();
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
        List<String> expected = declared.configuration().stream().sorted().toList();
        List<String> found = live.configuration().stream().sorted().toList();
        findings.same(object, "settings", expected, found);
        if (expected.equals(found) && exactly(declared.configuration(), live.configuration(), findings)) {
            findings.silent().drift(object, "settings", declared.configuration(), live.configuration());
        }
        boolean sameBody =
                declared.sqlBody() == live.sqlBody() && body(declared).equals(body(live));
        if (!sameBody || !declared.sqlBody() && exactly(declared.body(), live.body(), findings)) {
            (sameBody ? findings.silent() : findings)
                    .drift(object, "body", new CodeText(declared.body()), new CodeText(live.body()));
        }
        if (findings.knows(LIBRARY_SINCE) || declared.library() != null) {
            findings.same(object, "library", declared.library(), live.library());
        }
        if (findings.knows(LIBRARY_SINCE) || !declared.transforms().isEmpty()) {
            findings.same(object, "transforms", declared.transforms(), live.transforms());
        }
        findings.comment(Comments.ROUTINE, object, declared.comment(), live.comment());
    }

    /** Whether an exact declaration says something else, though to verify it is the same. */
    private static boolean exactly(Object declared, Object live, Findings findings) {
        return findings.exact() && !declared.equals(live);
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
