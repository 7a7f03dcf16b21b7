package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Operation.Effect;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts what has to be done in several schemas into one order, in which each thing is there before another schema needs it. */
final class JointPlan {
    private static final String ELSEWHERE =
            "Another schema uses the type (%s), whose columns and functions have to be changed with it.";

    private final String main;
    private final List<SchemaPlan> plans;
    private final SearchPaths paths;
    private final List<Note> notes = new ArrayList<>();

    JointPlan(List<SchemaPlan> plans, SearchPaths paths) {
        this.main = plans.get(0).input().name();
        this.plans = plans;
        this.paths = paths;
    }

    /** @param missing schemas that have to be created */
    List<Operation> operations(Set<String> missing) {
        List<Operation> all = new ArrayList<>();
        for (SchemaPlan plan : plans) {
            String schema = plan.input().name();
            if (missing.contains(schema)) {
                all.add(create(schema));
            }
            for (Operation operation : plan.operations()) {
                Operation seen = seen(leftIfUsedElsewhere(operation, plan), plan, missing);
                paths.belongs(seen, schema);
                all.add(seen);
            }
            plan.notes().forEach(note -> notes.add(seen(note, plan)));
        }
        return withNeeded(all);
    }

    List<Note> notes() {
        return notes;
    }

    Facts facts() {
        Map<String, Long> rows = new HashMap<>();
        plans.forEach(plan -> plan.input()
                .facts()
                .rows()
                .forEach((table, count) -> rows.put(relation(table, plan.input().name()), count)));
        return new Facts(rows, List.of());
    }

    private static Name schema(String name) {
        return new Name(Name.Kind.OBJECT, List.of("schema " + name), name);
    }

    private Operation create(String schema) {
        Operation create = Operation.of(
                Rank.EXTENSION,
                ObjectIdentity.of("schema", schema),
                null,
                List.of("CREATE SCHEMA " + SqlText.name(schema)),
                List.of("DROP SCHEMA " + SqlText.name(schema)),
                new Effect(Set.of(schema(schema)), Set.of(), Set.of(), Set.of()));
        paths.belongs(create, main);
        return create;
    }

    /** The columns of a type that is made anew are changed with it in its own schema alone. */
    private Operation leftIfUsedElsewhere(Operation operation, SchemaPlan plan) {
        if (operation.rank() != Rank.REMAKE_ENUM || operation.commented()) {
            return operation;
        }
        Name type = Name.type(operation.object().name()).in(plan.input().name());
        String users = plans.stream()
                .filter(other -> other != plan && other.needs(type))
                .map(other -> other.input().name())
                .collect(Collectors.joining(", "));
        if (users.isEmpty()) {
            return operation;
        }
        String why = ELSEWHERE.formatted(users);
        notes.add(seen(new Note(operation.object(), why, List.of(), true), plan));
        return operation.asComment(why);
    }

    /** As all schemas together see it. */
    private Operation seen(Operation operation, SchemaPlan plan, Set<String> missing) {
        String schema = plan.input().name();
        Effect effect = operation.effect();
        Set<Name> uses = names(effect.uses(), plan);
        missing.stream()
                .filter(name -> name.equals(schema) || mentions(operation, name))
                .forEach(name -> uses.add(schema(name)));
        return new Operation(
                operation.rank(),
                plan.seen(operation.object(), main),
                relation(operation.relation(), schema),
                operation.up(),
                operation.down(),
                operation.alone(),
                plan.seen(operation.apartFrom(), main),
                operation.remark(),
                operation.commented(),
                new Effect(
                        names(effect.creates(), plan),
                        names(effect.drops(), plan),
                        uses,
                        names(effect.releases(), plan),
                        names(effect.inBody(), plan),
                        names(effect.inOldBody(), plan)));
    }

    /** An extension or publication names a schema, and nothing in it. */
    private static boolean mentions(Operation operation, String schema) {
        return operation.up().stream().anyMatch(sql -> SqlNames.mentioned(sql).contains(schema));
    }

    private static Set<Name> names(Set<Name> names, SchemaPlan plan) {
        return names.stream()
                .map(name -> plan.others().resolved(name).in(plan.input().name()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Note seen(Note note, SchemaPlan plan) {
        String schema = plan.input().name();
        List<String> statements = new ArrayList<>(note.statements());
        if (!statements.isEmpty() && !schema.equals(main)) {
            statements.add(0, paths.statement(schema, true));
        }
        return new Note(plan.seen(note.object(), main), note.reason(), statements, note.open());
    }

    private String relation(String relation, String schema) {
        return relation == null || schema.equals(main) ? relation : schema + "." + relation;
    }

    /** What a thing that stays in one schema still needs cannot go in another. */
    private List<Operation> withNeeded(List<Operation> operations) {
        Set<Name> kept = new HashSet<>();
        operations.stream()
                .filter(Operation::commented)
                .forEach(operation -> kept.addAll(operation.effect().releases()));
        List<Operation> marked = new ArrayList<>(operations);
        boolean more = !kept.isEmpty();
        while (more) {
            more = false;
            for (int i = 0; i < marked.size(); i++) {
                Operation operation = marked.get(i);
                if (!operation.commented()
                        && operation.effect().creates().isEmpty()
                        && !Collections.disjoint(operation.effect().drops(), kept)) {
                    Operation comment = operation.asComment("What is commented out needs it.");
                    paths.replaces(operation, comment);
                    marked.set(i, comment);
                    kept.addAll(operation.effect().releases());
                    more = true;
                }
            }
        }
        return marked;
    }
}
