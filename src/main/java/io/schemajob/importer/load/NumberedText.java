package io.schemajob.importer.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that a default makes of a number, such as {@code 'T' || nextval('s')}. What stands around the number is found out by
 * letting the server compute the default for two numbers that differ in every digit.
 */
final class NumberedText {
    private static final Pattern DRAWING =
            Pattern.compile("nextval\\((?:'(?:[^']++|'')*+'|\\('(?:[^']++|'')*+'::text\\))::regclass\\)");

    /** Long and short, as a default may pad to a length, or cut. */
    private static final String[][] PROBES = {{"123456789", "987654321"}, {"12345678", "87654321"}, {"1234", "4321"}};

    private NumberedText() {}

    /** A regular expression of PostgreSQL whose only group is the number; empty if it cannot be told. */
    static Optional<String> pattern(Connection session, String expression) throws SQLException {
        Matcher drawing = DRAWING.matcher(expression);
        if (!drawing.find()) {
            return Optional.empty();
        }
        for (String[] probe : PROBES) {
            String[] texts = compute(session, expression, probe);
            Optional<String> pattern = texts == null ? Optional.empty() : around(texts, probe);
            if (pattern.isPresent()) {
                return pattern;
            }
        }
        return Optional.empty();
    }

    private static String[] compute(Connection session, String expression, String[] probe) throws SQLException {
        Savepoint before = session.setSavepoint();
        Matcher drawing = DRAWING.matcher(expression);
        String sql = "SELECT (%s)::text, (%s)::text"
                .formatted(
                        drawing.replaceAll("(" + probe[0] + ")::bigint"),
                        drawing.replaceAll("(" + probe[1] + ")::bigint"));
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return new String[] {row.getString(1), row.getString(2)};
        } catch (SQLException e) {
            session.rollback(before);
            return null;
        } finally {
            session.releaseSavepoint(before);
        }
    }

    private static Optional<String> around(String[] texts, String[] probe) {
        if (texts[0] == null || texts[1] == null) {
            return Optional.empty();
        }
        int at = texts[0].indexOf(probe[0]);
        if (at < 0 || !texts[1].equals(texts[0].replaceFirst(probe[0], probe[1]))) {
            return Optional.empty();
        }
        String before = texts[0].substring(0, at).replaceFirst("0+$", "");
        String after = texts[0].substring(at + probe[0].length());
        return Optional.of("^" + literal(before) + "0*([0-9]{1,18})" + literal(after) + "$");
    }

    private static String literal(String text) {
        return text.replaceAll("([^\\p{L}\\p{N}\\s])", "\\\\$1");
    }
}
