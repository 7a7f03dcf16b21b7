package io.schemajob.testing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads a query as text, for assertions. */
public final class Rows {
    private Rows() {}

    /** All rows, as the owner of the database; NULL as the text {@code NULL}. */
    public static List<List<String>> of(Postgres.Database database, String sql) throws SQLException {
        try (Connection connection = database.connect()) {
            return of(connection, sql);
        }
    }

    /** All rows; NULL as the text {@code NULL}. */
    public static List<List<String>> of(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    String value = row.getString(i);
                    values.add(value == null ? "NULL" : value);
                }
                rows.add(values);
            }
            return rows;
        }
    }

    /** All rows that are left, columns joined by {@code |}; NULL as the text {@code null}. */
    static List<String> joined(ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        List<String> rows = new ArrayList<>();
        while (row.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                values.add(String.valueOf(row.getString(i)));
            }
            rows.add(String.join("|", values));
        }
        return rows;
    }
}
