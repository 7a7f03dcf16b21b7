package io.schemajob.autogenerate;

import io.schemajob.catalog.ChangePlanner;
import io.schemajob.catalog.VerificationRequest;
import io.schemajob.catalog.Verifier;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.ddl.ScriptText;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.testing.SchemaCensus;
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Leads a database from one schema to another by the scripts of a plan, back by their down scripts, and there again; what
 * is there after each step is told from the catalog.
 */
final class Lead {
    private final Connection connection;
    private final String name;
    private final boolean privileges;
    private final List<String> failures = new ArrayList<>();

    Lead(Connection connection, String name, boolean privileges) {
        this.connection = connection;
        this.name = name;
        this.privileges = privileges;
    }

    /** What went wrong, in sentences; empty if nothing did. */
    List<String> failures() {
        return failures;
    }

    void fail(String told, String what) {
        failures.add(name + ", " + told + "\n>>> " + what);
    }

    /** From where the database is now to what is declared. */
    boolean lead(String way, SchemaState from, SchemaState to, List<String> left, boolean rows) throws SQLException {
        int before = failures.size();
        DdlPlan plan = ChangePlanner.plan(
                connection,
                new ChangePlanner.Request("public", null, to.declared(), new DiffOptions(true, null), rows));
        List<Note> open = plan.notes().stream()
                .filter(note -> note.open() && !isDecided(note, plan.notes()))
                .toList();
        List<String> objects = open.stream()
                .map(note -> note.object().toString())
                .distinct()
                .sorted()
                .toList();
        String told = way + "\n" + script(plan, true) + open;
        if (left != null && !objects.equals(left)) {
            fail(told, "left to a person " + objects + " and not " + left);
        }
        run(plan, true, told);
        fill(plan);
        if (open.isEmpty()) {
            check(to, told, kept(plan));
        }
        if (failures.size() == before) {
            String back = told + "\nundone:\n" + script(plan, false);
            run(plan, false, back);
            if (failures.size() == before && plan.notes().stream().noneMatch(Lead::losesOnTheWayBack)) {
                equal(SchemaCensus.of(connection, privileges), from.census(), back);
            }
            run(plan, true, back + "\na second time");
        }
        return failures.size() == before;
    }

    private void check(SchemaState to, String told, List<String> kept) throws SQLException {
        List<Difference> drift = Verifier.verify(
                        connection,
                        new VerificationRequest("public", null, to.declared(), List.of(), new DiffOptions(true, null)))
                .differences()
                .stream()
                .filter(Difference::isDrift)
                .filter(difference ->
                        kept.stream().noneMatch(difference.object().toString()::endsWith))
                .toList();
        if (!drift.isEmpty()) {
            fail(told, "drift " + drift);
        }
        equal(without(kept, SchemaCensus.of(connection, privileges)), without(kept, to.census()), told);
    }

    /** What nobody declared and is told to stay, since others may have made it. */
    private static List<String> kept(DdlPlan plan) {
        return plan.notes().stream()
                .filter(note -> note.reason().startsWith("It is not declared"))
                .map(note -> note.object().toString().replaceFirst(".* ", ""))
                .toList();
    }

    private static String without(List<String> names, String census) {
        return census.lines()
                .filter(line -> names.stream().noneMatch(line::contains))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private void equal(String found, String expected, String told) {
        String difference = SchemaDump.difference(expected, found);
        if (!difference.isEmpty()) {
            fail(told, "differs:\n" + difference);
        }
    }

    /** What a person who knows that there are no rows and no renames decides without further thought. */
    private static boolean isDecided(Note note, List<Note> all) {
        return mayBeRenamed(note)
                || isToBeFilled(note)
                || all.stream().filter(Lead::mayBeRenamed).anyMatch(other -> note.reason()
                        .contains("is that of the " + other.object() + ","));
    }

    private static boolean mayBeRenamed(Note note) {
        return note.reason().startsWith("It may have become ");
    }

    private static boolean isToBeFilled(Note note) {
        return note.reason().startsWith("It is declared NOT NULL without a default");
    }

    private void fill(DdlPlan plan) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Note note : plan.notes()) {
                if (isToBeFilled(note)) {
                    statement.execute(note.statements().get(note.statements().size() - 1));
                }
            }
        }
    }

    private static boolean losesOnTheWayBack(Note note) {
        return "way back".equals(note.object().part())
                || note.reason().startsWith("Its parent's column is made anew, ");
    }

    private static String script(DdlPlan plan, boolean up) {
        StringBuilder text = new StringBuilder();
        for (List<Operation> script : ordered(plan, up)) {
            text.append(text(script, up)).append("--\n");
        }
        return text.toString();
    }

    private static List<List<Operation>> ordered(DdlPlan plan, boolean up) {
        List<List<Operation>> scripts = new ArrayList<>(plan.scripts());
        if (!up) {
            Collections.reverse(scripts);
        }
        return scripts;
    }

    private static String text(List<Operation> script, boolean up) {
        List<Operation> decided = script.stream()
                .map(operation -> operation.commented() && !waits(operation) ? decided(operation) : operation)
                .toList();
        return up
                ? ScriptText.up(List.of(), decided, List.of(), (number, operation) -> List.of())
                        .text()
                : ScriptText.down(List.of(), decided, (number, operation) -> List.of())
                        .text();
    }

    private static boolean waits(Operation operation) {
        return operation.remark().startsWith("It waits for");
    }

    /** As a person does who knows that nothing was renamed. */
    private static Operation decided(Operation operation) {
        return new Operation(
                operation.rank(),
                operation.object(),
                operation.relation(),
                operation.up(),
                operation.down(),
                operation.alone(),
                operation.apartFrom(),
                null,
                false,
                operation.effect());
    }

    private void run(DdlPlan plan, boolean up, String told) throws SQLException {
        for (List<Operation> script : ordered(plan, up)) {
            connection.setAutoCommit(script.stream().anyMatch(Operation::alone));
            String last = "";
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = public");
                for (String sql : SchemaState.split(text(script, up))) {
                    last = sql;
                    statement.execute(sql);
                }
                if (!connection.getAutoCommit()) {
                    connection.commit();
                }
            } catch (SQLException e) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
                fail(told, e.getMessage() + " in " + last);
                break;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
