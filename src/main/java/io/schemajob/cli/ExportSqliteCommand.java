package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.ImportText;
import io.schemajob.importer.ExportResult;
import io.schemajob.job.RunContext;
import io.schemajob.job.data.ExportJob;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code export sqlite}: the way back after a cut-over. */
@Command(
        name = "sqlite",
        description = "Write the rows back into the SQLite layout of the import, and prove it; read-only for the"
                + " database.")
final class ExportSqliteCommand extends RunCommand {
    @Parameters(arity = "1", paramLabel = "FILE", description = "the SQLite file to write; it must not exist")
    Path file;

    @Option(names = "--mapping", paramLabel = "FILE", description = "use this instead of the bundle's import.yaml")
    Path mapping;

    @Option(
            names = "--id-map",
            paramLabel = "FILE",
            description = "the file of import sqlite --id-map, to restore old ids")
    Path idMap;

    @Override
    void run(RunContext run, ResultWriter out) {
        ExportResult result = new ExportJob(run, new ExportJob.Options(file, mapping, idMap)).execute();
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ObjectNode rows = details.putObject("rows");
        result.rows().forEach(rows::put);
        ImportText.addVerdicts(details, result.verdicts());
        result.leftBehind().forEach(details.putArray("leftBehind")::add);
        result.losses().forEach(details.putArray("wayBack")::add);
        run.report().details(details);
        if (output == Output.TEXT) {
            ImportText.table(result.verdicts(), run.log().width()).forEach(run.log()::line);
        }
    }
}
