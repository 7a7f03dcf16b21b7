package io.schemajob.migration;

import io.schemajob.bundle.Migration;
import io.schemajob.database.DatabaseFailures;
import io.schemajob.database.Identifiers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
        List<ResolvedMigration> all = new ArrayList<>();
        for (Migration migration : session.bundle().migrations()) {
            all.add(new BundleMigration(migration, true, worker -> {}));
        }
        for (Migration migration : session.bundle().repeatables()) {
            all.add(new BundleMigration(migration, true, worker -> {}));
        }
        try {
            new FlywayFactory(session.schema())
                    .create(session::openWorker, all, true)
                    .repair();
        } catch (FlywayException e) {
            session.interruption().check();
            throw FlywayFailures.unexpected("The history could not be repaired", e);
        }
    }

    private List<String> rebuildIndexes() {
        List<String> changes = new ArrayList<>();
        try (Connection worker = session.openWorker();
                Statement statement = worker.createStatement()) {
            statement.execute("SET lock_timeout = 0");
            for (String index : invalidIndexes(worker)) {
                session.interruption().check();
                String name = Identifiers.qualify(session.schema(), index);
                // What REINDEX CONCURRENTLY leaves behind has a good twin (PostgreSQL docs, REINDEX).
                boolean leftover = index.matches(".*_cc(new|old)\\d*");
                statement.execute((leftover ? "DROP INDEX CONCURRENTLY " : "REINDEX INDEX CONCURRENTLY ") + name);
                changes.add("index %s: invalid before, %s now".formatted(index, leftover ? "dropped" : "rebuilt"));
            }
        } catch (SQLException e) {
            session.interruption().check();
            throw DatabaseFailures.unexpected("An invalid index could not be rebuilt", e);
        }
        return changes;
    }

    private List<String> invalidIndexes(Connection worker) throws SQLException {
        String sql =
                """
                SELECT c.relname
                FROM pg_index i
                JOIN pg_class c ON c.oid = i.indexrelid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ? AND c.relkind = 'i' AND NOT (i.indisvalid AND i.indisready)
                ORDER BY c.relname
                """;
        List<String> names = new ArrayList<>();
        try (var statement = worker.prepareStatement(sql)) {
            statement.setString(1, session.schema());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    names.add(row.getString(1));
                }
            }
        }
        return names;
    }
}
