package io.schemajob.cli;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Builds the command line and runs it. Wrong usage is exit status USAGE with the help of the command it concerns. */
final class CommandLines {
    /** A minus sign that picocli does not take for the beginning of an option. */
    private static final String MINUS = "\u2212";

    private static final Set<String> OF_THE_PROGRAM = Set.of("-h", "--help", "-V", "--version");

    private CommandLines() {}

    /** With all commands. */
    static CommandLine create() {
        return create(SchemajobCommand.COMMANDS);
    }

    private static CommandLine create(List<Class<?>> commands) {
        CommandLine root = new CommandLine(new SchemajobCommand());
        for (Class<?> command : commands) {
            root.addSubcommand(command);
        }
        addSettings(root);
        root.setAbbreviatedOptionsAllowed(false);
        root.setOverwrittenOptionsAllowed(false);
        root.setUsageHelpAutoWidth(true);
        root.getSubcommands().values().forEach(command -> command.setParameterExceptionHandler(CommandLines::usage));
        root.setParameterExceptionHandler(CommandLines::usage);
        root.setExecutionExceptionHandler((e, command, parsed) -> {
            throw e;
        });
        return root;
    }

    private static void addSettings(CommandLine parent) {
        parent.getSubcommands().values().stream().distinct().forEach(command -> {
            if (command.getCommand() instanceof RunCommand) {
                RunCommand.addSettings(command.getCommandSpec());
            }
            addSettings(command);
        });
    }

    /** As a user types it, without the program: {@code fleet migrate}. */
    static String title(CommandSpec command) {
        String program = command.root().name() + " ";
        String name = command.qualifiedName();
        return name.startsWith(program) ? name.substring(program.length()) : name;
    }

    static int execute(String... args) {
        String[] prepared = prepare(args);
        return create(concerned(prepared[0])).execute(prepared);
    }

    /**
     * The one command that is named: building all of them would take half the time of a run with nothing to do. All,
     * where none is, or where the command itself looks at them.
     */
    private static List<Class<?>> concerned(String name) {
        return SchemajobCommand.COMMANDS.stream()
                .filter(type -> type != CompletionCommand.class && isCalled(type, name))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(SchemajobCommand.COMMANDS);
    }

    private static boolean isCalled(Class<?> type, String name) {
        CommandLine.Command command = type.getAnnotation(CommandLine.Command.class);
        return command.name().equals(name) || List.of(command.aliases()).contains(name);
    }

    /** Runs {@code migrate} when no command is named, and lets negative numbers through as targets. */
    static String[] prepare(String... args) {
        List<String> prepared = new ArrayList<>();
        if (args.length == 0 || args[0].startsWith("-") && !OF_THE_PROGRAM.contains(args[0])) {
            prepared.add("migrate");
        }
        for (String arg : args) {
            prepared.add(arg.matches("-\\d+") ? MINUS + arg.substring(1) : arg);
        }
        return prepared.toArray(String[]::new);
    }

    /** A target as the user typed it. */
    static String target(String text) {
        return text.replace(MINUS, "-");
    }

    private static int usage(CommandLine.ParameterException e, String[] args) {
        List<String> near =
                e instanceof CommandLine.UnmatchedArgumentException unknown ? unknown.getSuggestions() : List.of();
        String guess = near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
        CommandLine command = e.getCommandLine();
        return Execution.refuse(
                title(command.getCommandSpec()),
                Failure.of(ExitStatus.USAGE, target(String.valueOf(e.getMessage())) + guess)
                        .databaseState("Not contacted.")
                        .hint(command.getCommandSpec().qualifiedName() + " --help"));
    }
}
