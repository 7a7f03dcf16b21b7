package io.schemajob.migration.flyway;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What Flyway finds by name and a native executable would therefore leave out. Flyway itself says nothing about it to
 * GraalVM; its Quarkus extension does, and brings the pool that we do not want (docs/decisions/0002).
 */
final class FlywayReflection {
    private FlywayReflection() {}

    /**
     * The plugins in Flyway's two service files and ours, made by a {@link java.util.ServiceLoader}, which fails on the first one
     * it cannot make. That these are all of them is proven by a test.
     */
    @RegisterForReflection(
            methods = false,
            fields = false,
            classNames = {
                "io.schemajob.migration.flyway.FlywayPostgres",
                "org.flywaydb.core.api.migration.baseline.BaselineAppliedMigration",
                "org.flywaydb.core.api.migration.baseline.BaselineMigrationResolver",
                "org.flywaydb.core.api.migration.baseline.BaselineResourceTypeProvider",
                "org.flywaydb.core.internal.NullFlywayTelemetryManager",
                "org.flywaydb.core.internal.configuration.resolvers.EnvironmentProvisionerNone",
                "org.flywaydb.core.internal.configuration.resolvers.EnvironmentVariableResolver",
                "org.flywaydb.core.internal.configuration.resolvers.PlaceholderPropertyResolver",
                "org.flywaydb.core.internal.database.base.TestContainersDatabaseType",
                "org.flywaydb.core.internal.database.h2.H2DatabaseType",
                "org.flywaydb.core.internal.database.sqlite.SQLiteDatabaseType",
                "org.flywaydb.core.internal.jdbc.ErrorOverrideInitializerStub",
                "org.flywaydb.core.internal.proprietaryStubs.AuthCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.CheckCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.DeployCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.DiffCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.DiffTextCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.GenerateCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.LicensingConfigurationExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.ModelCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.OfflinePermitConfigurationExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.PATTokenConfigurationExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.PrepareCommandExtensionStub",
                "org.flywaydb.core.internal.proprietaryStubs.UndoCommandExtensionStub",
                "org.flywaydb.core.internal.resource.CoreResourceTypeProvider",
                "org.flywaydb.core.internal.scanner.classpath.ClasspathLocationHandlerImpl",
                "org.flywaydb.core.internal.scanner.filesystem.FilesystemLocationHandler",
                "org.flywaydb.core.internal.schemahistory.BaseAppliedMigration",
                "org.flywaydb.database.cockroachdb.CockroachDBDatabaseType",
                "org.flywaydb.database.postgresql.PostgreSQLDatabaseType"
            })
    static final class Plugins {
        private Plugins() {}
    }

    /** The plugins that every configuration copies by writing them as JSON and reading them again, and what they hold. */
    @RegisterForReflection(
            classNames = {
                "org.flywaydb.core.api.migration.baseline.BaselineMigrationConfigurationExtension",
                "org.flywaydb.core.extensibility.ConfigurationExtension",
                "org.flywaydb.core.extensibility.Plugin",
                "org.flywaydb.core.internal.publishing.PublishingConfigurationExtension",
                "org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension",
                "org.flywaydb.database.postgresql.TransactionalModel"
            })
    static final class CopiedPlugins {
        private CopiedPlugins() {}
    }

    /** Flyway asks each of these, by a static method it looks up, whether an SQL error at connecting is theirs. */
    @RegisterForReflection(
            fields = false,
            classNames = {
                "org.flywaydb.core.internal.exception.sqlExceptions.FlywaySqlNoDriversForInteractiveAuthException",
                "org.flywaydb.core.internal.exception.sqlExceptions.FlywaySqlNoIntegratedAuthException",
                "org.flywaydb.core.internal.exception.sqlExceptions.FlywaySqlServerUntrustedCertificateSqlException"
            })
    static final class ConnectErrors {
        private ConnectErrors() {}
    }
}
