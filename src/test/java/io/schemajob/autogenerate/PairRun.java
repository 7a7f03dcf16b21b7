package io.schemajob.autogenerate;

import io.schemajob.bundle.Script;
import io.schemajob.bundle.ScriptParser;
import io.schemajob.bundle.TextFile;
import io.schemajob.catalog.ChangePlanner;
import io.schemajob.catalog.Snapshot;
import io.schemajob.catalog.VerificationRequest;
import io.schemajob.catalog.Verifier;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.ddl.ScriptText;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SchemaCensus;
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Leads from one schema of a {@link SchemaPair} to the other, back by the down scripts, there again, back by what is
 * declared, and from nothing to the second one. After each step {@code pg_dump} decides whether it is there.
 */
final class PairRun {
    /** Everything that a case may have made, so that the next one can use the database too. */
    private static final String RESET =
            """
            SET search_path = pg_catalog;
            DO $$
            DECLARE
                what text;
            BEGIN
                FOR what IN SELECT format('EVENT TRIGGER %I', evtname) FROM pg_event_trigger
                      UNION ALL SELECT format('PUBLICATION %I', pubname) FROM pg_publication
                      UNION ALL SELECT format('SCHEMA %I CASCADE', nspname) FROM pg_namespace
                                 WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
                      UNION ALL SELECT format('FOREIGN DATA WRAPPER %I CASCADE', fdwname) FROM pg_foreign_data_wrapper
                      UNION ALL SELECT format('ACCESS METHOD %I CASCADE', a.amname) FROM pg_am a WHERE a.oid >= 16384
                                   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = a.oid AND d.deptype = 'e') LOOP
                    EXECUTE 'DROP ' || what;
                END LOOP;
            END
            $$;
            CREATE SCHEMA public;
            """;

    private final Postgres.Database database;
    private final SchemaPair pair;
    private final List<String> failures = new ArrayList<>();

    private PairRun(Postgres.Database database, SchemaPair pair) {
        this.database = database;
        this.pair = pair;
    }

    /** What went wrong, in sentences; empty if nothing did. */
    static List<String> failures(Postgres.Database database, SchemaPair pair) {
        PairRun run = new PairRun(database, pair);
        try {
            run.all();
        } catch (SQLException | RuntimeException e) {
            run.failures.add(pair.name() + ": " + e);
        }
        return run.failures;
    }

    private void all() throws SQLException {
        try (Connection connection = database.superuser()) {
            State to = State.of(connection, pair.world(), pair.to());
            State from = State.of(connection, pair.world(), pair.from());
            boolean there = lead(connection, "there", from, to, pair.left(), false);
            if (!there || !pair.left().isEmpty()) {
                State.of(connection, pair.world(), pair.to());
            }
            lead(connection, "back", to, from, pair.leftBack(), true);
            State nothing = State.of(connection, pair.world(), "");
            if (lead(connection, "from nothing", nothing, to, pair.leftNew(), false)) {
                dumped(connection);
            }
        }
    }

    /** That the census forgets nothing, {@code pg_dump} says. */
    private void dumped(Connection connection) throws SQLException {
        String made = SchemaDump.of(database);
        State.of(connection, pair.world(), pair.to());
        String difference = SchemaDump.difference(SchemaDump.of(database), made);
        if (!difference.isEmpty()) {
            fail("from nothing", "pg_dump:\n" + difference);
        }
    }

    /**
     * A schema as statements have made it.
     *
     * @param declared as {@code snapshot} writes it
     * @param census what there is
     */
    private record State(Schema declared, String census) {
        static State of(Connection connection, String world, String sql) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.execute(RESET);
                split(world).forEach(part -> execute(statement, part));
                statement.execute("SET search_path = public");
                split(sql).forEach(part -> execute(statement, part));
            }
            return new State(read(connection), SchemaCensus.of(connection));
        }
    }

    private static Schema read(Connection connection) throws SQLException {
        String text = SchemaYaml.write(Snapshot.take(connection, "public", null, List.of()), List.of());
        return SchemaYaml.read(new TextFile("schema.yaml", text));
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }

    private static List<String> split(String sql) {
        return ScriptParser.outline(Script.of(new TextFile("test.sql", sql))).statements().stream()
                .map(statement -> statement.sql())
                .toList();
    }

    /** From where the database is now to what is declared. */
    private boolean lead(Connection connection, String way, State from, State to, List<String> left, boolean rows)
            throws SQLException {
        int before = failures.size();
        DdlPlan plan = ChangePlanner.plan(
                connection, new ChangePlanner.Request("public", null, to.declared, new DiffOptions(true, null), rows));
        List<Note> open = plan.notes().stream()
                .filter(note -> note.open() && !isDecided(note))
                .toList();
        List<String> objects =
                open.stream().map(Note::object).distinct().sorted().toList();
        String told = way + "\n" + script(plan, true) + open;
        if (!objects.equals(left)) {
            fail(told, "left to a person " + objects + " and not " + left);
        }
        run(connection, plan, true, told);
        fill(connection, plan);
        if (open.isEmpty()) {
            check(connection, to, told);
        }
        if (failures.size() == before) {
            String back = told + "\nundone:\n" + script(plan, false);
            run(connection, plan, false, back);
            if (failures.size() == before && plan.notes().stream().noneMatch(PairRun::losesOnTheWayBack)) {
                equal(SchemaCensus.of(connection), from.census, back);
            }
            run(connection, plan, true, back + "\na second time");
        }
        return failures.size() == before;
    }

    private void check(Connection connection, State to, String told) throws SQLException {
        List<Difference> drift = Verifier.verify(
                        connection,
                        new VerificationRequest("public", null, to.declared, List.of(), new DiffOptions(true, null)))
                .differences()
                .stream()
                .filter(Difference::isDrift)
                .toList();
        if (!drift.isEmpty()) {
            fail(told, "drift " + drift);
        }
        equal(SchemaCensus.of(connection), to.census, told);
    }

    private void equal(String found, String expected, String told) {
        String difference = SchemaDump.difference(expected, found);
        if (!difference.isEmpty()) {
            fail(told, "differs:\n" + difference);
        }
    }

    /** What a person who knows that there are no rows and no renames decides without further thought. */
    private static boolean isDecided(Note note) {
        return note.reason().startsWith("It may have become ") || isToBeFilled(note);
    }

    private static boolean isToBeFilled(Note note) {
        return note.reason().startsWith("It is declared NOT NULL without a default");
    }

    private void fill(Connection connection, DdlPlan plan) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Note note : plan.notes()) {
                if (isToBeFilled(note)) {
                    statement.execute(note.statements().get(note.statements().size() - 1));
                }
            }
        }
    }

    private static boolean losesOnTheWayBack(Note note) {
        return note.object().endsWith(": way back");
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

    private void run(Connection connection, DdlPlan plan, boolean up, String told) throws SQLException {
        for (List<Operation> script : ordered(plan, up)) {
            connection.setAutoCommit(script.stream().anyMatch(Operation::alone));
            String last = "";
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = public");
                for (String sql : split(text(script, up))) {
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

    private void fail(String told, String what) {
        failures.add(pair.name() + ", " + told + "\n>>> " + what);
    }
}
