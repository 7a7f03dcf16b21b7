package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.HistoryWriter;
import io.schemajob.migration.adopt.AdoptRuleMatch;
import io.schemajob.migration.adopt.BundleTables;
import io.schemajob.migration.adopt.DetectedTool;
import io.schemajob.migration.adopt.MigrationTool;
import io.schemajob.migration.adopt.ToolDetection;
import io.schemajob.migration.adopt.ToolFacts;
import io.schemajob.migration.adopt.ToolHistoryReader;
import io.schemajob.migration.adopt.ToolRecord;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryChange;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.mirror.MirrorCheck;
import java.util.List;
import java.util.Optional;

/**
 * Takes over a database that something else has migrated: a tool whose history can be read, what a rule of the bundle
 * knows (LangGraph), or psql without any history. Nothing is run; nothing is recorded unless the schema is as declared.
 */
public final class AdoptJob {
    /** What is to become of the other tool's history. */
    public enum Keep {
        /** As it was chosen before. */
        AS_IS,
        /** Mirrored from now on. */
        YES,
        /** Left alone from now on. */
        NO
    }

    /**
     * What was asked for.
     *
     * @param from who has set up the schema, as {@link ToolDetection#decide} takes it; null to find out
     */
    public record Options(String from, boolean dryRun, Keep keep) {}

    /**
     * What came of it.
     *
     * @param origin who has set up the schema
     * @param version that the history says now, or would say after a dry run; null for none
     * @param kept whose history is mirrored, as {@link MigrationTool#id()}; null for none
     */
    public record Result(String origin, String version, String kept) {}

    private final RunContext run;
    private final Options options;

    public AdoptJob(RunContext run, Options options) {
        this.run = run;
        this.options = options;
    }

    /** Runs the job; returns when the schema is under our history, or when there is nothing to take over. */
    public Result execute() {
        Bundle bundle = run.bundle();
        Verification verification = Verification.of(run, bundle);
        try (RunSession session = RunSession.openLocked(run, bundle)) {
            run.log().step("Looking for what has set up schema %s...".formatted(session.schema()));
            ToolHistoryReader reader = new ToolHistoryReader(session.lockConnection(), session.schema());
            History history = session.history();
            BundleTables tables = AdoptionGuard.tables(bundle, verification, history);
            ToolFacts facts = reader.read(bundle, tables);
            List<ToolRecord> records = reader.records(bundle, tables);
            ToolDetection origins = new ToolDetection(bundle, facts, records);
            DetectedTool origin =
                    history.empty() ? origins.decide(options.from()) : appliedSince(bundle, origins, history);
            if (origin.kind() == DetectedTool.Kind.UNTRACKED
                    && verification.declaredVersions().isEmpty()) {
                throw AdoptRuleMatch.nothingToCompare(bundle, facts);
            }
            Optional<MigrationTool> keepable = origins.keepable(origin);
            if (options.keep() == Keep.YES) {
                requireKeepable(bundle, reader, keepable);
            }
            return take(session, verification, origin, keepable);
        }
    }

    /** In a schema that is ours already, what another tool has applied since. */
    private DetectedTool appliedSince(Bundle bundle, ToolDetection origins, History history) {
        HistoryValidation.require(bundle, history);
        return origins.appliedSince(history.current().get())
                .orElseGet(() -> new DetectedTool(
                        DetectedTool.Kind.NOBODY,
                        "schemajob",
                        null,
                        history.current().get()));
    }

    private void requireKeepable(Bundle bundle, ToolHistoryReader reader, Optional<MigrationTool> tool) {
        if (tool.isEmpty()) {
            run.log().warn("There is no history of golang-migrate or Alembic here that could be mirrored");
            return;
        }
        MirrorCheck.requireNames(bundle, tool.get());
        reader.requireWritable(tool.get());
    }

    private Result take(
            RunSession session, Verification verification, DetectedTool origin, Optional<MigrationTool> keepable) {
        HistoryMirror kept =
                switch (options.keep()) {
                    case AS_IS -> HistoryMirror.of(session.migration());
                    case YES -> HistoryMirror.choose(keepable.orElse(null), session.migration());
                    case NO -> HistoryMirror.choose(null, session.migration());
                };
        Version version = version(session, verification, origin);
        if (options.dryRun()) {
            sayDryRun(session, origin, version, kept);
        } else if (origin.kind() == DetectedTool.Kind.NOBODY) {
            sayNothingToAdopt(version);
            if (options.keep() != Keep.AS_IS) {
                new HistoryWriter(session.migration()).write(HistoryChange::none, kept);
            }
        } else {
            new Adoption(session, verification).record(version, kept);
        }
        if (!options.dryRun()) {
            sayKept(kept);
        }
        return new Result(
                origin.name(),
                version == null ? null : version.toString(),
                kept.tool().map(MigrationTool::id).orElse(null));
    }

    private Version version(RunSession session, Verification verification, DetectedTool origin) {
        Adoption adoption = new Adoption(session, verification);
        switch (origin.kind()) {
            case RULE, TOOL -> {
                adoption.verify(origin.name(), origin.version());
                return origin.version();
            }
            case UNTRACKED -> {
                run.log()
                        .step(
                                "No history that is to be read says the version; comparing the schema with what each version declares...");
                Version version =
                        new VersionDetection(session, verification).find().orElseThrow();
                adoption.verify("Something without a history", version);
                verification.equalTo(version).forEach(other -> run.log()
                        .warn("Version %s declares the same: if the database is at %s, schemajob force %s --yes says so"
                                .formatted(other, other, other)));
                return version;
            }
            default -> {
                return origin.version();
            }
        }
    }

    private void sayNothingToAdopt(Version version) {
        run.log()
                .step(
                        version == null
                                ? "There is nothing to adopt: none of the bundle's tables is here; schemajob migrate creates them"
                                : "There is nothing to adopt: the history is at %s already".formatted(version));
    }

    private void sayDryRun(RunSession session, DetectedTool origin, Version version, HistoryMirror kept) {
        if (origin.kind() == DetectedTool.Kind.NOBODY) {
            sayNothingToAdopt(version);
        } else {
            HistoryChange change = HistoryChange.upTo(session.bundle(), session.history(), version);
            for (Migration migration : change.recorded()) {
                run.log().step("Dry run: migration %s would be recorded as applied".formatted(migration.version()));
            }
        }
        kept.tool().ifPresent(tool -> run.log()
                .step("Dry run: %s of %s would be mirrored".formatted(tool.table(), tool.title())));
    }

    private void sayKept(HistoryMirror kept) {
        kept.tool().ifPresent(tool -> run.log()
                .step("%s of %s is mirrored with every migration and rollback from now on"
                        .formatted(tool.table(), tool.title())));
    }
}
