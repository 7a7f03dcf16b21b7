package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All names of both schemas, and which of them a statement mentions. To take a word for a name that means something else
 * costs nothing: an order that is stricter than need be.
 */
final class Universe {
    private static final Set<Piece.Kind> BARE =
            EnumSet.of(Piece.Kind.FOUNDATION, Piece.Kind.DEFINITION, Piece.Kind.SETTINGS);

    /** What stands before operators if nothing forces it elsewhere, or is forced there. */
    private static final Set<Piece.Kind> EARLY = EnumSet.of(Piece.Kind.TYPE, Piece.Kind.FUNCTION, Piece.Kind.TABLE);

    /** A column by its table: thousands of tables may have one of the same name. */
    private final Map<String, List<Name>> byFirstWord = new HashMap<>();

    /** Which of several operators of one symbol a text means, only the server knows. */
    private final Map<String, Set<Name>> operators = new HashMap<>();

    private final OtherNames others;
    private final List<ImplicitNeeds> implicit;
    private final Map<Piece, Set<Name>> known = new IdentityHashMap<>();
    private final Map<Piece, Set<Name>> bodies = new IdentityHashMap<>();

    Universe(Map<ObjectIdentity, Piece> old, Map<ObjectIdentity, Piece> wanted) {
        this(old, wanted, Set.of());
    }

    /** @param further names that no piece provides */
    Universe(Map<ObjectIdentity, Piece> old, Map<ObjectIdentity, Piece> wanted, Set<Name> further) {
        this(old, wanted, further, OtherNames.NONE);
    }

    /** @param others names of other schemas */
    Universe(Map<ObjectIdentity, Piece> old, Map<ObjectIdentity, Piece> wanted, Set<Name> further, OtherNames others) {
        this.others = others;
        // A table that is the same on both sides has the same pieces there.
        List<Piece> changed = wanted.values().stream()
                .filter(piece -> old.get(piece.object()) != piece)
                .toList();
        Stream.of(provided(old.values()), provided(changed), further.stream(), others.names().stream())
                .flatMap(names -> names)
                .filter(Name::spoken)
                .distinct()
                .forEach(name -> byFirstWord
                        .computeIfAbsent(name.words().get(0), word -> new ArrayList<>())
                        .add(name));
        old.values().forEach(this::operator);
        changed.forEach(this::operator);
        this.implicit = Stream.of(old, wanted)
                .map(side -> ImplicitNeeds.of(side.values(), this::spoken))
                .toList();
    }

    private static Stream<Name> provided(Collection<Piece> pieces) {
        return pieces.stream().flatMap(piece -> piece.provides().stream());
    }

    private void operator(Piece piece) {
        if (piece.model() instanceof SchemaObject object && object.kind().equals("operator")) {
            String symbol = object.name().substring(0, object.name().indexOf(' '));
            operators.computeIfAbsent(symbol, any -> new HashSet<>()).add(Name.told(piece.object()));
        }
    }

    /** The operators in a text; of those PostgreSQL itself has many, so that not every piece is looked at. */
    private Set<Name> operators(String sql) {
        Set<Name> names = new HashSet<>();
        if (!operators.isEmpty()) {
            SqlNames.operators(sql).forEach(symbol -> names.addAll(operators.getOrDefault(symbol, Set.of())));
        }
        return names;
    }

    /** Whether what a piece needs is only what it says and mentions by words of this schema: no operators, no casts. */
    boolean isByWordsAlone() {
        return operators.isEmpty()
                && others.names().isEmpty()
                && others.schemas().isEmpty()
                && implicit.stream().allMatch(ImplicitNeeds::isEmpty);
    }

    /** What the piece needs to be there, itself excluded. */
    Set<Name> needs(Piece piece) {
        return known.computeIfAbsent(piece, this::find);
    }

    /**
     * What the body of a function mentions besides. The bodies of other languages than SQL are looked at for types alone:
     * PostgreSQL resolves everything else when the function is called.
     */
    Set<Name> inBody(Piece piece) {
        if (!(piece.model() instanceof Routine routine) || routine.sqlBody() || !checked(routine)) {
            return Set.of();
        }
        return bodies.computeIfAbsent(piece, function -> {
            Set<Name> names = mentioned(routine.body(), false);
            names.removeIf(name ->
                    name.kind() == Name.Kind.FUNCTION && !routine.language().equals("sql"));
            if (routine.language().equals("sql")) {
                names.addAll(operators(routine.body()));
                implicit.forEach(side -> names.addAll(side.inBody(function, names)));
            }
            names.removeAll(needs(function));
            names.removeAll(function.provides());
            return names;
        });
    }

    private static boolean checked(Routine routine) {
        return routine.language().equals("sql") || routine.language().equals("plpgsql");
    }

    private Set<Name> find(Piece piece) {
        Set<Name> needs = spoken(piece);
        implicit.forEach(side -> needs.addAll(side.of(piece)));
        return needs;
    }

    private Set<Name> spoken(Piece piece) {
        Set<Name> needs = mentioned(piece.text(), BARE.contains(piece.kind()));
        if (EARLY.contains(piece.kind()) || isOfOperators(piece)) {
            needs.addAll(operators(piece.text()));
        }
        piece.needs().forEach(name -> needs.add(others.resolved(name)));
        needs.removeAll(piece.provides());
        needs.removeIf(name -> isOwnColumn(name, piece));
        return needs;
    }

    /** What a foreign table is made of, which it says itself, is nothing that it stands on. */
    private static boolean isOwnColumn(Name name, Piece piece) {
        return name.kind() == Name.Kind.COLUMN
                && name.schema() == null
                && piece.provides().contains(Name.relation(name.words().get(0)));
    }

    private static boolean isOfOperators(Piece piece) {
        return piece.model() instanceof SchemaObject object && object.kind().startsWith("operator ");
    }

    /** A name that says its schema, as what is there has it. */
    Name resolved(Name name) {
        return others.resolved(name);
    }

    Set<Name> mentioned(String sql) {
        return mentioned(sql, true);
    }

    /** @param bare whether functions are named without the bracket behind their name, as CREATE OPERATOR does */
    private Set<Name> mentioned(String sql, boolean bare) {
        Set<String> words = SqlNames.mentioned(sql);
        Set<String> called = bare ? words : null;
        Set<Name> names = new HashSet<>();
        for (String word : words) {
            for (Name name : byFirstWord.getOrDefault(word, List.of())) {
                if (words.containsAll(name.words()) && others.mentions(words, name)) {
                    boolean function = name.kind() == Name.Kind.FUNCTION;
                    called = function && called == null ? SqlNames.called(sql) : called;
                    if (!function || called.contains(word)) {
                        names.add(name);
                    }
                }
            }
        }
        return names;
    }
}
