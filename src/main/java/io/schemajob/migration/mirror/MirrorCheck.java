package io.schemajob.migration.mirror;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.adopt.MigrationTool;
import io.schemajob.migration.adopt.ToolDetection;
import io.schemajob.migration.adopt.ToolRecord;
import io.schemajob.migration.history.History;
import io.schemajob.migration.plan.Plan;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;
import java.util.Optional;

/**
 * Whether a mirrored history agrees with ours. If it does not, somebody has used the other tool since the last run,
 * and what the schema is like is for a person, or for {@code adopt}, to find out. Pure.
 */
public final class MirrorCheck {
    private MirrorCheck() {}

    /**
     * Refuses to go on from a version that only one of the two histories knows.
     *
     * @param record of the mirrored tool
     * @throws SchemajobException HISTORY_INVALID when they disagree
     */
    public static void require(Bundle bundle, History history, ToolRecord record) {
        requireNames(bundle, record.tool());
        Optional<Version> theirs = ToolDetection.version(bundle, record);
        Optional<Version> ours = history.current();
        if (!theirs.equals(ours) && !leftByOurselves(bundle, history, theirs)) {
            throw outOfStep(bundle, record.tool(), ours, theirs);
        }
    }

    /**
     * Refuses a tool that does not know every version of the bundle, or whose table cannot hold one: what it cannot locate
     * must never stand in its history.
     *
     * @throws SchemajobException CONFIG
     */
    public static void requireNames(Bundle bundle, MigrationTool tool) {
        List<String> without = bundle.migrations().stream()
                .map(Migration::version)
                .filter(version -> tool.mirror(bundle, version).isEmpty())
                .map(Version::toString)
                .toList();
        if (!without.isEmpty()) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "%s does not know version %s, so its table %s cannot be mirrored."
                                    .formatted(tool.title(), String.join(", ", without), tool.table()))
                    .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                    .databaseState("Nothing was changed.")
                    .hint(way(tool)
                            + " Otherwise leave its table alone from now on: schemajob adopt --no-keep-foreign-history")
                    .asException();
        }
    }

    private static String way(MigrationTool tool) {
        return tool == MigrationTool.ALEMBIC
                ? "If Alembic has a revision of at most 32 characters for each, list them in bundle.yaml under revisions:"
                        + " (VERSION: REVISION)."
                : "golang-migrate knows scripts named 001_name.up.sql with one number, which it finds in the same folder.";
    }

    /** A script that cannot run in a transaction was interrupted after it, before our own history row was written. */
    private static boolean leftByOurselves(Bundle bundle, History history, Optional<Version> theirs) {
        return Plan.pending(bundle, history).stream()
                .filter(migration -> !migration.repeatable())
                .findFirst()
                .filter(next -> theirs.isPresent() && next.version().equals(theirs.get()))
                .filter(next -> !transactional(next.up()) || next.down() != null && !transactional(next.down()))
                .isPresent();
    }

    private static boolean transactional(Script script) {
        return ScriptParser.parse(script).transactional();
    }

    private static SchemajobException outOfStep(
            Bundle bundle, MigrationTool tool, Optional<Version> ours, Optional<Version> theirs) {
        boolean ahead = theirs.isPresent() && (ours.isEmpty() || theirs.get().compareTo(ours.get()) > 0);
        return ToolDetection.refuse(
                        bundle,
                        "%s was used since the last run: its table %s says %s, our history says %s."
                                .formatted(
                                        tool.title(),
                                        tool.table(),
                                        MigrationLabels.of(theirs),
                                        MigrationLabels.of(ours)))
                .hint(
                        ahead
                                ? "schemajob adopt verifies what it has applied and records it."
                                : "If the schema is at %1$s: schemajob force %1$s --yes; if it is at %2$s: schemajob force %2$s --yes"
                                        .formatted(MigrationLabels.of(theirs), MigrationLabels.of(ours)))
                .asException();
    }
}
