package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.ExtensionDependencyKind;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import java.util.ArrayList;
import java.util.List;

/** Functions that change in place, with what that resets. */
final class FunctionReplacement {
    private final Scene scene;

    FunctionReplacement(Scene scene) {
        this.scene = scene;
    }

    /** {@code CREATE OR REPLACE} resets what {@code ALTER FUNCTION} has set, and that the function depends on extensions. */
    Operation operation(Piece before, Piece after) {
        boolean both = RoutineSql.replaces((Routine) after.model(), (Routine) before.model());
        List<String> up = statements((Routine) after.model(), scene.goal().to());
        return Operation.on(
                after,
                Rank.FUNCTION,
                up,
                both ? statements((Routine) before.model(), scene.goal().from()) : anew(after, before),
                both ? scene.changing(before, after) : scene.reshaping(before, after));
    }

    /** No replacement takes the default of an argument away; what stands on the function has made way for this. */
    private List<String> anew(Piece after, Piece before) {
        Routine routine = (Routine) before.model();
        List<String> statements = new ArrayList<>(after.drop());
        statements.addAll(statements(routine, scene.goal().from()));
        if (routine.comment() != null) {
            statements.addAll(Pieces.comment(routine).create());
        }
        statements.addAll(scene.accessOn(scene.goal().from()).of(before.object()));
        return statements;
    }

    static List<String> statements(Routine routine, Schema side) {
        List<String> statements = new ArrayList<>(List.of(RoutineSql.create(routine, true)));
        Kinds.ALL.stream()
                .map(kind -> side.objects().of(kind.noun()).get(List.of("functions", routine.signature())))
                .filter(object -> object != null)
                .forEach(object -> statements.addAll(Kinds.of(object.kind()).create(object)));
        side.objects().of(ExtensionDependencyKind.NOUN).values().stream()
                .filter(object -> ExtensionDependencyKind.isOf(object, routine))
                .forEach(object -> statements.addAll(Kinds.of(object.kind()).create(object)));
        return statements;
    }
}
