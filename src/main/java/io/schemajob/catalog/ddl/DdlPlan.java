package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.Comments;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.Inheritance;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

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
     * @param declared in the words of the live schema where both mean the same: see {@code LiveWording}
     * @param strict whether what is not declared is drift, and so has to go
     * @param differences what a comparison found: whatever of it no operation and no note is about becomes a note
     */
    public static DdlPlan of(Schema declared, Schema live, boolean strict, Facts facts, List<Difference> differences) {
        Goal goal = new Input(null, declared, live, strict, facts, differences).goal();
        Scene scene = Scene.of(goal, facts);
        Operations work = new Operations(scene);
        work.collect();
        List<Operation> all = new ArrayList<>(goal.renames());
        all.addAll(work.operations());
        List<Note> notes = new ArrayList<>(goal.notes());
        notes.addAll(work.notes());
        all = Renames.suspect(all, scene, notes);
        all = Held.back(all, scene, notes);
        WordLists words = new WordLists(goal.from(), goal.to());
        all = all.stream().map(words::restored).toList();
        List<List<Operation>> scripts = FunctionBodies.unchecked(Cut.scripts(Order.sort(all)));
        notes.addAll(uncovered(all, notes, differences));
        return new DdlPlan(scripts, List.copyOf(notes), facts);
    }

    /**
     * A schema that is to be led somewhere.
     *
     * @param name of the schema
     * @param strict whether what is not declared has to go
     * @param differences what a comparison found there
     */
    public record Input(
            String name, Schema declared, Schema live, boolean strict, Facts facts, List<Difference> differences) {
        Goal goal() {
            return Goal.of(
                    Comments.explicit(Inheritance.planned(declared, live, strict)), Inheritance.live(live), strict);
        }
    }

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
        List<Note> notes = new ArrayList<>(joint.notes());
        List<Difference> differences =
                inputs.stream().flatMap(input -> input.differences().stream()).toList();
        notes.addAll(uncovered(all, notes, differences));
        List<List<Operation>> scripts = FunctionBodies.unchecked(Cut.scripts(Order.sort(all))).stream()
                .map(paths::in)
                .toList();
        return new DdlPlan(scripts, List.copyOf(notes), joint.facts());
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return scripts.isEmpty() && notes.stream().noneMatch(Note::open);
    }

    /** Whether a verification will still find drift when the scripts have run. */
    public boolean leavesDrift() {
        return notes.stream().anyMatch(Note::open);
    }

    /** Nothing is left out in silence, not even what this planner does not know of. */
    private static List<Note> uncovered(List<Operation> all, List<Note> notes, List<Difference> differences) {
        Set<ObjectIdentity> covered = new HashSet<>();
        Set<ObjectIdentity> owners = new HashSet<>();
        all.forEach(operation -> covered.add(operation.object().whole()));
        all.forEach(operation -> owners.add(operation.object()));
        notes.forEach(note -> owners.add(note.object().whole().owned().part("owner")));
        notes.forEach(note -> covered.add(note.object().whole()));
        Map<ObjectIdentity, List<Difference>> open = new LinkedHashMap<>();
        for (Difference difference : differences) {
            boolean told = difference.aspect().equals("owner")
                    ? owners.contains(difference.object().owned().part("owner"))
                    : covered.contains(difference.object())
                            || covered.contains(difference.object().container());
            if (difference.isDrift() && !told) {
                open.computeIfAbsent(difference.object(), object -> new ArrayList<>())
                        .add(difference);
            }
        }
        return open.values().stream()
                .map(found -> new Note(
                        found.get(0).object(),
                        "No statement is written for this: "
                                + found.stream()
                                        .map(difference -> "%s, expected %s, found %s"
                                                .formatted(
                                                        difference.aspect(), difference.expected(), difference.found()))
                                        .collect(Collectors.joining("; "))
                                + ".",
                        List.of(),
                        true))
                .sorted(Comparator.comparing(note -> note.object().toString()))
                .toList();
    }
}
