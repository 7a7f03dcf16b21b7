package io.schemajob.migration.maintenance;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.migration.flyway.BundleMigration;
import io.schemajob.migration.flyway.FlywayFactory;
import io.schemajob.migration.flyway.FlywayFailures;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.script.IndexCatalog;
import io.schemajob.migration.script.IndexCatalog.Index;
import io.schemajob.migration.script.ScriptProgress;
import io.schemajob.migration.session.MigrationSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.resolver.ResolvedMigration;

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
     * @param problems what {@link HistoryValidation} found
     */
    public List<String> run(List<HistoryProblem> problems) {
        List<String> changes = new ArrayList<>(problems.stream()
                .filter(HistoryProblem::repairable)
                .map(problem -> "migration %s: %s".formatted(problem.version(), problem.message()))
                .toList());
        if (!changes.isEmpty()) {
            repairHistory();
        }
        changes.addAll(permitSteps());
        changes.addAll(rebuildIndexes());
        return changes;
    }

    /** A step of a script that was cut short may run again, as somebody has looked. */
    private List<String> permitSteps() {
        ScriptProgress progress = new ScriptProgress(session.schema());
        Optional<ScriptProgress.Entry> entry = progress.read(session.lockConnection());
        try {
            return entry.isPresent() && needsLook(entry.get()) && progress.permit(session.lockConnection())
                    ? List.of("%s: may run again from step %d"
                            .formatted(entry.get().script(), entry.get().steps() + 1))
                    : List.of();
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The progress of a script could not be changed", e);
        }
    }

    /** What may run again in any case keeps the note that it was begun, by which the next run finds its work. */
    private boolean needsLook(ScriptProgress.Entry entry) {
        return session.bundle().migrations().stream()
                .flatMap(migration -> Stream.of(migration.up(), migration.down()))
                .filter(script -> script != null)
                .filter(script -> script.name().equals(entry.script()))
                .findFirst()
                .map(script -> entry.open(ScriptParser.parse(script)))
                .orElse(true);
    }

    private void repairHistory() {
        List<ResolvedMigration> all = new ArrayList<>();
        for (Migration migration : session.bundle().migrations()) {
            all.add(new BundleMigration(migration, true, connection -> {}));
        }
        for (Migration migration : session.bundle().repeatables()) {
            all.add(new BundleMigration(migration, true, connection -> {}));
        }
        session.lock().assertHeld();
        try {
            new FlywayFactory(session.schema()).create(session::open, all).repair();
        } catch (FlywayException e) {
            session.cancellation().check();
            throw FlywayFailures.unexpected("The history could not be repaired", e);
        }
    }

    private List<Index> indexes(Connection connection) throws SQLException {
        IndexCatalog catalog = new IndexCatalog(connection);
        List<Index> indexes = new ArrayList<>(catalog.ofSchema(session.schema()));
        for (String further : session.bundle().furtherSchemas()) {
            indexes.addAll(catalog.ofSchema(further));
        }
        return indexes;
    }

    private List<String> rebuildIndexes() {
        List<String> changes = new ArrayList<>();
        try (Connection connection = session.open();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = 0");
            for (Index index : indexes(connection)) {
                if (!index.usable()) {
                    session.cancellation().check();
                    session.lock().assertHeld();
                    boolean leftover = index.leftoverOfReindex();
                    statement.execute((leftover ? "DROP INDEX CONCURRENTLY " : "REINDEX INDEX CONCURRENTLY ")
                            + index.qualified());
                    changes.add("index %s: invalid before, %s now"
                            .formatted(index.name(), leftover ? "dropped" : "rebuilt"));
                }
            }
        } catch (SQLException e) {
            session.cancellation().check();
            throw DatabaseFailures.unexpected("An invalid index could not be rebuilt", e);
        }
        return changes;
    }
}
