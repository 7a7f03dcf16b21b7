package io.schemajob.bundle.sql;

import io.schemajob.bundle.sql.SqlLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Named numbers in SQL, written {@code :name} as psql's variables are. Those in strings, names and comments are not
 * meant, nor is the cast {@code ::type}.
 */
public final class SqlParameters {
    private SqlParameters() {}

    /** @param start of the colon @param end exclusive */
    private record Place(String name, int start, int end) {}

    /** The names in order, each as often as it stands there. */
    public static List<String> names(String sql) {
        return places(sql).stream().map(Place::name).toList();
    }

    /** Puts numbers in place of names; every name has one. */
    public static String bind(String sql, Map<String, Long> values) {
        StringBuilder bound = new StringBuilder();
        int from = 0;
        for (Place place : places(sql)) {
            bound.append(sql, from, place.start()).append((long) values.get(place.name()));
            from = place.end();
        }
        return bound.append(sql, from, sql.length()).toString();
    }

    private static List<Place> places(String sql) {
        List<Place> places = new ArrayList<>();
        SqlLexer tokens = new SqlLexer("", sql);
        int colon = -1;
        boolean cast = false;
        while (tokens.next() != Token.END) {
            if (tokens.is(':')) {
                cast = colon >= 0 && colon + 1 == tokens.start() && !cast;
                colon = tokens.start();
                continue;
            }
            if (tokens.token() == Token.WORD && colon >= 0 && colon + 1 == tokens.start() && !cast) {
                places.add(new Place(tokens.lexeme(), colon, tokens.end()));
            }
            colon = -1;
            cast = false;
        }
        return places;
    }
}
