package io.schemajob.catalog.ddl;

import io.schemajob.catalog.ddl.Piece.Kind;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Enforcement;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.Trigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the pieces that have to go and come back, because they cannot be altered, or because PostgreSQL does not let
 * what they are made on change under them: a view over a column that gets another type, and the views over that view.
 */
final class Disturbance {
    /** How much a name changes. */
    private enum Level {
        /** Another type of the same family: PostgreSQL carries constraints and indexes over. */
        SOFT,
        /** Another sort of type. */
        HARD,
        /** It goes, perhaps to come back. */
        GONE
    }

    private final Map<ObjectIdentity, Piece> old;
    private final Map<ObjectIdentity, Piece> wanted;
    private final Universe universe;
    private final Set<ObjectIdentity> replaced = new LinkedHashSet<>();
    private final Map<Name, Level> disturbed = new HashMap<>();
    private final Deque<Name> open = new ArrayDeque<>();
    private Map<String, List<String>> children;

    private Disturbance(Map<ObjectIdentity, Piece> old, Map<ObjectIdentity, Piece> wanted, Universe universe) {
        this.old = old;
        this.wanted = wanted;
        this.universe = universe;
    }

    /** The objects of both sides that have to be taken away and made again. */
    static Set<ObjectIdentity> replaced(
            Map<ObjectIdentity, Piece> old, Map<ObjectIdentity, Piece> wanted, Universe universe) {
        Disturbance all = new Disturbance(old, wanted, universe);
        all.begin();
        all.spread();
        return all.sorted();
    }

    /** One of several schemas that change at once. */
    record Side(String schema, Map<ObjectIdentity, Piece> old, Map<ObjectIdentity, Piece> wanted, Universe universe) {}

    /** The same for several schemas, each of which minds what changes in the others. */
    static List<Set<ObjectIdentity>> replaced(List<Side> sides) {
        List<Disturbance> all = sides.stream()
                .map(side -> new Disturbance(side.old(), side.wanted(), side.universe()))
                .toList();
        all.forEach(Disturbance::begin);
        boolean more = true;
        while (more) {
            more = false;
            all.forEach(Disturbance::spread);
            for (int i = 0; i < sides.size(); i++) {
                for (Disturbance other : all) {
                    more |= other != all.get(i)
                            && other.mind(all.get(i), sides.get(i).schema());
                }
            }
        }
        return all.stream().map(one -> one.replaced).toList();
    }

    /** Takes over what changes in another schema; whether that is news. */
    private boolean mind(Disturbance other, String schema) {
        boolean news = false;
        for (Map.Entry<Name, Level> entry : other.disturbed.entrySet()) {
            if (entry.getKey().schema() == null) {
                Name name = entry.getKey().in(schema);
                Level before = disturbed.get(name);
                Level after = before == null || entry.getValue().compareTo(before) > 0 ? entry.getValue() : before;
                news |= after != before;
                disturbed.put(name, after);
            }
        }
        return news;
    }

    /** The same where a type is made anew, and columns get it, while everything else stays as it is. */
    static Set<ObjectIdentity> around(
            Map<ObjectIdentity, Piece> pieces, Name type, Set<Name> columns, Universe universe) {
        Disturbance all = new Disturbance(pieces, pieces, universe);
        all.disturbed.put(type, Level.GONE);
        columns.forEach(column -> all.disturbed.put(column, Level.HARD));
        all.spread();
        return all.sorted();
    }

    private void begin() {
        old.forEach((object, before) -> {
            Piece after = wanted.get(object);
            if (after == null) {
                disturb(before, Level.GONE);
            } else if (before != after && !before.definition().equals(after.definition())) {
                if (staysUnderOthers(before, after)) {
                    disturb(before, Level.GONE);
                    disturb(after, Level.GONE);
                } else if (!alterable(before, after)) {
                    replace(before);
                } else if (before.kind() == Kind.COLUMN) {
                    column(before, after);
                }
                // Another thing may have the name afterwards: the sequence of an identity column, a constraint.
                before.provides().stream()
                        .filter(name -> !after.provides().contains(name))
                        .forEach(name -> disturb(name, Level.GONE));
            }
        });
        wanted.values().stream()
                .filter(piece -> !old.containsKey(piece.object())
                        && (ObjectPieces.sweeps(piece.model()) || ObjectPieces.reshapes(piece.model())))
                .forEach(piece -> disturb(piece, Level.GONE));
    }

