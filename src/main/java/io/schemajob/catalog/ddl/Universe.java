package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.sql.SqlNames;
import java.util.ArrayList;
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

    /** A column by its table: thousands of tables may have one of the same name. */
    private final Map<String, List<Name>> byFirstWord = new HashMap<>();

    private final OtherNames others;
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
        Stream<Name> provided = Stream.of(old, wanted)
                .flatMap(side -> side.values().stream())
                .flatMap(piece -> piece.provides().stream());
        Stream.of(provided, further.stream(), others.names().stream())
                .flatMap(names -> names)
                .filter(Name::spoken)
                .distinct()
                .forEach(name -> byFirstWord
                        .computeIfAbsent(name.words().get(0), word -> new ArrayList<>())
                        .add(name));
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
            names.removeAll(needs(function));
            names.removeAll(function.provides());
            return names;
        });
    }

    private static boolean checked(Routine routine) {
        return routine.language().equals("sql") || routine.language().equals("plpgsql");
    }

    private Set<Name> find(Piece piece) {
        Set<Name> needs = mentioned(piece.text(), BARE.contains(piece.kind()));
        piece.needs().forEach(name -> needs.add(others.resolved(name)));
        needs.removeAll(piece.provides());
        return needs;
    }

    Set<Name> mentioned(String sql) {
        return mentioned(sql, true);
    }

    /** @param bare whether functions are named without the bracket behind their name, as CREATE OPERATOR does */
    private Set<Name> mentioned(String sql, boolean bare) {
        Set<String> words = SqlNames.mentioned(sql);
        Set<String> called = bare ? words : SqlNames.called(sql);
        Set<Name> names = new HashSet<>();
        for (String word : words) {
            for (Name name : byFirstWord.getOrDefault(word, List.of())) {
                if (words.containsAll(name.words())
                        && others.mentions(words, name)
                        && (name.kind() != Name.Kind.FUNCTION || called.contains(word))) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
