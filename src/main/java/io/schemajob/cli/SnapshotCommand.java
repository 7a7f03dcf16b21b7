package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.author.SnapshotJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.file.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code snapshot}: a database becomes a declared schema. */
@Command(name = "snapshot", description = "Write schema.yaml from a live database; read-only.")
final class SnapshotCommand extends RunCommand {
    @Option(names = "--file", paramLabel = "FILE", description = "where to write; standard output unless set")
    Path file;

    @Option(names = "--rows", paramLabel = "TABLE", description = "a table whose rows must exist; may be repeated")
    List<String> rowsOf = List.of();

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        requireFile();
        String yaml = new SnapshotJob(run, rowsOf).execute();
        if (file != null) {
            write(yaml);
            run.log().step("Declared schema written to " + file);
        } else if (output == Output.TEXT) {
            out.document(yaml);
        }
        run.report().details(JsonNodeFactory.instance.objectNode().put("schema", yaml));
    }

    private void write(String yaml) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (!Files.exists(folder)) {
                // schema/VERSION.yaml, where no older version was declared yet.
                Files.createDirectory(folder);
            }
            OutputFile.of(file).write(yaml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw failed("The declared schema could not be written to %s (%s)."
                            .formatted(file, e.getClass().getSimpleName()))
                    .asException(e);
        }
    }

    private void requireFile() {
        String refusal = file == null ? null : OutputFile.of(file).refusal();
        if (refusal != null) {
            throw failed("The declared schema is not written to %s: it %s.".formatted(file, refusal))
                    .asException();
        }
    }

    private static Failure failed(String message) {
        return Failure.of(ExitStatus.CONFIG, message)
                .databaseState("Nothing was changed.")
                .hint("Name a file in a folder that can be written to.");
    }
}
