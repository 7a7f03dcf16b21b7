package io.schemajob.job.check;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.git.BranchVersions;
import io.schemajob.report.annotation.Annotation.Level;
import io.schemajob.report.text.ShellWord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the scripts of a branch with those of the branch that it goes into: after the merge, what is new must come
 * after all that is applied already, and what is applied must be as it was.
 */
final class BaseCheck {
    private BaseCheck() {}

    /**
     * @param base name of the other branch
     * @param files that it has
     * @param fork files where this branch began
     * @param changed files of this branch that differ from those
     */
    static List<CheckFinding> of(Bundle bundle, String base, Set<String> files, Set<String> fork, Set<String> changed) {
        List<CheckFinding> findings = new ArrayList<>();
        NavigableMap<Version, String> theirs = BranchVersions.of(files);
        Version newest = theirs.isEmpty() ? null : theirs.lastKey();
        Migration last = null;
        for (Migration migration : bundle.migrations()) {
            String path = migration.up().path();
            if (!files.contains(path)) {
                last = migration;
                added(migration, base, theirs, newest).ifPresent(findings::add);
            } else if (fork.contains(path) && changed.contains(path)) {
                findings.add(new CheckFinding(
                        "changed-script",
                        Level.ERROR,
                        path,
                        1,
                        "%s has this script already, so it may be applied somewhere, where a run would end with 65 (its checksum differs)."
                                .formatted(base)));
            }
        }
        removed(bundle, base, fork, changed, findings);
        boolean stale = last != null && bundle.file("schema.yaml").isPresent() && !changed.contains("schema.yaml");
        if (stale) {
            findings.add(new CheckFinding(
                    "stale-schema",
                    Level.WARNING,
                    "schema.yaml",
                    1,
                    "schema.yaml is as in %s, and %s is new: it declares an older version, if the script changes the schema."
                            .formatted(base, last.up().path())));
        }
        return findings;
    }

    private static Optional<CheckFinding> added(
            Migration migration, String base, Map<Version, String> theirs, Version newest) {
        String path = migration.up().path();
        String twin = theirs.get(migration.version());
        if (twin != null) {
            return Optional.of(new CheckFinding(
                    "version-collision",
                    Level.ERROR,
                    path,
                    1,
                    "%s has the version %s already, in %s; schemajob new --renumber %s gives this script a later one."
                            .formatted(base, migration.version(), twin, ShellWord.of(base))));
        } else if (newest != null && migration.version().compareTo(newest) < 0) {
            return Optional.of(new CheckFinding(
                    "out-of-order",
                    Level.ERROR,
                    path,
                    1,
                    "%s has the version %s already, so a database that has applied it refuses this script (65); schemajob new --renumber %s gives it a later one."
                            .formatted(base, newest, ShellWord.of(base))));
        }
        return Optional.empty();
    }

    private static void removed(
            Bundle bundle, String base, Set<String> fork, Set<String> changed, List<CheckFinding> findings) {
        Map<Version, String> here = new HashMap<>();
        bundle.migrations()
                .forEach(migration ->
                        here.put(migration.version(), migration.up().path()));
        BranchVersions.of(fork).forEach((version, path) -> {
            if (changed.contains(path) && !here.containsValue(path)) {
                findings.add(new CheckFinding(
                        "removed-script",
                        Level.ERROR,
                        path,
                        1,
                        "%s has this script, so it may be applied somewhere, where a run would end with 65 without it."
                                .formatted(base)));
            }
        });
    }
}
