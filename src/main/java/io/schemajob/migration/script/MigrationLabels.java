package io.schemajob.migration.script;

import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import java.util.Optional;

/** How migrations and versions are called in logs and messages. */
public final class MigrationLabels {
    private MigrationLabels() {}

    /** {@code Migration 001} or {@code Repeatable migration refresh views}. */
    public static String of(Migration migration) {
        return migration.repeatable()
                ? "Repeatable migration " + migration.description()
                : "Migration " + migration.version();
    }

    /** The same in the middle of a sentence. */
    public static String inSentence(Migration migration) {
        String name = of(migration);
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** The version, or {@code base} where nothing is applied. */
    public static String of(Optional<Version> version) {
        return version.map(Version::toString).orElse("base");
    }
}
