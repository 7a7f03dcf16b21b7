package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;

/**
 * Changes what the history says without running anything, in one transaction: a run that is killed records everything
 * or nothing, or the next one would run scripts whose tables are there. The rows are those that Flyway would have
 * written, and its lock is held.
 */
public final class HistoryWriter {
    private final MigrationSession session;

    public HistoryWriter(MigrationSession session) {
        this.session = session;
    }

    /**
     * Makes the change and brings the history that is kept in step to the version it reaches.
     *
     * @param decide is given the history as it is under the lock
     * @param kept remembered from now on
     * @return what was changed
     */
    public HistoryChange write(Function<History, HistoryChange> decide, KeptHistory kept) {
        HistoryChange[] made = new HistoryChange[1];
        session.retry().run("Recording", () -> made[0] = attempt(decide, kept));
        return made[0];
    }

    private HistoryChange attempt(Function<History, HistoryChange> decide, KeptHistory kept) {
        session.lock().assertHeld();
        Connection worker = session.openWorker();
        try {
            HistoryTable table = new HistoryTable(session.schema());
            table.create(worker);
            HistoryChange change = decide.apply(session.history());
            worker.setAutoCommit(false);
            for (AppliedMigration row : change.forgotten()) {
                table.delete(worker, row.rank());
            }
            for (Migration migration : change.recorded()) {
                table.insert(worker, migration, 0, true);
            }
            KeepNote note = new KeepNote(session.schema());
            if (!note.read(worker).equals(kept.tool())) {
                note.write(worker, kept.tool().orElse(null));
            }
            kept.follow(worker, change.reached());
            worker.commit();
            return change;
        } catch (SQLException e) {
            session.interruption().check();
            throw DatabaseFailures.unexpected("The history could not be written", e);
        } finally {
            Sessions.closeQuietly(worker);
        }
    }
}
