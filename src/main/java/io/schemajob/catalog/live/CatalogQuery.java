package io.schemajob.catalog.live;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Runs catalog queries for one schema. In the text of a query {@code :schema} stands for the schema's OID, and {@code
 * :schemas} for a list of those of all schemas that the bundle owns.
 *
 * <p>Rows come in pieces: 50,000 tables have so many columns that all of their rows at once would be most of a run's memory.
 */
final class CatalogQuery {
    private static final String OID = "(SELECT n.oid FROM pg_catalog.pg_namespace n WHERE n.nspname = ?)";
    /** More rows than a usual schema has of anything, as each further piece is a wait for the server. */
    private static final int ROWS_AT_ONCE = 5_000;

    /** Above this a scan of the catalog is what the schema is worth. In characters; an OID has some six. */
    private static final int LONG_LIST = 7_000;

    private static final Pattern PLACE = Pattern.compile(
            "(?<=WHERE |AND )(\\w++\\.)(relnamespace|pronamespace|typnamespace) = :schema\\b|:schema(s?)");

    private final Connection connection;
    private final String schema;
    private final List<String> owned;
    private final int major;

    private final List<Question> pending = new ArrayList<>();

    /** By the column with the schema, the OIDs of all rows that have this one there, as an array's text. */
    private final Map<String, String> members = new HashMap<>();

    /** @param further schemas of the same bundle */
    CatalogQuery(Connection connection, String schema, Collection<String> further) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.owned = new ArrayList<>(further);
        this.owned.add(schema);
        this.major = connection.getMetaData().getDatabaseMajorVersion();
    }

    /** The server's version: 14 to 18. */
    int major() {
        return major;
    }

    /** What one row of a result does. */
    @FunctionalInterface
    interface RowReader {
        void read(CatalogRow row) throws SQLException;
    }

    /** The first text where the server is at least of this major version, else the second. */
    String since(int version, String then, String otherwise) {
        return major >= version ? then : otherwise;
    }

    /**
     * The name of a collation as the model has it: with its schema, and then quoted, where that is another.
     *
     * @param of alias of {@code pg_collation}
     * @param schema an expression for the OID of the schema that is read
     */
    static String collation(String of, String schema) {
        return "CASE WHEN " + of + ".collnamespace IN ('pg_catalog'::regnamespace, " + schema + ") THEN " + of
                + ".collname::text ELSE pg_catalog.format('%s.\"%s\"', " + of + ".collnamespace::regnamespace, " + of
                + ".collname) END";
    }

    /**
     * Tells what the schema has, as no catalog has an index on the schema: from now on queries find these rows by their
     * OIDs. A list that is too long for that changes nothing.
     *
     * @param relations an array's text, as the others; null for an empty one
     */
    void narrow(String relations, String routines, String types) {
        narrow("relnamespace", relations);
        narrow("pronamespace", routines);
        narrow("typnamespace", types);
    }

    private void narrow(String column, String oids) {
        if (oids == null || oids.length() <= LONG_LIST) {
            members.put(column, oids == null ? "{}" : oids);
        }
    }

    /** A query in the server's terms. */
    private record Question(String text, List<String> values, RowReader reader) {}

    /** Asks at once. */
    void forEach(String sql, RowReader reader) throws SQLException {
        ask(List.of(question(sql, reader)));
    }

    /** Asks with the next {@link #ask}. */
    void later(String sql, RowReader reader) {
        pending.add(question(sql, reader));
    }

    /**
     * Asks all that was put off, in one message, as each wait for a server far away costs more than most of these queries. The
     * readers are called in the order of the questions, when the server has answered them all.
     */
    void ask() throws SQLException {
        List<Question> questions = List.copyOf(pending);
        pending.clear();
        if (!questions.isEmpty()) {
            ask(questions);
        }
    }

    private Question question(String sql, RowReader reader) {
        List<String> values = new ArrayList<>();
        String several = OID.replace("= ?", "IN (" + "?, ".repeat(owned.size() - 1) + "?)");
        String text = PLACE.matcher(sql).replaceAll(place -> {
            if (place.group(1) == null) {
                values.addAll(place.group(3).isEmpty() ? List.of(schema) : owned);
                return place.group(3).isEmpty() ? OID : several;
            }
            String found = members.get(place.group(2));
            if (found != null) {
                values.add(found);
            }
            values.add(schema);
            String condition = place.group(1) + place.group(2) + " = " + OID;
            return found == null ? condition : place.group(1) + "oid = ANY (?::oid[]) AND " + condition;
        });
        return new Question(text, values, reader);
    }

    private void ask(List<Question> questions) throws SQLException {
        String text = questions.stream().map(Question::text).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            int place = 0;
            for (Question question : questions) {
                for (String value : question.values()) {
                    statement.setString(++place, value);
                }
            }
            statement.execute();
            for (Question question : questions) {
                try (ResultSet result = statement.getResultSet()) {
                    CatalogRow row = new CatalogRow(result);
                    while (result.next()) {
                        question.reader().read(row);
                    }
                }
                statement.getMoreResults();
            }
        }
    }

    /** A row by column labels, with the conversions that catalog types need. */
    static final class CatalogRow {
        private final ResultSet result;
        private final Map<String, String> shared = new HashMap<>();

        CatalogRow(ResultSet result) {
            this.result = result;
        }

        String text(String column) throws SQLException {
            return result.getString(column);
        }

        /** A text that many rows have: kept once. */
        String shared(String column) throws SQLException {
            String text = result.getString(column);
            return text == null ? null : shared.computeIfAbsent(text, same -> same);
        }

        /** The single letter of a {@code "char"} column. */
        char letter(String column) throws SQLException {
            String text = result.getString(column);
            return text == null || text.isEmpty() ? ' ' : text.charAt(0);
        }

        boolean flag(String column) throws SQLException {
            return result.getBoolean(column);
        }

        int integer(String column) throws SQLException {
            return result.getInt(column);
        }

        long number(String column) throws SQLException {
            return result.getLong(column);
        }

        byte[] bytes(String column) throws SQLException {
            return result.getBytes(column);
        }

        /** A {@code text[]}; empty for NULL. */
        List<String> texts(String column) throws SQLException {
            Array array = result.getArray(column);
            return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
        }

        /** An {@code int2vector}, {@code oidvector} or {@code int2[]} cast to text; empty for NULL. */
        List<Long> numbers(String column) throws SQLException {
            String text = result.getString(column);
            return text == null ? List.of() : CatalogQuery.numbers(text);
        }
    }

    /** What is no digit separates: there are tens of thousands of these texts, too many for a pattern. */
    static List<Long> numbers(String text) {
        List<Long> numbers = new ArrayList<>(4);
        for (int at = 0; at < text.length(); at++) {
            int start = at;
            while (at < text.length() && (text.charAt(at) == '-' || Character.isDigit(text.charAt(at)))) {
                at++;
            }
            if (at > start) {
                numbers.add(Long.parseLong(text, start, at, 10));
            }
        }
        return numbers;
    }
}
