package io.schemajob.importer.validate;

import io.schemajob.database.query.Identifiers;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Lets the server count and sum up a table; one pass over it, unless it is very wide, by several workers where the server has them. */
public final class TargetSums {
    private static final String PROBE = "Schemajob: naïve probe";
    private static final long PROBE_SEED = 42;

    /** Two results a column: PostgreSQL gives 1,664 at most. */
    private static final int MOST_COLUMNS = 800;

    private TargetSums() {}

    public static Checksums of(Connection session, TablePlan table) throws SQLException {
        long rows = 0;
        List<Checksums.Column> columns = new ArrayList<>();
        int all = table.columns().size();
        for (int from = 0; from < all; from += MOST_COLUMNS) {
            List<ColumnPlan> some = table.columns().subList(from, Math.min(all, from + MOST_COLUMNS));
            try (Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery(sql(table, some))) {
                row.next();
                rows = row.getLong(1);
                int index = 2;
                for (ColumnPlan column : some) {
                    long values = row.getLong(index++);
                    BigDecimal sum = row.getBigDecimal(index++);
                    columns.add(new Checksums.Column(
                            column.name(), values, sum == null ? BigInteger.ZERO : sum.toBigIntegerExact()));
                }
            }
        }
        return new Checksums(rows, List.copyOf(columns));
    }

    private static String sql(TablePlan table, List<ColumnPlan> columns) {
        StringJoiner outer = new StringJoiner(", ", "SELECT count(*), ", " FROM ");
        StringJoiner inner =
                new StringJoiner(", ", "(SELECT ", " FROM " + table.target().sql() + " OFFSET 0) t");
        inner.add(seed(table) + " AS seed");
        int number = 0;
        for (ColumnPlan column : columns) {
            String name = "c" + number++;
            inner.add(Identifiers.quote(column.name()) + " AS " + name);
            outer.add("count(" + name + ")").add("sum(" + ColumnHash.sql(column.kind(), name, "seed") + ")");
        }
        return outer.toString() + inner;
    }

    /**
     * The hash of the key, column by column; that of all columns where there is no key, as an array can hold hundreds of them.
     * OFFSET 0 above keeps it from being computed once a column.
     */
    private static String seed(TablePlan table) {
        if (table.key().isEmpty()) {
            StringJoiner hashes = new StringJoiner(", ", "hash_array_extended(ARRAY[", "]::bigint[], 0)");
            table.columns()
                    .forEach(column ->
                            hashes.add(ColumnHash.sql(column.kind(), Identifiers.quote(column.name()), "0::bigint")));
            return hashes.toString();
        }
        String seed = "0::bigint";
        for (int index : table.key()) {
            ColumnPlan column = table.columns().get(index);
            seed = ColumnHash.sql(column.kind(), Identifiers.quote(column.name()), seed);
        }
        return seed;
    }

    /** Refuses a server whose hashes are others: that of a big-endian machine. */
    public static void requireSameHash(Connection session) throws SQLException {
        String sql = "SELECT hashtextextended('" + PROBE + "' COLLATE \"C\", " + PROBE_SEED + ")";
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (row.getLong(1) != PostgresHash.ofBytes(PROBE.getBytes(StandardCharsets.UTF_8), PROBE_SEED)) {
                throw Failure.of(ExitStatus.PREREQUISITE_MISSING, "This server computes hashes in another way.")
                        .databaseState("Nothing was changed.")
                        .hint("Import with --no-validate, on a machine that is big-endian like the server's.")
                        .asException();
            }
        }
    }
}
