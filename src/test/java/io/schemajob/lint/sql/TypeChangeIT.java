package io.schemajob.lint.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every change from one common type to another rewrites the table on real servers exactly when we say so. */
class TypeChangeIT {
    private static final List<String> TYPES = List.of(
            "smallint",
            "integer",
            "int8",
            "numeric",
            "numeric(10)",
            "numeric(10, 2)",
            "decimal(12,2)",
            "numeric(12,4)",
            "real",
            "double precision",
            "text",
            "varchar",
            "varchar(10)",
            "character varying(20)",
            "char(5)",
            "character",
            "bit(3)",
            "varbit(5)",
            "bit varying(8)",
            "varbit",
            "timestamp",
            "timestamp(3)",
            "timestamp(6) without time zone",
            "timestamptz",
            "timestamp(3) with time zone",
            "date",
            "time",
            "time(3)",
            "timetz",
            "time(2) with time zone",
            "interval",
            "interval(3)",
            "interval day to second(3)",
            "inet",
            "cidr",
            "json",
            "jsonb",
            "xml",
            "uuid",
            "boolean",
            "bytea",
            "text[]",
            "varchar(10)[]",
            "varchar(20)[]",
            "integer[]");

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void pairsRewriteWhenWeSaySo(int major) throws SQLException {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        try (Connection connection = Postgres.version(major).createDatabase().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET timezone = 'UTC'");
            for (String from : TYPES) {
                for (String to : TYPES) {
                    Boolean rewritten = rewritten(statement, from, to);
                    boolean expected = TypeChange.rewrites(type(from), type(to));
                    compared += rewritten == null ? 0 : 1;
                    if (rewritten != null && rewritten != expected) {
                        wrong.add("%s to %s: %s".formatted(from, to, rewritten ? "rewrites" : "does not"));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(500);
    }

    private static SqlType type(String text) {
        return TypeReader.read(new Sql(text, 1));
    }

    /** Null if there is no such cast. */
    private static Boolean rewritten(Statement statement, String from, String to) throws SQLException {
        statement.execute("DROP TABLE IF EXISTS t");
        statement.execute("CREATE TABLE t (c " + from + ")");
        long before = file(statement);
        try {
            statement.execute("ALTER TABLE t ALTER c TYPE %s USING c::%s".formatted(to, to));
        } catch (SQLException e) {
            assertThat(e.getSQLState()).as(from + " to " + to).isIn("42846", "0A000");
            return null;
        }
        return file(statement) != before;
    }

    private static long file(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT relfilenode FROM pg_class WHERE oid = 't'::regclass")) {
            row.next();
            return row.getLong(1);
        }
    }
}
