package io.schemajob.catalog.ddl;

import io.schemajob.catalog.sql.SqlNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Which pieces need a name. A change often concerns a few names of thousands of tables: then the texts of the pieces are searched
 * for the first word of each, and only those that hold it are read, which takes a small part of reading them all.
 */
final class Users {
    /** From so many words on it is quicker to read every text once. */
    private static final int MOST_WORDS = 32;

    private final Collection<Piece> pieces;
    private final Universe universe;
    private final Map<String, List<Piece>> byWord = new HashMap<>();
    private Map<Name, List<Piece>> byName;

    /** @param pieces of which the users are looked for; they are found in this order */
    Users(Collection<Piece> pieces, Universe universe) {
        this.pieces = pieces;
        this.universe = universe;
    }

    List<Piece> of(Name name) {
        String word = name.words().get(0);
        if (byName == null && !isSearched(name, word)) {
            byName = byName();
        }
        return byName != null
                ? byName.getOrDefault(name, List.of())
                : byWord.computeIfAbsent(word, this::mayNeed).stream()
                        .filter(piece -> universe.needs(piece).contains(name))
                        .toList();
    }

    /** No text mentions what has blanks in it, or is no name: that is only said by {@link Piece#needs}. */
    private boolean isSearched(Name name, String word) {
        boolean found = !name.spoken()
                || name.kind() == Name.Kind.OBJECT
                || name.kind() == Name.Kind.VALUE
                || SqlNames.isPlain(word);
        return found && universe.isByWordsAlone() && (byWord.size() < MOST_WORDS || byWord.containsKey(word));
    }

    private List<Piece> mayNeed(String word) {
        boolean plain = SqlNames.isPlain(word);
        return pieces.stream()
                .filter(piece -> plain && mayMention(piece.text(), word)
                        || piece.needs().stream()
                                .anyMatch(name -> name.words().get(0).equals(word)))
                .toList();
    }

    /** A plain name stands in a text as it is, but for capitals and escapes. */
    private static boolean mayMention(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word) || text.indexOf('\\') >= 0;
    }

    private Map<Name, List<Piece>> byName() {
        Map<Name, List<Piece>> users = new HashMap<>();
        for (Piece piece : pieces) {
            universe.needs(piece).forEach(name -> users.computeIfAbsent(name, key -> new ArrayList<>(1))
                    .add(piece));
        }
        return users;
    }
}
