package io.schemajob.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code import}: the kinds of sources are its commands. */
@Command(
        name = "import",
        description = "Import data: transform, copy, prove, all or nothing.",
        synopsisSubcommandLabel = "sqlite",
        subcommands = ImportSqliteCommand.class)
final class ImportCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help and exit")
    boolean help;
}
