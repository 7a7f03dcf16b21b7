package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.KeptAccess;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What has to be done in one schema; where there are several, with what they mind of each other. */
final class SchemaPlan {
    private final DdlPlan.Input input;
    private final Changes changes;
    private final Goal goal;
    private final Set<Name> leftElsewhere = new HashSet<>();
    private final Map<ObjectIdentity, Table> newElsewhere = new LinkedHashMap<>();
    private Map<ObjectIdentity, Piece> old;
    private Map<ObjectIdentity, Piece> wanted;
    private OtherNames others;
    private Universe universe;
    private List<Operation> operations;
    private List<Note> notes;

    private SchemaPlan(DdlPlan.Input input) {
        this.input = input;
        this.changes = new Changes(input.comparison().changes());
        this.goal = Goal.of(input.comparison(), changes, input.strict());
    }

    static List<SchemaPlan> of(List<DdlPlan.Input> inputs) {
        List<SchemaPlan> plans = inputs.stream().map(SchemaPlan::new).toList();
        plans.forEach(plan -> plan.takeApart(plans));
        plans.forEach(plan -> plan.look(plans));
        List<Set<ObjectIdentity>> replaced = Disturbance.replaced(plans.stream()
                .map(plan -> new Disturbance.Side(plan.input.name(), plan.old, plan.wanted, plan.universe))
                .toList());
        for (int i = 0; i < plans.size(); i++) {
            plans.get(i).plan(replaced.get(i));
        }
        return plans;
    }

    DdlPlan.Input input() {
        return input;
    }

    List<Operation> operations() {
        return operations;
    }

    List<Note> notes() {
        return notes;
    }

    /** What another schema calls what is said here. */
    OtherNames others() {
        return others;
    }

    private Stream<Table> created() {
        return goal.to().tables().values().stream()
                .filter(table -> !goal.from().tables().containsKey(table.name()));
    }

    /** A thing of this schema as it is called in all of them. */
    ObjectIdentity seen(ObjectIdentity object, String main) {
        return object == null || input.name().equals(main) ? object : object.inSchema(input.name());
    }

    /** Whether anything here needs this, before or afterwards. */
    boolean needs(Name name) {
        return Stream.of(old, wanted).flatMap(side -> side.values().stream()).anyMatch(piece -> universe.needs(piece)
                .contains(name));
    }

    private void takeApart(List<SchemaPlan> all) {
        Pieces before = Pieces.of(goal.from(), goal.to(), goal.open(), elsewhere(all, false), null);
        Pieces after = Pieces.of(goal.to(), goal.from(), goal.open(), elsewhere(all, true), before);
        old = before.all();
        wanted = after.all();
    }

    private Pieces.Elsewhere elsewhere(List<SchemaPlan> all, boolean to) {
        List<Table> tables = all.stream()
                .filter(other -> other != this)
                .flatMap(other -> (to ? other.goal.to() : other.goal.from()).tables().values().stream())
                .toList();
        Map<String, List<CarriedKeys.Carried>> carried = new LinkedHashMap<>();
        all.stream().filter(other -> other != this).forEach(other -> (to
                        ? CarriedKeys.of(other.goal.to(), other.goal.from())
                        : CarriedKeys.of(other.goal.from(), other.goal.to()))
                .of(input.name(), other.input.name())
                .forEach((index, keys) -> carried.computeIfAbsent(index, name -> new ArrayList<>())
                        .addAll(keys)));
        return new Pieces.Elsewhere(
                here(tables.stream().map(Table::parents).flatMap(List::stream)),
                here(tables.stream()
                        .flatMap(table -> table.foreignKeys().stream())
                        .map(ForeignKey::table)),
                carried);
    }

    /** Those names that other schemas have for tables of this one, as they are called here. */
    private Set<String> here(Stream<String> names) {
        String prefix = input.name() + ".";
        return names.filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    private void look(List<SchemaPlan> all) {
        Set<Name> names = new HashSet<>();
        Set<String> schemas = new HashSet<>();
        for (SchemaPlan other : all) {
            if (other != this) {
                schemas.add(other.input.name());
                other.provided().forEach(name -> names.add(name.in(other.input.name())));
                other.goal.left().forEach(name -> names.add(name.in(other.input.name())));
            }
        }
        others = new OtherNames(names, schemas);
        universe = new Universe(old, wanted, goal.left(), others);
        all.stream().filter(other -> other != this).forEach(other -> {
            other.goal.left().forEach(name -> leftElsewhere.add(name.in(other.input.name())));
            other.created()
                    .forEach(table -> newElsewhere.put(
                            other.seen(table.identity(), all.get(0).input.name()), table));
        });
    }

    private Set<Name> provided() {
        return Stream.of(old, wanted)
                .flatMap(side -> side.values().stream())
                .flatMap(piece -> piece.provides().stream())
                .collect(Collectors.toSet());
    }

    private void plan(Set<ObjectIdentity> replaced) {
        Set<Name> left = new HashSet<>(goal.left());
        left.addAll(leftElsewhere);
        Goal whole = new Goal(
                goal.from(),
                goal.to(),
                goal.renames(),
                goal.notes(),
                goal.open(),
                Set.copyOf(left),
                goal.alone(),
                goal.carried(),
                goal.declared());
        Scene scene = new Scene(
                whole,
                old,
                wanted,
                replaced,
                universe,
                input.facts(),
                KeptAccess.of(input.comparison().live(), input.comparison().live()),
                goal.from().children(),
                newElsewhere);
        Operations work = new Operations(scene);
        work.collect();
        NotNullMoves moves = new NotNullMoves(scene);
        List<Operation> all = new ArrayList<>(moves.operations());
        all.addAll(moves.waiting(goal.renames()));
        all.addAll(SequenceOperations.renames(input.sequences()));
        all.addAll(work.operations());
        notes = new ArrayList<>(goal.notes());
        notes.addAll(work.notes());
        all = Renames.suspect(all, scene, notes);
        all = Held.back(all, scene, notes);
        WordLists words = new WordLists(goal.from(), goal.to());
        operations = all.stream().map(words::restored).toList();
        notes.addAll(changes.left(operations, notes, goal.from(), left));
    }
}
