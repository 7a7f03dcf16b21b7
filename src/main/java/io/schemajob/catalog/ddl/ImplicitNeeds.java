package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.UserType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What statements need and do not name: the casts in their expressions, with the functions that these call, and the operator
 * class that a range type has because it is the default of its subtype. Where a cast or class is itself made of what would
 * need it, it comes later.
 */
final class ImplicitNeeds {
    private static final String CAST = "cast";

    private final Function<Piece, Set<Name>> spoken;
    private final Map<Name, Piece> providers = new HashMap<>();
    private final Map<Piece, Set<Name>> needs = new IdentityHashMap<>();
    private final List<Piece> casts;

    private ImplicitNeeds(Collection<Piece> side, Function<Piece, Set<Name>> spoken) {
        Map<Piece, Set<Name>> known = new IdentityHashMap<>();
        this.spoken = piece -> known.computeIfAbsent(piece, spoken);
        this.casts = side.stream().filter(piece -> isOf(piece, CAST)).toList();
        List<Piece> classes =
                side.stream().filter(ImplicitNeeds::isDefaultClass).toList();
        if (casts.isEmpty() && classes.isEmpty()) {
            return;
        }
        side.forEach(piece -> piece.provides().forEach(name -> providers.put(name, piece)));
        for (Piece piece : side) {
            if (hasExpression(piece)) {
                casts.stream()
                        .filter(cast -> mayUse(withTypesOfColumns(piece), cast, isWhole(piece)))
                        .forEach(cast -> add(piece, cast));
            } else if (isOf(piece, "range type")) {
                classes.stream().filter(one -> isDefaultOf(one, piece)).forEach(one -> add(piece, one));
            }
        }
    }

    /** @param spoken what a piece needs by name */
    static ImplicitNeeds of(Collection<Piece> side, Function<Piece, Set<Name>> spoken) {
        return new ImplicitNeeds(side, spoken);
    }

    boolean isEmpty() {
        return needs.isEmpty();
    }

    Set<Name> of(Piece piece) {
        return needs.getOrDefault(piece, Set.of());
    }

    /** The casts that the body of a function may use, of the names that it mentions. */
    Set<Name> inBody(Piece function, Set<Name> mentioned) {
        Set<Name> names = new HashSet<>();
        casts.stream()
                .filter(cast -> mayUse(mentioned, cast, true) && !reaches(cast, function))
                .forEach(cast -> names.add(Name.told(cast.object())));
        return names;
    }

    private void add(Piece piece, Piece needed) {
        if (!reaches(needed, piece)) {
            Set<Name> names = needs.computeIfAbsent(piece, any -> new HashSet<>());
            names.add(Name.told(needed.object()));
            // An expression depends on the function that the cast calls.
            spoken.apply(needed).stream()
                    .filter(name -> name.kind() == Name.Kind.FUNCTION)
                    .forEach(names::add);
        }
    }

    private boolean reaches(Piece from, Piece to) {
        Set<Piece> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Piece> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            Piece piece = open.poll();
            if (piece == to) {
                return true;
            } else if (seen.add(piece)) {
                List<Name> names = new ArrayList<>(spoken.apply(piece));
                names.addAll(of(piece));
                names.stream().map(providers::get).filter(one -> one != null).forEach(open::add);
            }
        }
        return false;
    }

    /**
     * Which cast an expression uses, only the server knows.
     *
     * @param any whether it may be one between types that are none of ours
     */
    private boolean mayUse(Set<Name> mentioned, Piece cast, boolean any) {
        Set<Name> types = new HashSet<>(spoken.apply(cast));
        types.removeIf(name -> name.kind() == Name.Kind.FUNCTION);
        return types.isEmpty() ? any : !Collections.disjoint(types, mentioned);
    }

    /** {@code p::integer} is a cast from whatever the column p is of. */
    private Set<Name> withTypesOfColumns(Piece piece) {
        Set<Name> names = new HashSet<>(spoken.apply(piece));
        spoken.apply(piece).stream()
                .filter(name -> name.kind() == Name.Kind.COLUMN && providers.containsKey(name))
                .forEach(column -> names.addAll(spoken.apply(providers.get(column))));
        return names;
    }

    private static boolean hasExpression(Piece piece) {
        return switch (piece.kind()) {
            case DEFAULT, CHECK, INDEX -> true;
            case COLUMN -> ((Column) piece.model()).generated() != null;
            case ATTACHED -> isOf(piece, "rule") || isOf(piece, "policy");
            default -> isWhole(piece);
        };
    }

    /** Whether it is made before tables, or of a query. */
    private static boolean isWhole(Piece piece) {
        return piece.kind() == Piece.Kind.VIEW
                || piece.model() instanceof Routine routine && piece.kind() == Piece.Kind.FUNCTION && routine.sqlBody()
                || piece.model() instanceof UserType.Domain domain
                        && piece.kind() == Piece.Kind.TYPE
                        && (domain.defaultValue() != null || !domain.checks().isEmpty());
    }

    private static boolean isOf(Piece piece, String kind) {
        return piece.model() instanceof SchemaObject object && object.kind().equals(kind);
    }

    private static boolean isDefaultClass(Piece piece) {
        return isOf(piece, "operator class")
                && ((SchemaObject) piece.model()).flag("default")
                && ((SchemaObject) piece.model()).name().endsWith(" USING btree");
    }

    private static boolean isDefaultOf(Piece one, Piece range) {
        SchemaObject type = (SchemaObject) range.model();
        return type.text("subtype_opclass") == null
                && type.text("subtype").equals(((SchemaObject) one.model()).text("type"));
    }
}
