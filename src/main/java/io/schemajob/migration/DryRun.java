package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.bundle.ParsedScript;
import io.schemajob.bundle.ScriptParser;
import io.schemajob.bundle.Statement;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Executes pending migrations in one transaction, lets the caller look at the result, and rolls everything back. */
public final class DryRun {
    private final MigrationSession session;

    public DryRun(MigrationSession session) {
        this.session = session;
    }

    /**
     * Runs the migrations and rolls back.
     *
     * @param inspect is given the session with the changes in place, unless a script cannot run in a transaction: such
     *     a one is printed but not executed, and what follows would be no proof
     */
    public void run(List<Migration> pending, Consumer<Connection> inspect) {
        List<ParsedScript> scripts =
                ScriptParser.parseAll(pending.stream().map(Migration::up).toList());
        session.retry().run("The dry run", () -> attempt(pending, scripts, inspect));
    }

    private void attempt(List<Migration> pending, List<ParsedScript> scripts, Consumer<Connection> inspect) {
        Connection worker = session.openWorker();
        try {
            worker.setAutoCommit(false);
            new HistoryTable(session.schema()).createSchema(worker);
            boolean whole = true;
            for (int i = 0; i < pending.size(); i++) {
                whole &= run(worker, pending.get(i), scripts.get(i));
            }
            if (whole) {
                inspect.accept(worker);
            }
            worker.rollback();
        } catch (SQLException e) {
            session.interruption().check();
            throw DatabaseFailures.unexpected("The dry run could not be completed", e);
        } finally {
            Sessions.closeQuietly(worker);
        }
    }

    private boolean run(Connection worker, Migration migration, ParsedScript script) {
        String name = Names.of(migration);
        session.log().step("Dry run of %s: %s...".formatted(Names.inSentence(migration), migration.title()));
        for (Statement statement : script.statements()) {
            session.log().script(statement.sql() + ";");
        }
        if (!script.transactional()) {
            session.log().warn(name + " cannot run in a transaction: printed, not executed, and nothing is verified.");
            return false;
        }
        session.scripts()
                .run(worker, name, script, new FailureState("The dry run was rolled back; nothing was changed."));
        return true;
    }
}
