package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.ObjectIdentity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells PostgreSQL not to look at the bodies of functions in a script that makes what they mention as well: a function that
 * calls a later one, or whose variable has the type of a later table's row, is right once everything is there. Elsewhere
 * the bodies are checked.
 */
final class FunctionBodies {
    private static final List<String> UNCHECKED = List.of("SET LOCAL check_function_bodies = off");

    private FunctionBodies() {}

    static List<List<Operation>> unchecked(List<List<Operation>> scripts) {
        Set<Name> made = new HashSet<>();
        Set<Name> dropped = new HashSet<>();
        scripts.forEach(script -> script.forEach(operation -> {
            made.addAll(operation.effect().creates());
            dropped.addAll(operation.effect().drops());
        }));
        return scripts.stream().map(script -> unchecked(script, made, dropped)).toList();
    }

    /** The way back runs backwards, so that its first statement is the last one here. */
    private static List<Operation> unchecked(List<Operation> script, Set<Name> made, Set<Name> dropped) {
        List<Operation> whole = new ArrayList<>(script);
        if (script.stream().anyMatch(operation -> mentions(operation.effect().inBody(), made))) {
            whole.add(0, operation(UNCHECKED, List.of()));
        }
        if (script.stream().anyMatch(operation -> mentions(operation.effect().inOldBody(), dropped))) {
            whole.add(operation(List.of(), UNCHECKED));
        }
        return List.copyOf(whole);
    }

    private static boolean mentions(Set<Name> body, Set<Name> names) {
        return body.stream().anyMatch(names::contains);
    }

    private static Operation operation(List<String> up, List<String> down) {
        ObjectIdentity all = ObjectIdentity.worded("function", "bodies of functions");
        return Operation.of(Rank.FUNCTION, all, null, up, down, Effect.NONE);
    }
}
