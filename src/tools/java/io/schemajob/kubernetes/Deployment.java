package io.schemajob.kubernetes;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Script;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What differs between the built-in bundles when they are deployed.
 *
 * @param bundle its name, and that of the service that uses it
 * @param version the newest migration, in a form that names may have: a new migration is a new Job
 * @param rollbackTarget the version below the newest, or {@code base}
 * @param scripts text of each script by its file name
 * @param tables what a backup holds: the history, and all tables with those first that others refer to
 * @param maintained whether the bundle has a {@code maintenance.sql}
 * @param imported whether it has an {@code import.yaml}
 * @param perTenant whether its service keeps a schema for each tenant
 */
record Deployment(
        String bundle,
        String version,
        String rollbackTarget,
        Map<String, String> scripts,
        List<String> tables,
        boolean maintained,
        boolean imported,
        boolean perTenant) {

    private static final Set<String> PER_TENANT = Set.of("bindu");

    static List<Deployment> all() {
        return BundleLoader.builtInNames().stream().map(Deployment::of).toList();
    }

    static Deployment of(String name) {
        Bundle bundle = BundleLoader.load(name);
        List<Migration> migrations = bundle.migrations();
        String below = migrations.size() < 2
                ? "base"
                : migrations.get(migrations.size() - 2).version().toString();
        Map<String, String> scripts = new TreeMap<>();
        migrations.stream()
                .flatMap(migration -> Stream.concat(Stream.of(migration.up()), migration.downScript().stream()))
                .forEach((Script script) -> scripts.put(script.name(), script.text()));
        return new Deployment(
                name,
                bundle.head().orElseThrow().toString().replace('_', '-').replace('.', '-'),
                below,
                scripts,
                tables(SchemaYaml.read(bundle.file("schema.yaml").orElseThrow())),
                bundle.file("maintenance.sql").isPresent(),
                bundle.file("import.yaml").isPresent(),
                PER_TENANT.contains(name));
    }

    private static List<String> tables(Schema schema) {
        List<String> ordered = new ArrayList<>(List.of("flyway_schema_history"));
        TreeSet<String> left = new TreeSet<>(schema.tables().keySet());
        while (!left.isEmpty()) {
            String next = left.stream()
                    .filter(table -> schema.tables().get(table).foreignKeys().stream()
                            .map(ForeignKey::table)
                            .noneMatch(other -> !other.equals(table) && left.contains(other)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("Tables refer to each other in a circle: " + left));
            ordered.add(next);
            left.remove(next);
        }
        return ordered;
    }

    /** The migration Job of seed 001: {@code agent-executor-migration-001}. */
    String jobName() {
        return bundle + "-migration-" + version;
    }

    /** The name that the deployment guide of agent-executor gives the backup of its checkpoints. */
    String backupName() {
        return bundle + (bundle.equals("agent-executor") ? "-checkpoint-backup" : "-backup");
    }
}
