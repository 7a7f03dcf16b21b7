package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.DomainNotNullKind;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.UserType.Composite;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.UserType.Enumeration;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types of the schema that are there and change. */
final class TypeOperations {
    /** What names a type and holds no values of it: comments, owners, privileges. */
    private static final Set<Piece.Kind> SAID = EnumSet.of(Piece.Kind.COMMENT, Piece.Kind.ATTACHED);

    private final Scene scene;
    private final Piece before;
    private final Piece after;

    TypeOperations(Scene scene, Piece before, Piece after) {
        this.scene = scene;
        this.before = before;
        this.after = after;
    }

    void collect(List<Operation> operations, List<Note> notes) {
        if (before.model() instanceof Enumeration a && after.model() instanceof Enumeration b) {
            enumeration(a, b, operations, notes);
        } else if (after.model() instanceof Domain b
                && before.model() instanceof Domain a
                && sameBase(a, b)
                && isLookedAt(a, b)
                && isInside(b.name())) {
            notes.add(new Note(
                    after.object(),
                    "PostgreSQL looks at no values of a domain inside of an array or composite type, so it adds no constraint and"
                            + " no NOT NULL while a column has such a type.",
                    domain(a, b, scene.goal().from(), scene.goal().to()),
                    true));
        } else if (before.model() instanceof Domain a && after.model() instanceof Domain b && sameBase(a, b)) {
            operations.add(alter(
                    domain(a, b, scene.goal().from(), scene.goal().to()),
                    domain(b, a, scene.goal().to(), scene.goal().from())));
        } else if (before.model() instanceof Composite a && after.model() instanceof Composite b && tailDiffers(a, b)) {
            String cascade = TypedTables.cascade(b.name(), scene.goal());
            operations.add(alter(composite(a, b, cascade), composite(b, a, cascade)));
        } else if (before.model() instanceof Composite a && after.model() instanceof Composite b && isRetyped(a, b)) {
            operations.add(alter(retyped(a, b), retyped(b, a)));
        } else {
            notes.add(new Note(
                    after.object(),
                    "No statement changes it in place: make a type of another name, let columns and functions use it, and"
                            + " drop this one.",
                    List.of(),
                    true));
        }
    }

    private Operation alter(List<String> up, List<String> down) {
        return Operation.of(Rank.TYPE, after.object(), null, up, down, scene.changing(before, after));
    }

    /** Whether values have to be looked at on the way there or back. */
    private static boolean isLookedAt(Domain a, Domain b) {
        return a.nullable() != b.nullable() || !a.checks().equals(b.checks());
    }

    private boolean isInside(String domain) {
        Schema from = scene.goal().from();
        String name = SqlText.name(domain);
        Set<String> inside = from.types().values().stream()
                .filter(type -> type instanceof Composite composite
                        && composite.attributes().stream().anyMatch(attribute -> isOrHolds(attribute.type(), name)))
                .map(type -> SqlText.name(type.name()))
                .collect(Collectors.toSet());
        return from.tables().values().stream()
                .flatMap(table -> table.columns().stream())
                .map(Column::type)
                .anyMatch(
                        type -> type.equals(name + "[]") || inside.stream().anyMatch(other -> isOrHolds(type, other)));
    }

    private static boolean isOrHolds(String type, String name) {
        return type.equals(name) || type.equals(name + "[]");
    }

    private static boolean sameBase(Domain a, Domain b) {
        return a.type().equals(b.type()) && Objects.equals(a.collation(), b.collation());
    }

    private static List<String> domain(Domain from, Domain to, Schema side, Schema goal) {
        String alter = "ALTER DOMAIN " + SqlText.name(to.name()) + " ";
        List<String> statements = new ArrayList<>();
        if (!from.nullable() && to.nullable()) {
            statements.add(alter + "DROP NOT NULL");
        }
        DomainNotNulls notNull = new DomainNotNulls(side, goal);
        statements.addAll(notNull.leaving(to.name()));
        for (Check check : from.checks()) {
            if (!to.checks().contains(check)) {
                statements.add(alter + "DROP CONSTRAINT " + SqlText.name(check.name()));
            }
        }
        for (Check check : to.checks()) {
            if (!from.checks().contains(check)) {
                statements.addAll(DomainExpressions.added(to, check, goal));
            }
        }
        if (!Objects.equals(from.defaultValue(), to.defaultValue())) {
            statements.add(alter + (to.defaultValue() == null ? "DROP DEFAULT" : "SET DEFAULT " + to.defaultValue()));
        }
        statements.addAll(notNull.arriving(to.name()));
        if (from.nullable() && !to.nullable()) {
            String name = DomainNotNullKind.nameOf(to.name(), goal.objects());
            statements.add(alter + (name == null ? "SET NOT NULL" : "ADD " + DomainNotNulls.words(to.name(), goal)));
        }
        return statements;
    }

