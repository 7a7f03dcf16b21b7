package io.schemajob.migration.script;

import io.schemajob.bundle.sql.ConcurrentIndex;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.migration.script.IndexCatalog.Index;
import io.schemajob.report.log.Log;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Makes statements that work on an index concurrently safe to repeat. They cannot run in a transaction, so a killed run
 * leaves either an invalid index, which {@code IF NOT EXISTS} would take for a good one (flyway#3682), or a finished one
 * without its history row.
 */
public final class ConcurrentIndexes {
    private final String schema;
    private final Log log;

    public ConcurrentIndexes(String schema, Log log) {
        this.schema = schema;
        this.log = log;
    }

    /**
     * Runs a statement. If it works on an index concurrently, the way is cleared for it first, and it is left out if it
     * was done already.
     *
     * <p>Meanwhile the session has no lock timeout: such statements wait by design, for old transactions, and nobody
     * waits for them. After a failure it is not put back; the session ends then.
     *
     * @param session in autocommit
     * @param interrupted whether an earlier run has begun the statement, and may have done it: only then it is left out
     * @param work runs the statement
     */
    public void run(Connection session, Statement statement, boolean interrupted, StatementWork work)
            throws SQLException {
        Optional<ConcurrentIndex> index = ConcurrentIndex.of(statement);
        if (index.isEmpty()) {
            work.run();
            return;
        }
        String lockTimeout = withoutLockTimeout(session);
        if (prepare(session, index.get(), interrupted)) {
            work.run();
        }
        setLockTimeout(session, lockTimeout);
    }

    /** Runs a statement of a script. */
    @FunctionalInterface
    public interface StatementWork {
        void run() throws SQLException;
    }

    /** Whether such a statement that failed has left no index that is invalid. */
    boolean untouched(Connection session, ConcurrentIndex index) throws SQLException {
        IndexCatalog catalog = new IndexCatalog(session);
        return switch (index.action()) {
            case CREATE ->
                index.index() != null
                        && catalog.on(index.table(), index.index())
                                .map(Index::usable)
                                .orElse(true);
            case DROP ->
                index.index() == null
                        || catalog.named(index.index()).map(Index::usable).orElse(true);
            case REINDEX -> reindexed(catalog, index).stream().noneMatch(Index::leftoverOfReindex);
        };
    }

    private List<Index> reindexed(IndexCatalog catalog, ConcurrentIndex reindex) throws SQLException {
        if (reindex.index() != null) {
            return catalog.beside(reindex.index());
        }
        return reindex.table() != null ? catalog.ofTable(reindex.table()) : catalog.ofSchema(schema);
    }

    private boolean prepare(Connection session, ConcurrentIndex index, boolean interrupted) {
        try {
            return switch (index.action()) {
                case CREATE -> index.index() == null || prepareCreate(session, index, interrupted);
                case DROP -> !interrupted || prepareDrop(session, index);
                case REINDEX -> {
                    dropLeftovers(session, index);
                    yield true;
                }
            };
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("What an interrupted run may have left could not be cleared away", e);
        }
    }

    private boolean prepareCreate(Connection session, ConcurrentIndex create, boolean interrupted) throws SQLException {
        Optional<Index> found = new IndexCatalog(session).on(create.table(), create.index());
        if (found.isEmpty() || found.get().usable() && !interrupted) {
            return true;
        }
        if (found.get().usable()) {
            log.step("Index %s is there already, built by an interrupted run; verification compares it"
                    .formatted(create.index().name()));
            return false;
        }
        log.step("Index %s was left invalid by an interrupted run; dropping it to build it again"
                .formatted(create.index().name()));
        drop(session, found.get());
        return true;
    }

    private boolean prepareDrop(Connection session, ConcurrentIndex drop) throws SQLException {
        if (drop.conditional() || new IndexCatalog(session).named(drop.index()).isPresent()) {
            return true;
        }
        log.warn("Index %s is gone already, left so by an interrupted run; nothing to drop."
                .formatted(drop.index().name()));
        return false;
    }

    private void dropLeftovers(Connection session, ConcurrentIndex reindex) throws SQLException {
        for (Index index : reindexed(new IndexCatalog(session), reindex)) {
            if (index.leftoverOfReindex()) {
                log.step("Index %s was left by an interrupted REINDEX; dropping it".formatted(index.name()));
                drop(session, index);
            }
        }
    }

    private static void drop(Connection session, Index index) throws SQLException {
        try (java.sql.Statement statement = session.createStatement()) {
            statement.execute("DROP INDEX CONCURRENTLY IF EXISTS " + index.qualified());
        }
    }

    private static String withoutLockTimeout(Connection session) {
        try (java.sql.Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery("SHOW lock_timeout")) {
            row.next();
            String before = row.getString(1);
            setLockTimeout(session, "0");
            return before;
        } catch (SQLException e) {
            throw lockTimeoutNotSet(e);
        }
    }

    private static void setLockTimeout(Connection session, String value) {
        try (java.sql.Statement statement = session.createStatement()) {
            statement.execute("SET lock_timeout = '" + value + "'");
        } catch (SQLException e) {
            throw lockTimeoutNotSet(e);
        }
    }

    private static RuntimeException lockTimeoutNotSet(SQLException e) {
        return DatabaseFailures.unexpected("The lock timeout could not be set", e);
    }
}
