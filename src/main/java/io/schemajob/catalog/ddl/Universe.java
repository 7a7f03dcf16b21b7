package io.schemajob.catalog.ddl;

import io.schemajob.catalog.sql.SqlNames;
import java.util.ArrayList;
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
    private final Map<String, List<Name>> byLastWord = new HashMap<>();
    private final Map<Piece, Set<Name>> known = new IdentityHashMap<>();

    Universe(Map<String, Piece> old, Map<String, Piece> wanted) {
        Stream.of(old, wanted)
                .flatMap(side -> side.values().stream())
                .flatMap(piece -> piece.provides().stream())
                .filter(Name::spoken)
                .distinct()
                .forEach(name -> byLastWord
                        .computeIfAbsent(name.words().get(name.words().size() - 1), word -> new ArrayList<>())
                        .add(name));
    }

    /** What the piece needs to be there, itself excluded. */
    Set<Name> needs(Piece piece) {
        return known.computeIfAbsent(piece, this::find);
    }

    private Set<Name> find(Piece piece) {
        Set<Name> needs = mentioned(piece.text());
        needs.addAll(piece.needs());
        needs.removeAll(piece.provides());
        return needs;
    }

    Set<Name> mentioned(String sql) {
        Set<String> words = SqlNames.mentioned(sql);
        Set<Name> names = new HashSet<>();
        for (String word : words) {
            for (Name name : byLastWord.getOrDefault(word, List.of())) {
                if (words.containsAll(name.words())) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
