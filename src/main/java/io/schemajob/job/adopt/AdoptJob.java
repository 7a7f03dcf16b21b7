package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.job.RunContext;
import io.schemajob.job.Workspace;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.HistoryWriter;
import io.schemajob.migration.adopt.Adoption;
import io.schemajob.migration.adopt.BundleTables;
import io.schemajob.migration.adopt.ForeignFacts;
import io.schemajob.migration.adopt.ForeignReader;
import io.schemajob.migration.adopt.ForeignRecord;
import io.schemajob.migration.adopt.ForeignTool;
import io.schemajob.migration.adopt.Origin;
import io.schemajob.migration.adopt.Origins;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryChange;
import io.schemajob.migration.history.HistoryCheck;
import io.schemajob.migration.mirror.KeepCheck;
import io.schemajob.migration.mirror.KeptHistory;
import io.schemajob.migration.session.MigrationSession;
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
        /** Kept in step from now on. */
        YES,
        /** Left alone from now on. */
        NO
    }

    /**
     * What was asked for.
     *
     * @param from who has set up the schema, as {@link Origins#decide} takes it; null to find out
     */
    public record Options(String from, boolean dryRun, Keep keep) {}

    /**
     * What came of it.
     *
     * @param origin who has set up the schema
     * @param version that the history says now, or would say after a dry run; null for none
     * @param kept whose history is kept in step, as {@link ForeignTool#id()}; null for none
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
        try (Workspace workspace = Workspace.openLocked(run, bundle)) {
            run.log().step("Looking for what has set up schema %s...".formatted(workspace.schema()));
            ForeignReader reader = new ForeignReader(workspace.control(), workspace.schema());
            History history = workspace.history();
            BundleTables tables = AdoptionGuard.tables(bundle, verification, history);
            ForeignFacts facts = reader.read(bundle, tables);
            List<ForeignRecord> records = reader.records(bundle, tables);
            Origins origins = new Origins(bundle, facts, records);
            Origin origin = history.empty() ? origins.decide(options.from()) : beyond(bundle, origins, history);
            if (origin.kind() == Origin.Kind.UNTRACKED
                    && verification.declaredVersions().isEmpty()) {
                throw Adoption.nothingToCompare(bundle, facts);
            }
            Optional<ForeignTool> keepable = origins.keepable(origin);
            if (options.keep() == Keep.YES) {
                requireKeepable(bundle, reader, keepable);
            }
            return take(workspace, verification, origin, keepable);
        }
    }

    /** In a schema that is ours already, what another tool has applied since. */
    private Origin beyond(Bundle bundle, Origins origins, History history) {
        HistoryCheck.require(bundle, history);
        return origins.beyond(history.current().get())
                .orElseGet(() -> new Origin(
                        Origin.Kind.NOBODY, "schemajob", null, history.current().get()));
    }

    private void requireKeepable(Bundle bundle, ForeignReader reader, Optional<ForeignTool> tool) {
        if (tool.isEmpty()) {
            run.log().warn("There is no history of golang-migrate or Alembic here that could be mirrored");
            return;
        }
        KeepCheck.requireNames(bundle, tool.get());
        reader.requireWritable(tool.get());
    }

    private Result take(Workspace workspace, Verification verification, Origin origin, Optional<ForeignTool> keepable) {
        MigrationSession session = workspace.migrationSession();
        KeptHistory kept =
                switch (options.keep()) {
                    case AS_IS -> KeptHistory.of(session);
                    case YES -> KeptHistory.choose(keepable.orElse(null), session);
                    case NO -> KeptHistory.choose(null, session);
                };
        Version version = version(workspace, verification, origin);
        if (options.dryRun()) {
            sayDryRun(workspace, origin, version, kept);
        } else if (origin.kind() == Origin.Kind.NOBODY) {
            sayNothingToAdopt(version);
            if (options.keep() != Keep.AS_IS) {
                new HistoryWriter(session).write(HistoryChange::none, kept);
            }
        } else {
            new Takeover(workspace, verification).record(version, session, kept);
        }
        if (!options.dryRun()) {
            sayKept(kept);
        }
        return new Result(
                origin.name(),
                version == null ? null : version.toString(),
                kept.tool().map(ForeignTool::id).orElse(null));
    }

    private Version version(Workspace workspace, Verification verification, Origin origin) {
        Takeover takeover = new Takeover(workspace, verification);
        switch (origin.kind()) {
            case RULE, TOOL -> {
                takeover.verify(origin.name(), origin.version());
                return origin.version();
            }
            case UNTRACKED -> {
                run.log()
                        .step(
                                "No history that is to be read says the version; comparing the schema with what each version declares...");
                Version version =
                        new Recognition(workspace, verification).find().orElseThrow();
                takeover.verify("Something without a history", version);
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

    private void sayDryRun(Workspace workspace, Origin origin, Version version, KeptHistory kept) {
        if (origin.kind() == Origin.Kind.NOBODY) {
            sayNothingToAdopt(version);
        } else {
            HistoryChange change = HistoryChange.upTo(workspace.bundle(), workspace.history(), version);
            for (Migration migration : change.recorded()) {
                run.log().step("Dry run: migration %s would be recorded as applied".formatted(migration.version()));
            }
        }
        kept.tool().ifPresent(tool -> run.log()
                .step("Dry run: %s of %s would be mirrored".formatted(tool.table(), tool.title())));
    }

    private void sayKept(KeptHistory kept) {
        kept.tool().ifPresent(tool -> run.log()
                .step("%s of %s is mirrored with every migration and rollback from now on"
                        .formatted(tool.table(), tool.title())));
    }
}
