package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schemajob.job.RunContext;
import io.schemajob.job.adopt.AdoptJob;
import io.schemajob.job.adopt.AdoptJob.Keep;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code adopt}: takes over what something else has migrated. */
@Command(
        name = "adopt",
        description = "Detect what created the schema (golang-migrate, Alembic, LangGraph, psql), verify it, and"
                + " record it. Runs no script.")
final class AdoptCommand extends RunCommand {
    @Option(
            names = "--from",
            paramLabel = "ORIGIN",
            description = "golang-migrate, alembic, untracked, or the name of a rule of the bundle; detected unless"
                    + " given")
    String from;

    @Option(names = "--dry-run", description = "verify, and say what would be recorded")
    boolean dryRun;

    @ArgGroup
    KeepOption keep;

    /** Both ways of one choice; neither leaves it as it is. */
    static final class KeepOption {
        @Option(
                names = "--keep-foreign-history",
                description = "mirror the history in the other tool's table from now on")
        boolean yes;

        @Option(names = "--no-keep-foreign-history", description = "no longer update the other tool's table")
        boolean no;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        AdoptJob.Result result = new AdoptJob(run, new AdoptJob.Options(from, dryRun, keep())).execute();
        run.report()
                .details(JsonNodeFactory.instance
                        .objectNode()
                        .put("origin", result.origin())
                        .put("version", result.version())
                        .put("keptHistory", result.kept())
                        .put("dryRun", dryRun));
    }

    private Keep keep() {
        if (keep == null) {
            return Keep.AS_IS;
        }
        return keep.yes ? Keep.YES : Keep.NO;
    }
}
