package io.schemajob.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export}: the kinds of files are its commands. */
@Command(
        name = "export",
        description = "Write the data back into the layout that it was imported from.",
        synopsisSubcommandLabel = "sqlite",
        subcommands = ExportSqliteCommand.class)
final class ExportCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help and exit")
    boolean help;
}
