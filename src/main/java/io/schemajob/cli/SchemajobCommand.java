package io.schemajob.cli;

import io.schemajob.cli.line.VersionProvider;
import io.schemajob.cli.process.Surroundings;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/** The program itself; with no command it runs {@code migrate}. */
@Command(
        name = "schemajob",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        header = "Changes a PostgreSQL schema safely and proves the result.",
        description =
                "Without a command it runs migrate; on a terminal it shows this help. schemajob help COMMAND shows"
                        + " the options of a command; they may precede it too.")
final class SchemajobCommand {
    /** All commands, in the order in which the help lists them. */
    static final List<Class<?>> COMMANDS = List.of(
            MigrateCommand.class,
            UpCommand.class,
            VerifyCommand.class,
            DiffCommand.class,
            InfoCommand.class,
            CurrentCommand.class,
            WaitCommand.class,
            RollbackCommand.class,
            DownCommand.class,
            GotoCommand.class,
            BaselineCommand.class,
            ForceCommand.class,
            AdoptCommand.class,
            RepairCommand.class,
            PlanCommand.class,
            LintCommand.class,
            CheckCommand.class,
            NewCommand.class,
            ConvertCommand.class,
            CredentialsCommand.class,
            SnapshotCommand.class,
            BundlesCommand.class,
            UsageCommand.class,
            MaintainCommand.class,
            FleetCommand.class,
            ImportCommand.class,
            ExportCommand.class,
            DocsCommand.class,
            SettingsCommand.class,
            CompletionCommand.class);

    private final Surroundings surroundings;

    SchemajobCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** Where a command of the program runs. */
    static Surroundings surroundings(CommandSpec command) {
        return ((SchemajobCommand) command.root().userObject()).surroundings;
    }
}
