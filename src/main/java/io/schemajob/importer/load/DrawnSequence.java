package io.schemajob.importer.load;

import io.schemajob.database.query.Identifiers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A sequence from which a column's default takes its numbers, owned by the column or not.
 *
 * @param column name of the column
 * @param expression the default as PostgreSQL prints it; null for an identity column
 * @param sql name of the sequence, quoted and with its schema
 * @param increment negative if it counts down
 * @param least it can give
 * @param most it can give
 * @param readable whether this user may look at it
 * @param movable whether this user may move it
 */
public record DrawnSequence(
        String column,
        String expression,
        String sql,
        long increment,
        long least,
        long most,
        boolean readable,
        boolean movable) {

    /** @param called whether {@code last} was given out already */
    public record Position(long last, boolean called) {
        @Override
        public String toString() {
            return called ? String.valueOf(last) : "nothing drawn, begins at " + last;
        }
    }

    public boolean descending() {
        return increment < 0;
    }

    /** Whether it can give this number at all. */
    boolean gives(BigDecimal number) {
        return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
    }

    /** Whether a sequence at this position never gives a number up to this one again. */
    boolean isBehind(Position position, long number) {
        int order = Long.compare(position.last(), number) * (descending() ? -1 : 1);
        return position.called() ? order >= 0 : order > 0;
    }

    public Position position(Connection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SELECT last_value, is_called FROM " + sql)) {
            row.next();
            return new Position(row.getLong(1), row.getBoolean(2));
        }
    }

    /** Lets the next number be the one after this; not undone by a rollback. */
    void move(Connection session, long number) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SELECT pg_catalog.setval(%s::regclass, %d)".formatted(Identifiers.literal(sql), number));
        }
    }
}
