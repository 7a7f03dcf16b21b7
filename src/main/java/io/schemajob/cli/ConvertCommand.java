package io.schemajob.cli;

import io.schemajob.bundle.author.AlembicBundle;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code convert}: scripts of a tool whose files are no SQL become a bundle. */
@Command(name = "convert", description = "Make a bundle of what Alembic prints; contacts nothing.")
final class ConvertCommand extends RunCommand {
    @Option(names = "--from", required = true, paramLabel = "alembic", description = "the tool")
    String from;

    @Parameters(paramLabel = "FILE", description = "output of: alembic upgrade base:head --sql")
    Path upgrade;

    @Option(names = "--down", paramLabel = "FILE", description = "output of: alembic downgrade head:base --sql")
    Path downgrade;

    @Option(names = "--to", required = true, paramLabel = "FOLDER", description = "where to write the bundle")
    Path folder;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        if (!from.equals("alembic")) {
            throw Failure.of(
                            ExitStatus.USAGE, "convert reads what Alembic prints, not files of \"%s\".".formatted(from))
                    .databaseState("Not contacted.")
                    .hint("Folders of golang-migrate, Flyway, goose and dbmate are bundles as they are: schemajob lint"
                            + " --bundle FOLDER")
                    .asException();
        }
        List<TextFile> files =
                AlembicBundle.files(TextFile.read(upgrade), downgrade == null ? null : TextFile.read(downgrade));
        AlembicBundle.write(folder, files);
        if (downgrade == null) {
            run.log().warn("No way back is written: --down takes the output of alembic downgrade head:base --sql.");
        }
        run.log().warn("Not carried over: what a revision does in Python on rows, and what it asks the database.");
        if (output == Output.TEXT) {
            files.forEach(file -> out.line(folder.resolve(file.path()).toString()));
        }
    }
}
