package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schemajob.cli.line.DurationConverter;
import io.schemajob.cli.line.Output;
import io.schemajob.cli.text.ImportText;
import io.schemajob.job.RunContext;
import io.schemajob.job.data.ImportJob;
import io.schemajob.job.data.SuggestJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code import sqlite}: a SQLite file becomes rows of the bundle's tables. */
@Command(
        name = "sqlite",
        description =
                "Load the rows of a SQLite file into the bundle's tables: lock, migrate, verify, back up the file,"
                        + " convert, copy, prove, commit once. All or nothing.")
final class ImportSqliteCommand extends RunCommand {
    @Parameters(arity = "1", paramLabel = "FILE", description = "the SQLite file; it is only read")
    Path file;

    @Option(names = "--mapping", paramLabel = "FILE", description = "use this instead of the bundle's import.yaml")
    Path mapping;

    @Option(
            names = "--suggest",
            description = "only print a first draft of import.yaml, from both schemas and what --mapping names already")
    boolean suggest;

    @Option(names = "--backup-dir", paramLabel = "DIR", description = "folder of the copy; that of the file unless set")
    Path backupFolder;

    @Option(
            names = "--backup-days",
            paramLabel = "DAYS",
            defaultValue = "30",
            description = "how long copies are kept (default: 30)")
    int backupDays;

    @Option(names = "--keep-copy", description = "keep the copy also of a trial, or of an import that failed")
    boolean keepCopy;

    @Option(names = "--dry-run", description = "do everything, and roll back")
    boolean dryRun;

    @Option(names = "--append", description = "add to tables that have rows")
    boolean append;

    @Option(names = "--no-validate", description = "keep the rows without proving them")
    boolean noValidate;

    @Option(
            names = "--rejects",
            paramLabel = "FILE",
            description = "skip rows that do not fit, and write them to this file")
    Path rejects;

    @Option(names = "--id-map", paramLabel = "FILE", description = "write changed ids to this file, as CSV")
    Path idMap;

    @Option(
            names = "--batch-size",
            paramLabel = "ROWS",
            defaultValue = "1000",
            description = "rows that are read and reported at once (default: 1000)")
    int batchSize;

    @Option(
            names = "--max-findings",
            paramLabel = "NUMBER",
            defaultValue = "3",
            description = "how many values that do not fit are shown of each table, column and reason (default: 3)")
    int maxFindings;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "300s",
            converter = DurationConverter.class,
            description = "end after this time and keep nothing; 0 is none (default: 300s)")
    Duration timeout;

    @Override
    boolean logIsResult() {
        return !suggest;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        if (suggest) {
            suggest(run, out);
            return;
        }
        requirePositive("--batch-size", batchSize);
        requirePositive("--max-findings", maxFindings);
        requirePositive("--backup-days", backupDays);
        ImportJob job = new ImportJob(
                run,
                new ImportJob.Options(
                        file,
                        mapping,
                        backupFolder,
                        Duration.ofDays(backupDays),
                        keepCopy,
                        dryRun,
                        append,
                        !noValidate,
                        rejects,
                        idMap,
                        batchSize,
                        maxFindings,
                        timeout));
        try {
            job.execute();
        } finally {
            run.report().details(ImportText.json(job.result()));
            if (output == Output.TEXT && !job.result().verdicts().isEmpty()) {
                ImportText.table(job.result().verdicts(), run.log().width()).forEach(run.log()::line);
            }
        }
    }

    private void suggest(RunContext run, ResultWriter out) {
        String draft = new SuggestJob(run, file, mapping).execute();
        run.report().details(JsonNodeFactory.instance.objectNode().put("mapping", draft));
        if (output == Output.TEXT) {
            out.document(draft);
        }
    }

    private static void requirePositive(String option, int value) {
        if (value < 1 || value > 1_000_000) {
            throw Failure.of(ExitStatus.USAGE, option + " is a number from 1 to 1000000, not " + value + ".")
                    .databaseState("Not contacted.")
                    .hint("schemajob import sqlite --help")
                    .asException();
        }
    }
}
