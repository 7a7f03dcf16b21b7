package io.schemajob.migration.flyway;

import io.schemajob.migration.history.HistoryTable;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.resolver.ResolvedMigration;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;

/**
 * Builds Flyway in code: our scripts only, nothing scanned, its session lock instead of the transactional one that
 * {@code CREATE INDEX CONCURRENTLY} would wait for (flyway#3497), no second validation.
 *
 * <p>A group, so that it looks at all of them once and not once a script. With the session lock Flyway uses one connection, so that a script and its history row share one transaction.
 */
public final class FlywayFactory {
    private final String schema;

    public FlywayFactory(String schema) {
        this.schema = schema;
    }

    /**
     * A Flyway that knows these migrations and no others.
     *
     * @param sessions where it gets its connections; it closes them
     */
    public Flyway create(SessionSource sessions, List<ResolvedMigration> migrations) {
        FluentConfiguration configuration = Flyway.configure(FlywayFactory.class.getClassLoader())
                .dataSource(new SessionDataSource(sessions))
                .defaultSchema(schema)
                .schemas(schema)
                .table(HistoryTable.NAME)
                .createSchemas(false)
                .group(true)
                .loggers(SilentFlywayLog.class.getName())
                .locations(new String[0])
                .skipDefaultResolvers(true)
                .skipDefaultCallbacks(true)
                .resolvers(new BundleResolver(migrations))
                .resourceProvider(new NoResources())
                .javaMigrationClassProvider(List::of)
                .validateOnMigrate(false)
                .validateMigrationNaming(false)
                .failOnMissingLocations(false)
                .placeholderReplacement(false)
                .ignoreMigrationPatterns("*:missing", "*:future", "*:ignored");
        configuration
                .getPluginRegister()
                .getExact(PostgreSQLConfigurationExtension.class)
                .setTransactionalLock(false);
        return configuration.load();
    }

    /**
     * Nothing to find: the resolver has all scripts. Without a provider of each kind Flyway scans the class path, of which
     * a native executable has none.
     */
    private static final class NoResources implements ResourceProvider {
        @Override
        public LoadableResource getResource(String name) {
            return null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return List.of();
        }
    }

    /** Opens a session for Flyway. */
    @FunctionalInterface
    public interface SessionSource {
        Connection open();
    }
}
