package io.schemajob.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fleet}: one command for many databases or schemas. */
@Command(
        name = "fleet",
        description = "Migrate, verify or list many databases or schemas of one kind, each as a run of its own.",
        subcommands = {FleetMigrateCommand.class, FleetVerifyCommand.class, FleetInfoCommand.class})
final class FleetCommand {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help and exit")
    boolean help;
}
