package io.schemajob.database.libpq;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads libpq's other form of a connection string, {@code host=db dbname='my app'}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-KEYWORD-VALUE">libpq</a>
 */
final class KeywordValues {
    private static final Pattern PAIR = Pattern.compile(
            "\\s*+(?<name>[^\\s=]++)\\s*+=\\s*+(?:'(?<quoted>(?:[^'\\\\]++|\\\\.)*+)'|(?<plain>(?!')(?:[^\\s\\\\]++|\\\\.)*+))",
            Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    private KeywordValues() {}

    /** The parameters that the text names, unchecked; the text itself is never shown. */
    static Map<String, String> read(String source, String text) {
        Map<String, String> parameters = new LinkedHashMap<>();
        String rest = text.strip();
        Matcher pair = PAIR.matcher(rest);
        int end = 0;
        while (end < rest.length()) {
            if (!pair.region(end, rest.length()).lookingAt()) {
                throw ConfigFailure.of(
                        "The connection string in %s cannot be used: it is not written as keyword=value, separated by blanks."
                                .formatted(source),
                        "Write it as host=HOST port=5432 dbname=DATABASE user=USER, or as a URL; quote values that have"
                                + " blanks with '.");
            }
            String value = pair.group("quoted") == null ? pair.group("plain") : pair.group("quoted");
            put(parameters, pair.group("name"), ESCAPE.matcher(value).replaceAll("$1"));
            end = pair.end();
        }
        return parameters;
    }

    /** The last of two counts, and {@code requiressl} is an old way to say {@code sslmode}. */
    static void put(Map<String, String> parameters, String name, String value) {
        if (name.equals("requiressl")) {
            parameters.put("sslmode", requiredSsl(value));
        } else {
            parameters.put(name, value);
        }
    }

    static String requiredSsl(String value) {
        return value.startsWith("1") ? "require" : "prefer";
    }
}
