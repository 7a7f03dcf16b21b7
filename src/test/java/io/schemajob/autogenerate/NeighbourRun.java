package io.schemajob.autogenerate;

import io.schemajob.catalog.VerificationRequest;
import io.schemajob.catalog.Verifier;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SchemaCensus;
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Two generated schemas that differ in little, as one damages the other: a snapshot is clean, what differs is found, and
 * scripts lead from each to the other and from nothing.
 */
final class NeighbourRun {
    private final Postgres.Database database;
    private final Connection connection;
    private final boolean privileges;
    private final Lead lead;
    private final List<String> refused = new ArrayList<>();

    private NeighbourRun(Postgres.Database database, Connection connection, boolean privileges) {
        this.database = database;
        this.connection = connection;
        this.privileges = privileges;
        this.lead = new Lead(connection, "made", privileges);
    }

    /**
     * What came out.
     *
     * @param failures in sentences
     * @param refused statements that PostgreSQL did not take, which are left out
     */
    record Outcome(List<String> failures, List<String> refused) {}

    /** Which ways a run takes; all of them take some three times as long as one. What is made from nothing has the same dump. */
    enum Ways {
        /** From each to the other and from nothing. */
        ALL,
        /** From one to the other. */
        THERE,
        FROM_NOTHING,
        /** None: both are declared, and what differs is found. */
        FOUND
    }

    /** @param connection of a superuser to the database, which the next run can use too */
    static Outcome of(
            Postgres.Database database,
            Connection connection,
            List<String> one,
            List<String> other,
            boolean privileges,
            Ways ways) {
        NeighbourRun run = new NeighbourRun(database, connection, privileges);
        try {
            run.take(one, other, ways);
        } catch (SQLException | RuntimeException e) {
            run.lead.fail("", "exception: " + e);
        }
        return new Outcome(run.lead.failures(), run.refused);
    }

    /** What a snapshot of one server finds on another, which has the same. */
    static List<String> across(
            Postgres.Database database, Postgres.Database other, List<String> one, boolean privileges) {
        List<String> failures = new ArrayList<>();
        try (Connection here = database.superuser();
                Connection there = other.superuser()) {
            NeighbourRun run = new NeighbourRun(database, here, privileges);
            SchemaState state = run.make(one);
            NeighbourRun elsewhere = new NeighbourRun(other, there, privileges);
            SchemaState second = elsewhere.make(one);
            if (run.refused.equals(elsewhere.refused)) {
                elsewhere.clean(
                        "declared on " + database.server().major() + ", found on "
                                + other.server().major(),
                        state);
                run.clean(
                        "declared on " + other.server().major() + ", found on "
                                + database.server().major(),
                        second);
                failures.addAll(elsewhere.lead.failures());
                failures.addAll(run.lead.failures());
            }
        } catch (SQLException | RuntimeException e) {
            failures.add(">>> exception: " + e);
        }
        return failures;
    }

    private void take(List<String> one, List<String> other, Ways ways) throws SQLException {
        SchemaState to = make(one);
        String dump = ways == Ways.FROM_NOTHING || ways == Ways.ALL ? SchemaDump.of(database) : null;
        clean("a snapshot", to);
        if (!lead.failures().isEmpty()) {
            return;
        } else if (ways == Ways.FROM_NOTHING) {
            fromNothing(to, dump);
            return;
        }
        SchemaState from = make(other);
        clean("a snapshot of the other", from);
        found(to, from);
        if (!lead.failures().isEmpty() || ways == Ways.FOUND) {
            return;
        }
        lead.lead("there", from, to, null, false);
        if (!lead.failures().isEmpty() || ways == Ways.THERE) {
            return;
        }
        build(one);
        lead.lead("back", to, from, null, true);
        fromNothing(to, dump);
    }

    private void fromNothing(SchemaState to, String dump) throws SQLException {
        SchemaState.clear(connection, "");
        SchemaState nothing = new SchemaState(null, SchemaCensus.of(connection, privileges));
        if (lead.lead("from nothing", nothing, to, List.of(), false)) {
            String difference = SchemaDump.difference(dump, SchemaDump.of(database));
            if (!difference.isEmpty()) {
                lead.fail("from nothing", "dump:\n" + difference);
            }
        }
    }

    private SchemaState make(List<String> statements) throws SQLException {
        build(statements);
        return SchemaState.of(connection, privileges).withPartitionsDeclared();
    }

    private void build(List<String> statements) throws SQLException {
        SchemaState.clear(connection, "");
        refused.clear();
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                try {
                    statement.execute(sql);
                } catch (SQLException e) {
                    refused.add(e.getMessage().replaceAll("\n.*", "") + " in " + sql);
                }
            }
        }
    }

    private List<Difference> differences(SchemaState declared) throws SQLException {
        return Verifier.verify(
                        connection,
                        new VerificationRequest(
                                "public", null, declared.declared(), List.of(), new DiffOptions(true, null)))
                .differences();
    }

    private void clean(String told, SchemaState state) throws SQLException {
        List<Difference> differences = differences(state);
        if (!differences.isEmpty()) {
            lead.fail(told, "false drift: " + differences);
        }
    }

    /** What the catalog says to be different, by the names of the objects, is found. */
    private void found(SchemaState declared, SchemaState live) throws SQLException {
        List<Difference> differences = differences(declared);
        String lines = SchemaDump.difference(declared.census(), live.census());
        // A file without a comment on any sequence says nothing of comments on sequences.
        boolean commentsAlone = lines.lines().allMatch(line -> line.startsWith("+ comment "));
        if (lines.isEmpty() && !differences.isEmpty()) {
            lead.fail("alike", "drift though alike: " + differences);
        } else if (differences.isEmpty() && !commentsAlone) {
            lead.fail("damaged", "silent damage:\n" + lines);
        } else if (!lines.isEmpty() && !commentsAlone) {
            Set<String> objects = new TreeSet<>();
            differences.forEach(
                    difference -> objects.add(difference.object().toString().replace("\"", "")));
            boolean named = lines.lines().anyMatch(line -> objects.stream().anyMatch(object -> names(line, object)));
            if (!named) {
                lead.fail("damaged", "named otherwise: " + differences + "\n" + lines);
            }
        }
    }

    private static boolean names(String line, String object) {
        for (String word : line.replace("\"", "").replace("public.", "").split(" \\| ")) {
            if (word.length() > 1 && !word.startsWith("- ") && !word.startsWith("+ ") && object.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
