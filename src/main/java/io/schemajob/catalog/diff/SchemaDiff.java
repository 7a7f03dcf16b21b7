package io.schemajob.catalog.diff;

import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.kind.ObjectComparison;
import io.schemajob.catalog.kind.Owners;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.UserType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compares what a bundle declares with what a server has.
 *
 * <p>What is drift, seen by the person who is called at night:
 *
 * <ul>
 *   <li>Whatever is declared and missing or different is drift. What went with a missing table or column is told once,
 *       with that table or column.
 *   <li>An object that nobody declared is a warning, or drift in a strict bundle: another release or another tool may
 *       own it. Extensions that nobody declared, and further partitions of a declared table, are never mentioned.
 *   <li>Inside a declared table, what changes the result of a statement is drift even when not strict: a further
 *       column that must be supplied, a further key, unique index, check, exclusion, foreign key or trigger. A further
 *       nullable column or plain index is a warning.
 *   <li>Names of constraints are warnings; so are comments unless the declaration covers them; the order of columns is nothing.
 *   <li>Owners are compared for declared objects (and the partitions of declared tables) if an owner is expected.
 * </ul>
 *
 * <p>Required rows are no part of the catalog: see {@link io.schemajob.catalog.RowCheck}.
 */
public final class SchemaDiff {
    /** The level of declarations that say by leaving the schema of an extension out that it is in that of the tables. */
    private static final int EXTENSION_SCHEMA_SINCE = 5;

    private final Schema declared;
    private final Findings findings;
    private Schema live;

    private SchemaDiff(Schema declared, Schema live, DiffOptions options) {
        this.declared = declared;
        this.live = live;
        this.findings = new Findings(options, declared);
    }

    /**
     * All differences, always in the same order: extensions, types, sequences, tables, views, functions, by name; then
     * those of {@link io.schemajob.catalog.kind.Kinds}; then in the same way those of each further schema that is declared.
     *
     * @param declared in the words of the live schema where both mean the same: see {@code LiveWording}
     */
    public static List<Difference> compare(Schema declared, Schema live, DiffOptions options) {
        List<Difference> all = told(declared, live, options);
        declared.further().forEach((name, schema) -> {
            Schema found = live.further().get(name);
            if (found == null) {
                all.add(Difference.missing(ObjectIdentity.of("schema", name), "schema", null, Severity.DRIFT));
            } else {
                told(schema, found, options).forEach(difference -> all.add(difference.in(name)));
            }
        });
        return all;
    }

    private static List<Difference> told(Schema declared, Schema live, DiffOptions options) {
        return one(declared, live, options).changes().stream()
                .filter(Difference::isTold)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static SchemaComparison one(Schema declared, Schema live, DiffOptions options) {
        Schema expected = declared.withObjects(Owners.all(declared.objects(), options.expectedOwner()));
        SchemaDiff diff = new SchemaDiff(
                ObjectComparison.possible(Inheritance.declared(expected, live, options.strict()), live),
                Inheritance.live(live),
                options);
        diff.compare();
        return new SchemaComparison(
                diff.declared,
                diff.live,
                diff.findings.list().stream().distinct().toList());
    }

    private void compare() {
        declared.extensions().forEach((name, extension) -> extension(extension));
        both(
                declared.types(),
                live.types(),
                type -> findings.missing(type.identity(), type.kind()),
                (a, b) -> TypeDiff.compare(a, b, findings),
                this::extra);
        both(
                declared.sequences(),
                live.sequences(),
                this::missing,
                (a, b) -> TypeDiff.compare(a, b, findings),
                this::extra);
        both(
                declared.tables(),
                live.tables(),
                table -> findings.missing(table.identity(), table.columns().size() + " columns"),
                (a, b) -> new TableDiff(a.name(), declared, live, findings).compare(),
                this::extra);
        both(
                declared.views(),
                live.views(),
                view -> findings.missing(view.identity(), new CodeText(view.definition())),
                (a, b) -> ViewDiff.compare(a, b, findings),
                view -> findings.extra(view.identity(), new CodeText(view.definition())));
        both(
                declared.routines(),
                live.routines(),
                routine -> findings.missing(routine.identity(), new CodeText(routine.body())),
                (a, b) -> RoutineDiff.compare(a, b, findings),
                routine -> findings.extra(routine.identity(), new CodeText(routine.body())));
        RenamedConstraints.conflicts(live, findings.list()).forEach(findings::add);
        live = RenamedConstraints.in(live, findings.list());
        ObjectDiff.compare(declared, live, findings);
    }

    private static <T> void both(
            Map<String, T> declared,
            Map<String, T> live,
            Consumer<T> missing,
            BiConsumer<T, T> compare,
            Consumer<T> extra) {
        Collection<String> names = declared.keySet();
        if (!names.containsAll(live.keySet())) {
            names = new TreeSet<>(names);
            names.addAll(live.keySet());
        }
        for (String name : names) {
            T expected = declared.get(name);
            T found = live.get(name);
            if (found == null) {
                missing.accept(expected);
            } else if (expected == null) {
                extra.accept(found);
            } else {
                compare.accept(expected, found);
            }
        }
    }

    private void extension(Extension extension) {
        Extension found = live.extensions().get(extension.name());
        ObjectIdentity object = ObjectIdentity.of("extension", extension.name());
        if (found == null) {
            findings.missing(object, "installed");
            return;
        }
        if (extension.version() != null) {
            findings.same(object, "version", extension.version(), found.version());
        }
        boolean says = extension.schema() == null ? findings.knows(EXTENSION_SCHEMA_SINCE) : extension.isElsewhere();
        if (says && !Objects.equals(extension.schema(), found.schema())) {
            findings.drift(object, "schema", schema(extension), schema(found));
        }
    }

    private static String schema(Extension extension) {
        return extension.schema() == null ? "that of the tables or public" : extension.schema();
    }

    private void extra(UserType type) {
        findings.extra(type.identity(), "present");
    }

    private void extra(Table table) {
        Table parent = Inheritance.declaredParent(table, declared, live);
        if (parent != null && parent.partitions() != PartitionPolicy.DECLARED) {
            findings.owner(table.identity(), table.owner());
            table.indexes().stream()
                    .filter(index -> !index.valid())
                    .forEach(index ->
                            findings.intruder(ObjectIdentity.in(table.name(), "index", index.name()), "invalid"));
        } else {
            findings.extra(table.identity(), table.columns().size() + " columns");
        }
    }

    private void missing(Sequence sequence) {
        (ownerIsMissing(sequence, live) ? findings.silent() : findings).missing(sequence.identity(), "sequence");
    }

    private void extra(Sequence sequence) {
        (ownerIsMissing(sequence, declared) ? findings.silent() : findings).extra(sequence.identity(), "present");
    }

    /** The sequence of a serial column comes and goes with the column, which is reported. */
    private static boolean ownerIsMissing(Sequence sequence, Schema other) {
        return sequence.ownedBy() != null && !sequence.hasOwnerIn(other.tables());
    }

    /** Whether any of these fails a verification. */
    public static boolean hasDrift(List<Difference> differences) {
        return differences.stream().anyMatch(Difference::isDrift);
    }
}
