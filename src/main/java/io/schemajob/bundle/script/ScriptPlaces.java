package io.schemajob.bundle.script;

import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.SqlLexer.Token;
import io.schemajob.bundle.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a script says <code>${name}</code>. Comments and the rows of COPY are text, whatever they say. */
public final class ScriptPlaces {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([^{}\\s]*)}");

    /** What would become one token with a quoted value. */
    private static final Pattern GLUE = Pattern.compile("[\\p{L}\\p{N}_$'\"&]");

    private final Script script;
    private final Set<String> declared;
    private final List<Place> places = new ArrayList<>();

    /** @param start of the dollar sign @param end exclusive @param line from 1 */
    public record Place(String name, int start, int end, int line) {}

    private ScriptPlaces(Script script, Set<String> declared) {
        this.script = script;
        this.declared = declared;
    }

    /**
     * In order.
     *
     * @param declared names that are refused where they would stay text, as in a string
     * @throws io.schemajob.report.failure.SchemajobException CONFIG, with file and line
     */
    public static List<Place> of(Script script, Set<String> declared) {
        ScriptPlaces found = new ScriptPlaces(script, declared);
        ScriptParser.outline(script).statements().forEach(found::look);
        return found.places;
    }

    private void look(Statement statement) {
        SqlLexer tokens = statement.tokens();
        Matcher matcher = PLACE.matcher(script.text());
        int until = 0;
        while (tokens.next() != Token.END) {
            boolean within = tokens.start() < until;
            // A dollar sign behind a letter belongs to the name before it.
            int dollar = tokens.token() == Token.WORD ? tokens.end() - 1 : tokens.start();
            boolean sql = tokens.token() == Token.WORD || tokens.token() == Token.SYMBOL;
            if (!within && sql && matcher.region(dollar, statement.end()).lookingAt()) {
                requireAlone(statement, matcher);
                places.add(
                        new Place(matcher.group(1), matcher.start(), matcher.end(), line(statement, matcher.start())));
                until = matcher.end();
            } else if (!within && (tokens.token() == Token.STRING || tokens.token() == Token.NAME)) {
                requireText(statement, tokens);
            }
        }
    }

    private void requireAlone(Statement statement, Matcher place) {
        boolean glued = place.start() > 0 && glues(place.start() - 1)
                || place.end() < script.text().length() && glues(place.end());
        if (glued) {
            throw Problem.at(
                    script.path(),
                    line(statement, place.start()),
                    "${%s} stands directly beside a name or a quote, and is quoted itself".formatted(place.group(1)),
                    "Put a blank between them, or join texts: 'text ' || ${name}");
        }
    }

    private boolean glues(int at) {
        return GLUE.matcher(script.text().substring(at, at + 1)).matches();
    }

    private void requireText(Statement statement, SqlLexer tokens) {
        Matcher inside = PLACE.matcher(script.text()).region(tokens.start(), tokens.end());
        while (inside.find()) {
            if (declared.contains(inside.group(1))) {
                throw Problem.at(
                        script.path(),
                        line(statement, inside.start()),
                        "${%s} stands inside of quotes, where it would stay text".formatted(inside.group(1)),
                        "Put it outside of them: 'text ' || ${name}");
            }
        }
    }

    private int line(Statement statement, int at) {
        return statement.line()
                + (int) script.text()
                        .substring(statement.start(), at)
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }
}