    private void column(Piece before, Piece after) {
        Column a = (Column) before.model();
        Column b = (Column) after.model();
        if (!TypeFamily.akin(a.type(), b.type())) {
            disturb(before, Level.HARD);
        } else if (!a.type().equals(b.type()) || !Objects.equals(a.collation(), b.collation())) {
            disturb(before, Level.SOFT);
        }
    }

    /** Whether it is altered in place, and what stands on it has to make way all the same. */
    private static boolean staysUnderOthers(Piece before, Piece after) {
        return before.kind() == Kind.COLUMN && loosened(before, after)
                || before.kind() == Kind.FUNCTION && alterable(before, after) && !alterable(after, before)
                || before.model() instanceof SchemaObject a
                        && after.model() instanceof SchemaObject b
                        && ObjectPieces.isReshaped(a, b);
    }

    private void replace(Piece piece) {
        replaced.add(piece.object());
        if (ObjectPieces.meanwhile(piece.model()).isEmpty()) {
            disturb(piece, Level.GONE);
        }
    }

    private void disturb(Piece piece, Level level) {
        piece.provides().forEach(name -> disturb(name, level));
    }

    private void disturb(Name name, Level level) {
        Level before = disturbed.get(name);
        if (before == null || before.compareTo(level) < 0) {
            disturbed.put(name, level);
            open.add(name);
        }
    }

    /** From name to name; a comment goes and comes with its object. */
    private void spread() {
        Users users = new Users(staying(), universe);
        open.addAll(disturbed.keySet());
        while (!open.isEmpty()) {
            Name name = open.poll();
            spreadToChildren(name);
            for (Piece piece : users.of(name)) {
                if (!replaced.contains(piece.object()) && minds(piece, name, disturbed.get(name))) {
                    if (isInherited(piece)) {
                        disturb(piece, Level.GONE);
                    } else {
                        replace(piece);
                    }
                }
            }
        }
        List.copyOf(replaced).stream()
                .map(object -> object.part("comment"))
                .filter(comment -> old.containsKey(comment) && wanted.containsKey(comment))
                .forEach(replaced::add);
        old.values().stream()
                .filter(piece -> piece.kind() == Kind.COMMENT
                        && wanted.containsKey(piece.object())
                        && isOfViewMadeAnew(piece.relation()))
                .map(Piece::object)
                .forEach(replaced::add);
    }

    /** What a parent's column becomes, those of its partitions and children become with it. */
    private void spreadToChildren(Name name) {
        if (name.kind() != Name.Kind.COLUMN) {
            return;
        }
        String parent = name.words().get(0);
        String column = name.words().get(1);
        Level level = disturbed.get(name);
        boolean stays =
                name.schema() == null ? wanted.containsKey(ObjectIdentity.column(parent, column)) : level != Level.GONE;
        if (stays) {
            children()
                    .getOrDefault(name.schema() == null ? parent : name.schema() + "." + parent, List.of())
                    .forEach(child -> Optional.ofNullable(old.get(ObjectIdentity.column(child, column)))
                            .ifPresent(piece -> disturb(piece, level)));
        }
    }

    /** A column that goes and comes with that of a parent alone. */
    private boolean isInherited(Piece piece) {
        return piece.kind() == Kind.COLUMN
                && old.get(ObjectIdentity.of("table", piece.relation())).model() instanceof Table table
                && table.parents().stream()
                        .map(parent -> ObjectIdentity.column(parent, ((Column) piece.model()).name()))
                        .anyMatch(column -> old.containsKey(column) && wanted.containsKey(column));
    }

    /** The tables that inherit, by the name of the parent. */
    private Map<String, List<String>> children() {
        if (children == null) {
            children = new HashMap<>();
            for (Piece piece : old.values()) {
                if (piece.kind() == Kind.TABLE) {
                    ((Table) piece.model()).parents().forEach(parent -> children.computeIfAbsent(
                                    parent, key -> new ArrayList<>(1))
                            .add(piece.relation()));
                }
            }
        }
        return children;
    }

