package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.SchemaComparison;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The way from a live schema to the declared one.
 *
 * @param scripts operations in order; each list is a script
 * @param notes what is left to a person
 * @param facts that it was made for
 */
public record DdlPlan(List<List<Operation>> scripts, List<Note> notes, Facts facts) {
    /**
     * Plans the way.
     *
     * @param comparison what was found; whatever of it no operation and no note is about becomes a note
     * @param strict whether what is not declared has to go
     */
    public static DdlPlan of(SchemaComparison comparison, boolean strict, Facts facts) {
        return of(new Input(null, comparison, Map.of(), strict, facts));
    }

    /** The same for the only schema there is. */
    public static DdlPlan of(Input input) {
        SchemaPlan plan = SchemaPlan.of(List.of(input)).get(0);
        return new DdlPlan(
                FunctionBodies.unchecked(Cut.scripts(Order.sort(plan.operations()))),
                List.copyOf(plan.notes()),
                input.facts());
    }

    /**
     * A schema that is to be led somewhere.
     *
     * @param name of the schema, or null where it is the only one
     * @param comparison what was found there
     * @param sequences declared names by those that there are, where {@code comparison} has the declared ones already
     * @param strict whether what is not declared has to go
     */
    public record Input(
            String name, SchemaComparison comparison, Map<String, String> sequences, boolean strict, Facts facts) {}

    /**
     * The same for several schemas in one way.
     *
     * @param inputs the main schema first
     * @param missing those of them that are to be created
     * @param behind schemas that stand on every search path
     */
    public static DdlPlan of(List<Input> inputs, Set<String> missing, List<String> behind) {
        List<SchemaPlan> plans = SchemaPlan.of(inputs);
        SearchPaths paths = new SearchPaths(inputs.get(0).name(), behind);
        JointPlan joint = new JointPlan(plans, paths);
        List<Operation> all = joint.operations(missing);
        List<List<Operation>> scripts = FunctionBodies.unchecked(Cut.scripts(Order.sort(all))).stream()
                .map(paths::in)
                .toList();
        return new DdlPlan(scripts, List.copyOf(joint.notes()), joint.facts());
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return scripts.isEmpty() && notes.stream().noneMatch(Note::open);
    }

    /** Whether a verification will still find drift when the scripts have run. */
    public boolean leavesDrift() {
        return notes.stream().anyMatch(Note::open);
    }
}
