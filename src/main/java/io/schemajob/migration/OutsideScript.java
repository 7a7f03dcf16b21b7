package io.schemajob.migration;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptStep;
import io.schemajob.bundle.script.ScriptStep.Kind;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.ServerFacts;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.LostCommit;
import io.schemajob.migration.script.Aftermath;
import io.schemajob.migration.script.ConcurrentIndexes;
import io.schemajob.migration.script.OutsideException;
import io.schemajob.migration.script.OutsideFailure;
import io.schemajob.migration.script.ScriptProgress;
import io.schemajob.migration.script.ScriptProgress.Entry;
import io.schemajob.migration.script.ScriptRunner;
import io.schemajob.migration.script.StatementFailure;
import io.schemajob.migration.session.MigrationSession;
import io.schemajob.migration.session.SessionCare;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs a script outside of a transaction: a single statement that refuses one, or, where the script says so, step by
 * step. A step that PostgreSQL takes in a transaction is committed together with the note that it is done.
 */
final class OutsideScript {
    private static final Pattern BEGIN = Pattern.compile(
            "\\s*(?:BEGIN(?:\\s+(?:WORK|TRANSACTION))?|START\\s+TRANSACTION)\\b(.*)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final MigrationSession session;
    private final Connection connection;
    private final String name;
    private final ParsedScript script;
    private final String history;
    private final boolean unlocks;
    private final ConcurrentIndexes indexes;
    private final ScriptProgress progress;
    private final ScriptRunner runner;

    /** Whether an earlier run was cut short in the step with which this one goes on. */
    private boolean interrupted;

    /** Index of the statement at work. */
    private int at;

    /**
     * @param connection in autocommit
     * @param name what the failure calls the script
     * @param history what the history says, for the failure
     * @param unlocks whether a statement may release the locks of its session
     */
    OutsideScript(
            MigrationSession session,
            Connection connection,
            String name,
            ParsedScript script,
            String history,
            boolean unlocks) {
        this.session = session;
        this.connection = connection;
        this.name = name;
        this.script = script;
        this.history = history;
        this.unlocks = unlocks;
        this.indexes = new ConcurrentIndexes(session.schema(), session.log());
        this.progress = new ScriptProgress(session.schema());
        this.runner = session.scripts();
    }

    /** @throws OutsideException saying what was done */
    void run() {
        int done = begin();
        for (int i = 0; i < script.steps().size(); i++) {
            session.cancellation().check();
            ScriptStep step = script.steps().get(i);
            int number = i;
            attempt(step, () -> {
                if (number < done) {
                    repeatSession(step);
                } else {
                    run(step, number);
                }
            });
        }
    }

    /** @return how many steps an earlier run has done */
    private int begin() {
        Optional<Entry> entry = progress.read(connection);
        if (entry.isEmpty()) {
            createProgress();
            return 0;
        }
        require(entry.get());
        interrupted = entry.get().isBegun(script);
        int done = entry.get().steps();
        if (done > 0 && done < script.steps().size()) {
            Statement next = script.statements().get(script.steps().get(done).first());
            session.log()
                    .step("%s goes on at line %d; what is above was done by an earlier run"
                            .formatted(name, next.line()));
        }
        return done;
    }

    private void createProgress() {
        try {
            progress.create(connection);
        } catch (SQLException e) {
            session.cancellation().check();
            Failure failure = DatabaseFailures.unexpected(
                            "The table that notes how far %s is could not be created".formatted(name), e)
                    .failure()
                    .databaseState("Nothing of %s was done; the history says %s.".formatted(name, history));
            throw new OutsideException(failure.asException(e), false, false);
        }
    }

    private void require(Entry entry) {
        if (!entry.script().equals(script.script().name()) || !entry.agrees(script)) {
            throw entry.changed(history);
        }
        if (entry.open(script)) {
            Statement next =
                    script.statements().get(script.steps().get(entry.steps()).first());
            throw Failure.of(
                            ExitStatus.MIGRATION_PARTIAL,
                            "%s was cut short at line %d by an earlier run, and nothing tells how much of that statement was done."
                                    .formatted(Untrusted.text(entry.script()), next.line()))
                    .databaseState(
                            "What is above that line is done, and stays; the history says %s.".formatted(history))
                    .hint(
                            "Look at what it left (schemajob verify). Then correct it and run the job again; or, if it may run"
                                    + " again as it is: schemajob repair && schemajob migrate")
                    .asException();
        }
    }

    private void repeatSession(ScriptStep step) throws SQLException {
        for (at = step.first(); at < step.end(); at++) {
            if (script.statements().get(at).changesSession()) {
                execute();
            }
        }
    }

    private void run(ScriptStep step, int number) throws SQLException {
        runStep(step, number);
        if (unlocks) {
            session.lock().acquireSharedLock(connection);
        }
    }

    private void runStep(ScriptStep step, int number) throws SQLException {
        switch (step.kind()) {
            case SESSION -> execute();
            case ALONE -> {
                progress.begun(connection, script, number);
                indexes.run(connection, script.statements().get(at), interrupted, this::execute);
                interrupted = false;
                progress.done(connection, script, number + 1);
            }
            case STATEMENT, BLOCK -> transaction(step, number);
        }
    }

    private void execute() throws SQLException {
        runner.run(connection, script, script.statements().get(at));
    }

    private void transaction(ScriptStep step, int number) throws SQLException {
        connection.setAutoCommit(false);
        boolean block = step.kind() == Kind.BLOCK;
        try {
            if (block) {
                Matcher begin = BEGIN.matcher(script.statements().get(at).sql());
                if (begin.matches() && !begin.group(1).isBlank()) {
                    try (java.sql.Statement modes = connection.createStatement()) {
                        modes.execute("SET TRANSACTION" + begin.group(1));
                    }
                }
            }
            if (unlocks && !setsTransaction(step.first() + (block ? 1 : 0))) {
                session.lock().markTransaction(connection);
            }
            for (at = step.first() + (block ? 1 : 0); at < step.end() - (block ? 1 : 0); at++) {
                execute();
            }
            at = step.end() - 1;
            progress.done(connection, script, number + 1);
            commit(step, number);
        } catch (SQLException e) {
            if (!connection.isClosed()) {
                connection.rollback();
            }
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    /** Such a statement must be the first of its transaction. */
    private boolean setsTransaction(int statement) {
        return SessionCare.SET_TRANSACTION
                .matcher(script.statements().get(statement).sql())
                .lookingAt();
    }

    private void commit(ScriptStep step, int number) throws SQLException {
        String transaction = LostCommit.number(connection);
        try {
            connection.commit();
        } catch (SQLException e) {
            if (!LostCommit.possible(e)) {
                throw e;
            }
            Aftermath left =
                    switch (new LostCommit(session.sessions(), session.cancellation())
                            .find(session.lockConnection(), transaction, asked -> progress.read(asked)
                                    .filter(entry -> entry.steps() > number)
                                    .isPresent())) {
                        case COMMITTED -> Aftermath.DONE;
                        case ROLLED_BACK -> Aftermath.NOTHING;
                        default -> Aftermath.UNKNOWN;
                    };
            throw failure(step, left, e);
        }
    }

    private void attempt(ScriptStep step, Work work) {
        at = step.first();
        try {
            work.run();
        } catch (SQLException e) {
            Aftermath left = step.kind() == Kind.ALONE
                    ? Aftermath.of(connection, script.statements().get(step.first()), indexes, e)
                    : Aftermath.NOTHING;
            if (step.kind() == Kind.ALONE && left == Aftermath.NOTHING) {
                forgetBegin();
            }
            throw failure(step, left, e);
        }
    }

    private void forgetBegin() {
        try {
            progress.forgetBegin(connection, script);
        } catch (SQLException e) {
            // The next run finds the note, and that the step may be repeated.
        }
    }

    private OutsideException failure(ScriptStep step, Aftermath left, SQLException e) {
        StatementFailure place = new StatementFailure(session.bundle().name(), name, script, at + 1, null);
        SchemajobException failure = new OutsideFailure(place, step.first(), step.end(), left, history)
                .explain(e, ServerFacts.becameReadOnly(connection, e), runner.waitedFor());
        boolean lost = SqlStates.connectionLost(SqlStates.of(e));
        return new OutsideException(
                failure, failure.status() == ExitStatus.MIGRATION_PARTIAL && !lost, left == Aftermath.SOMETHING);
    }

    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }
}
