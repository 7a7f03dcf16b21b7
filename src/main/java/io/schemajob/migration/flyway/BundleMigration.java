package io.schemajob.migration.flyway;

import io.schemajob.bundle.script.Migration;
import io.schemajob.migration.script.OutsideException;
import java.sql.Connection;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.executor.Context;
import org.flywaydb.core.api.executor.MigrationExecutor;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.extensibility.MigrationType;
import org.flywaydb.core.internal.jdbc.Results;

/** A migration of a bundle as Flyway sees it: Flyway keeps order, transaction and history; the statements are ours. */
public final class BundleMigration implements ResolvedMigration, MigrationExecutor {
    private final Migration migration;
    private final boolean transactional;
    private final Execution execution;

    /** Runs the script on Flyway's session. */
    @FunctionalInterface
    public interface Execution {
        void run(Connection session);
    }

    public BundleMigration(Migration migration, boolean transactional, Execution execution) {
        this.migration = migration;
        this.transactional = transactional;
        this.execution = execution;
    }

    @Override
    public List<Results> execute(Context context) {
        try {
            execution.run(context.getConnection());
            return List.of();
        } catch (OutsideException e) {
            if (!e.recorded()) {
                throw e;
            }
            throw new FlywayException(e.getMessage(), e);
        } catch (RuntimeException e) {
            // Flyway records a failed script that is not transactional only for exceptions of its own.
            throw new FlywayException(e.getMessage(), e);
        }
    }

    @Override
    public boolean canExecuteInTransaction() {
        return transactional;
    }

    @Override
    public boolean shouldExecute() {
        return true;
    }

    @Override
    public MigrationVersion getVersion() {
        return migration.repeatable()
                ? null
                : MigrationVersion.fromVersion(migration.version().toString());
    }

    @Override
    public String getDescription() {
        return migration.description();
    }

    @Override
    public String getScript() {
        return migration.up().name();
    }

    @Override
    public Integer getChecksum() {
        return migration.up().checksum();
    }

    @Override
    public MigrationType getType() {
        return CoreMigrationType.SQL;
    }

    @Override
    public String getPhysicalLocation() {
        return migration.up().path();
    }

    @Override
    public MigrationExecutor getExecutor() {
        return this;
    }

    @Override
    public boolean checksumMatches(Integer checksum) {
        return Objects.equals(checksum, getChecksum());
    }

    @Override
    public boolean checksumMatchesWithoutBeingIdentical(Integer checksum) {
        return Objects.equals(checksum, getChecksum());
    }
}
