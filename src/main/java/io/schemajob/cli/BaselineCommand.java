package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.adopt.BaselineJob;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code baseline}: records without running. */
@Command(
        name = "baseline",
        aliases = {"stamp"},
        description = "Record a version, and all before it, as applied without running anything.")
final class BaselineCommand extends RunCommand {
    @Parameters(arity = "1", paramLabel = "VERSION", description = "a version, or head")
    String version;

    @Override
    void run(RunContext run, ResultWriter out) {
        new BaselineJob(run, CommandLines.target(version)).execute();
    }
}
