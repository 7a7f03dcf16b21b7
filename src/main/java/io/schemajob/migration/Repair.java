package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.Sessions;
import io.schemajob.migration.IndexCatalog.Index;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the history back in line with the bundle where nothing has to be guessed: checksums and names of edited
 * scripts, entries of failed scripts, and indexes that a killed build left invalid.
 */
public final class Repair {
    private final MigrationSession session;

    public Repair(MigrationSession session) {
        this.session = session;
    }

    /**
     * Repairs and returns one line for each thing that was changed, with old and new value.
     *
     * @param problems what {@link HistoryCheck} found
     */
    public List<String> run(List<HistoryProblem> problems) {
        List<String> changes = new ArrayList<>(problems.stream()
                .filter(HistoryProblem::repairable)
                .map(problem -> "migration %s: %s".formatted(problem.version(), problem.message()))
                .toList());
        if (!changes.isEmpty()) {
            repairHistory();
        }
        changes.addAll(rebuildIndexes());
        return changes;
    }

    private void repairHistory() {
        History history = session.history();
        HistoryTable table = new HistoryTable(session.schema());
        Connection worker = session.openWorker();
        try {
            worker.setAutoCommit(false);
            for (AppliedMigration row : history.failed()) {
                table.delete(worker, row.rank());
            }
            for (AppliedMigration row : history.versioned().values()) {
                Optional<Migration> migration = session.bundle().migration(row.version());
                if (row.success() && migration.isPresent()) {
                    table.realign(worker, row.rank(), migration.get());
                }
            }
            worker.commit();
        } catch (SQLException e) {
            session.interruption().check();
            throw DatabaseFailures.unexpected("The history could not be repaired", e);
        } finally {
            Sessions.closeQuietly(worker);
        }
    }

    private List<String> rebuildIndexes() {
        List<String> changes = new ArrayList<>();
        try (Connection worker = session.openWorker();
                Statement statement = worker.createStatement()) {
            statement.execute("SET lock_timeout = 0");
            for (Index index : new IndexCatalog(worker).ofSchema(session.schema())) {
                if (!index.usable()) {
                    session.interruption().check();
                    boolean leftover = index.leftoverOfReindex();
                    statement.execute((leftover ? "DROP INDEX CONCURRENTLY " : "REINDEX INDEX CONCURRENTLY ")
                            + index.qualified());
                    changes.add("index %s: invalid before, %s now"
                            .formatted(index.name(), leftover ? "dropped" : "rebuilt"));
                }
            }
        } catch (SQLException e) {
            session.interruption().check();
            throw DatabaseFailures.unexpected("An invalid index could not be rebuilt", e);
        }
        return changes;
    }
}