    /** Whether nothing but the types of attributes differs, and nothing holds values of the type or looks into them. */
    private boolean isRetyped(Composite a, Composite b) {
        return names(a).equals(names(b)) && !isHeld(a);
    }

    private static List<String> names(Composite type) {
        return type.attributes().stream().map(Column::name).toList();
    }

    private boolean isHeld(Composite type) {
        Name name = Name.type(type.name());
        return Stream.of(scene.old(), scene.wanted())
                .flatMap(side -> side.values().stream())
                .filter(piece -> !SAID.contains(piece.kind()))
                .anyMatch(piece -> scene.universe().needs(piece).contains(name));
    }

    private static List<String> retyped(Composite from, Composite to) {
        return to.attributes().stream()
                .filter(attribute -> !plain(from).contains(OtherSql.attribute(attribute)))
                .map(attribute -> "ALTER TYPE " + SqlText.name(to.name()) + " ALTER ATTRIBUTE "
                        + SqlText.name(attribute.name()) + " TYPE "
                        + OtherSql.attribute(attribute)
                                .substring(SqlText.name(attribute.name()).length() + 1))
                .toList();
    }

    /** Attributes can be added and dropped at the end only, so that both ways lead to the same order. */
    private static boolean tailDiffers(Composite a, Composite b) {
        int common = Math.min(a.attributes().size(), b.attributes().size());
        return plain(a).subList(0, common).equals(plain(b).subList(0, common));
    }

    private static List<String> plain(Composite type) {
        return type.attributes().stream().map(OtherSql::attribute).toList();
    }

    private static List<String> composite(Composite from, Composite to, String cascade) {
        String alter = "ALTER TYPE " + SqlText.name(to.name()) + " ";
        List<String> statements = new ArrayList<>();
        for (Column attribute : from.attributes()
                .subList(
                        Math.min(to.attributes().size(), from.attributes().size()),
                        from.attributes().size())) {
            statements.add(alter + "DROP ATTRIBUTE " + SqlText.name(attribute.name()) + cascade);
        }
        for (Column attribute : to.attributes()
                .subList(
                        Math.min(to.attributes().size(), from.attributes().size()),
                        to.attributes().size())) {
            statements.add(alter + "ADD ATTRIBUTE " + OtherSql.attribute(attribute) + cascade);
        }
        return statements;
    }

    private static Operation.Effect adding(List<String> all, List<String> old) {
        Set<Name> added = all.stream()
                .filter(value -> !old.contains(value))
                .map(Name::value)
                .collect(Collectors.toSet());
        return new Operation.Effect(added, Set.of(), Set.of(), Set.of());
    }

    /** Values are added before all else, and taken away after all else, when nothing uses them any more. */
    private void enumeration(Enumeration from, Enumeration to, List<Operation> operations, List<Note> notes) {
        List<String> both = EnumValues.union(from.values(), to.values());
        if (!both.equals(from.values())) {
            List<String> back = EnumRemake.statements(scene, scene.goal().from(), from.name(), from.values());
            operations.add(Operation.of(
                            Rank.EXTEND_ENUM,
                            after.object(),
                            null,
                            EnumValues.additions(from.name(), from.values(), both, back == null),
                            back == null ? List.of() : back,
                            adding(both, from.values()))
                    .remark(
                            back == null
                                    ? "The way back leaves the new values: functions, types, keys of partitioned tables or rows in columns use the enum."
                                    : null));
            if (back == null) {
                notes.add(new Note(
                        after.object().part("way back"),
                        "The down script leaves the new values, as functions, other types, keys of partitioned tables or rows in columns use the enum.",
                        List.of(),
                        false));
            }
        }
        if (!both.equals(to.values())) {
            List<String> there = EnumRemake.statements(scene, scene.goal().to(), to.name(), to.values());
            List<String> back = EnumRemake.statements(scene, scene.goal().to(), to.name(), both);
            if (there == null || back == null) {
                notes.add(new Note(
                        after.object(),
                        "Values of an enum can be taken away, or put in another order, only by making it anew, which functions,"
                                + " types, keys of partitioned tables and rows in columns that use it prevent.",
                        List.of(),
                        true));
                return;
            }
            operations.add(Operation.of(
                            Rank.REMAKE_ENUM, after.object().part("values"), null, there, back, Operation.Effect.NONE)
                    .remark("The enum is made anew, and every table that has a column of it is rewritten."));
        }
    }
}
