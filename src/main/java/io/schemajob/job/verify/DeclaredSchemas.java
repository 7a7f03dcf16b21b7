package io.schemajob.job.verify;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a bundle declares: the newest version at once, so that a broken file changes nothing, others when they are asked for. */
final class DeclaredSchemas {
    private final Bundle bundle;
    private final Schema newest;
    private final Map<Version, Optional<Schema>> older = new ConcurrentHashMap<>();

    private DeclaredSchemas(Bundle bundle, Schema newest) {
        this.bundle = bundle;
        this.newest = newest;
    }

    static DeclaredSchemas read(Bundle bundle) {
        Schema newest = bundle.file("schema.yaml").map(SchemaYaml::read).orElse(null);
        Verification.requirePrivileges(bundle, newest);
        if (newest != null) {
            OwnedSchemas.requireAll(bundle, newest);
        }
        return new DeclaredSchemas(bundle, newest);
    }

    /** Null if nothing is declared. */
    Schema newest() {
        return newest;
    }

    /** Null if nothing is declared for that version. */
    Schema at(Optional<Version> version) {
        // A bundle that only declares has no version.
        if (version.equals(bundle.head())) {
            return newest;
        }
        return version.map(
                        older -> this.older.computeIfAbsent(older, this::read).orElse(null))
                .orElse(null);
    }

    /** Where the declaration of an older version is in the bundle. */
    static String path(Version version) {
        return "schema/" + version + ".yaml";
    }

    private Optional<Schema> read(Version version) {
        Optional<Schema> declared = bundle.file(path(version)).map(SchemaYaml::read);
        declared.ifPresent(schema -> OwnedSchemas.requireOwned(bundle, schema, path(version)));
        return declared;
    }
}
