package io.schemajob.migration.history;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.source.TextFile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Bundles and histories made of versions alone, for decisions that need neither files nor a server. */
public final class Histories {
    private Histories() {}

    public static Migration migration(String version) {
        Script up = Script.of(new TextFile("migrations/" + version + "_step.up.sql", "SELECT " + version));
        Script down = Script.of(new TextFile("migrations/" + version + "_step.down.sql", "SELECT -1"));
        return new Migration(Version.of(version), "step", "step", up, down);
    }

    public static Migration repeatable(String description, String sql) {
        Script script = Script.of(new TextFile("migrations/R__" + description + ".sql", sql));
        return new Migration(null, description, description, script, null);
    }

    public static Bundle bundle(String... versions) {
        return bundle(List.of(versions).stream().map(Histories::migration).toList(), List.of());
    }

    public static Bundle bundle(List<Migration> versioned, List<Migration> repeatable) {
        return bundle(versioned, repeatable, List.of(), Map.of());
    }

    public static Bundle bundle(
            List<Migration> versioned, List<Migration> repeatable, List<AdoptRule> rules, Map<String, TextFile> files) {
        return new Bundle(
                "shop",
                "Shop",
                "/bundles/shop",
                14,
                List.of(),
                false,
                false,
                List.of(),
                null,
                Map.of(),
                rules,
                NamingStyle.GOLANG_MIGRATE,
                versioned,
                repeatable,
                files);
    }

    /** A history in which these have run, in this order. */
    public static History applied(List<Migration> migrations) {
        List<AppliedMigration> rows = new ArrayList<>();
        migrations.forEach(migration -> rows.add(row(rows.size() + 1, migration)));
        return new History(true, rows);
    }

    public static History of(AppliedMigration... rows) {
        return new History(true, List.of(rows));
    }

    public static AppliedMigration row(int rank, Migration migration) {
        return row(rank, migration, "SQL", migration.up().checksum(), true);
    }

    public static AppliedMigration row(int rank, Migration migration, String type, Integer checksum, boolean success) {
        return new AppliedMigration(
                rank,
                migration.version(),
                migration.description(),
                type,
                migration.up().name(),
                checksum,
                "app",
                Instant.EPOCH,
                1,
                success);
    }

    public static AppliedMigration baseline(int rank, String version) {
        return new AppliedMigration(
                rank,
                Version.of(version),
                "<< Flyway Baseline >>",
                "BASELINE",
                "",
                null,
                "app",
                Instant.EPOCH,
                0,
                true);
    }
}