    /** It loses the comments on its columns with everything else. */
    private boolean isOfViewMadeAnew(String relation) {
        return relation != null
                && Stream.of("view", "materialized view")
                        .map(kind -> ObjectIdentity.of(kind, relation))
                        .anyMatch(view ->
                                old.containsKey(view) && (replaced.contains(view) || !wanted.containsKey(view)));
    }

    private List<Piece> staying() {
        return disturbed.isEmpty()
                ? List.of()
                : old.values().stream()
                        .filter(piece -> piece.kind() != Kind.COMMENT && wanted.containsKey(piece.object()))
                        .toList();
    }

    /** In the order in which the pieces are. */
    private Set<ObjectIdentity> sorted() {
        return old.keySet().stream().filter(replaced::contains).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean minds(Piece piece, Name name, Level level) {
        boolean column = name.kind() == Name.Kind.COLUMN;
        return switch (piece.kind()) {
            case VIEW -> true;
            case TRIGGER -> name.kind() != Name.Kind.RELATION || name.words().contains(piece.relation());
            case COLUMN -> ((Column) piece.model()).generated() != null;
            case DEFAULT, CHECK, EXCLUSION -> level != Level.SOFT;
            case INDEX ->
                level == Level.GONE
                        || level == Level.HARD && column && isComputed((Index) piece.model())
                        || column && CarriedKeys.isCarrying(piece);
            case KEY -> level == Level.GONE && (column || says(piece, name));
            case FOREIGN_KEY ->
                (column || name.kind() == Name.Kind.KEY) && level != Level.SOFT
                        || level == Level.GONE && says(piece, name);
            case OWNERSHIP -> level == Level.GONE;
            case FUNCTION -> ((Routine) piece.model()).sqlBody() || level == Level.GONE;
            case FOUNDATION, DEFINITION, SETTINGS, ATTACHED -> column || level == Level.GONE;
            default -> false;
        };
    }

    /** Whether it is said to need this, beside what its statements mention. */
    private boolean says(Piece piece, Name name) {
        return piece.needs().stream().map(universe::resolved).anyMatch(name::equals);
    }

    private static boolean isComputed(Index index) {
        return index.predicate() != null || index.keys().stream().anyMatch(key -> key.expression() != null);
    }

    /** A stored generated column that becomes a plain one keeps its values; only the way back makes it anew. */
    static boolean loosened(Piece before, Piece after) {
        Column a = (Column) before.model();
        Column b = (Column) after.model();
        return a.generated() != null
                && a.generated().stored()
                && b.generated() == null
                && a.type().equals(b.type());
    }

    private static boolean alterable(Piece before, Piece after) {
        if (before.model() instanceof Routine a && after.model() instanceof Routine b) {
            return RoutineSql.replaces(a, b);
        } else if (before.model() instanceof Trigger a && after.model() instanceof Trigger b) {
            return a.with(a.name(), b.enabled(), a.from()).equals(b);
        } else if (before.model() instanceof Check a && after.model() instanceof Check b) {
            return a.enforcement() == Enforcement.NOT_VALID && a.proved().equals(b);
        } else if (before.model() instanceof ForeignKey a && after.model() instanceof ForeignKey b) {
            return a.enforcement() == Enforcement.NOT_VALID && a.proved().equals(b);
        } else if (before.kind() == Kind.COLUMN) {
            return isComputedAlike((Column) before.definition(), (Column) after.definition());
        }
        if (before.model() instanceof SchemaObject a && after.model() instanceof SchemaObject b) {
            return ObjectPieces.stays(a, b);
        }
        return !EnumSet.of(Kind.VIEW, Kind.INDEX, Kind.KEY, Kind.EXCLUSION).contains(before.kind());
    }

    /** The type of a generated column changes in place only if its expression needs no other cast. */
    private static boolean isComputedAlike(Column a, Column b) {
        return Objects.equals(a.generated(), b.generated())
                && (a.generated() == null || TypeFamily.akin(a.type(), b.type()));
    }
}
