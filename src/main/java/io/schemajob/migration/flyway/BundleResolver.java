package io.schemajob.migration.flyway;

import java.util.Collection;
import java.util.List;
import org.flywaydb.core.api.resolver.MigrationResolver;
import org.flywaydb.core.api.resolver.ResolvedMigration;

/** Tells Flyway the migrations of a bundle, so that it never scans for any. */
final class BundleResolver implements MigrationResolver {
    private final List<ResolvedMigration> migrations;

    BundleResolver(List<ResolvedMigration> migrations) {
        this.migrations = migrations;
    }

    @Override
    public Collection<ResolvedMigration> resolveMigrations(Context context) {
        return migrations;
    }
}
