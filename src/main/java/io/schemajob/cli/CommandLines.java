package io.schemajob.cli;

import io.schemajob.bundle.source.FileNames;
import io.schemajob.cli.process.Surroundings;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.text.ShellWord;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Builds the command line and runs it. Wrong usage is exit status USAGE with the help of the command it concerns. */
final class CommandLines {
    /** A minus sign that picocli does not take for the beginning of an option. */
    private static final String MINUS = "\u2212";

    private static final Set<String> OF_THE_PROGRAM = Set.of("-h", "--help", "-V", "--version");

    private static final Set<String> VERSION = Set.of("-V", "--version");

    /** Never proposed for their spelling. */
    private static final Set<String> CONFIRMING = Set.of("--yes", "--all", "-all");

    /** The name of what ought not to be an argument; where it is the name of a file, that may be told. */
    private static final Pattern SECRET = Pattern.compile(
            "(?is)-[^=]*(?:password|passwd|passphrase|pwd|secret|token|credential|api-?key)(?![^=]*file)[^=]*"
                    + "(?:=(?<value>.+))?");

    private CommandLines() {}

    /** With all commands. */
    static CommandLine create() {
        return create(SchemajobCommand.COMMANDS, Surroundings.ofProcess());
    }

    private static CommandLine create(List<Class<?>> commands, Surroundings surroundings) {
        CommandLine root = new CommandLine(new SchemajobCommand(surroundings));
        for (Class<?> command : commands) {
            root.addSubcommand(command);
        }
        addSettings(root);
        root.setAbbreviatedOptionsAllowed(false);
        root.setOverwrittenOptionsAllowed(false);
        root.setUsageHelpAutoWidth(true);
        // A file of secrets must not become arguments, which errors repeat.
        root.setExpandAtFiles(false);
        root.setOut(new PrintWriter(surroundings.streams().out(), true, StandardCharsets.UTF_8));
        root.setErr(new PrintWriter(surroundings.streams().err(), true, StandardCharsets.UTF_8));
        Handlers handlers = new Handlers();
        root.setExecutionStrategy(handlers);
        for (CommandLine command : root.getSubcommands().values()) {
            command.setParameterExceptionHandler(handlers);
        }
        root.setParameterExceptionHandler(handlers);
        root.setExecutionExceptionHandler(handlers);
        return root;
    }

    /**
     * What picocli calls. A class, as Java 17 crashes when it makes an archive of classes (AppCDS) and meets a lambda that
     * names a type of picocli, whose classes are compiled for Java 5 (JDK-8274944).
     */
    private static final class Handlers
            implements CommandLine.IExecutionStrategy,
                    CommandLine.IParameterExceptionHandler,
                    CommandLine.IExecutionExceptionHandler {
        @Override
        public int execute(CommandLine.ParseResult parsed) {
            requireValues(parsed);
            return new CommandLine.RunLast().execute(parsed);
        }

        @Override
        public int handleParseException(CommandLine.ParameterException e, String[] args) {
            return usage(e, args);
        }

        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed)
                throws Exception {
            throw e;
        }
    }

    private static void addSettings(CommandLine parent) {
        for (CommandLine command : Set.copyOf(parent.getSubcommands().values())) {
            if (command.getCommand() instanceof RunCommand) {
                RunCommand.addSettings(command.getCommandSpec());
            }
            addSettings(command);
        }
    }

    /** As a user types it, without the program: {@code fleet migrate}. */
    static String title(CommandSpec command) {
        String program = command.root().name() + " ";
        String name = command.qualifiedName();
        return name.startsWith(program) ? name.substring(program.length()) : name;
    }

    static int execute(String... args) {
        return execute(Surroundings.ofProcess(), List.of(args));
    }

    static int execute(Surroundings surroundings, List<String> args) {
        CommandLine root = create(args.isEmpty() ? SchemajobCommand.COMMANDS : concerned(args.get(0)), surroundings);
        try {
            args.forEach(FileNames::require);
            List<String> line = line(root, args, surroundings.terminal());
            return line.isEmpty() ? help(root) : root.execute(line.toArray(String[]::new));
        } catch (SchemajobException e) {
            return Execution.refuse(surroundings, root.getCommandName(), e.failure(), isJson(args));
        }
    }

    /** What picocli is to read; nothing where help is wanted. */
    static List<String> line(CommandLine root, List<String> args, boolean terminal) {
        Arguments arguments = Arguments.read(root, args);
        List<String> options = arguments.options();
        for (String option : options) {
            if (OF_THE_PROGRAM.contains(option) && (!arguments.hasCommand() || VERSION.contains(option))) {
                return List.of(option);
            }
        }
        List<String> line = new ArrayList<>();
        if (!arguments.hasCommand()) {
            if (!options.isEmpty() && options.stream().allMatch("-v"::equals)) {
                throw wrong(root, "-v alone names no command.", "schemajob --version, or schemajob migrate -v");
            }
            if (terminal) {
                if (options.isEmpty()) {
                    return List.of();
                }
                String words = options.stream().map(CommandLines::quoted).collect(Collectors.joining(" "));
                throw wrong(root, "No command is named.", "schemajob migrate " + words);
            }
            line.add("migrate");
        }
        for (String word : arguments.ordered()) {
            line.add(word.matches("-\\d+") ? MINUS + word.substring(1) : word);
        }
        return line;
    }

    private static String quoted(String word) {
        return word.matches("--?[A-Za-z-]+") ? word : ShellWord.of(word);
    }

    /** Not OK: whoever wanted a migration, such as a script that runs under a terminal, has not got one. */
    private static int help(CommandLine root) {
        root.usage(root.getOut());
        return ExitStatus.USAGE.code();
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

    /** A target as the user typed it. */
    static String target(String text) {
        return text.replace(MINUS, "-");
    }

    private static int usage(CommandLine.ParameterException e, String[] args) {
        List<String> near = e instanceof CommandLine.UnmatchedArgumentException unknown
                ? unknown.getSuggestions().stream()
                        .filter(option -> option.startsWith("-") && !CONFIRMING.contains(option))
                        .toList()
                : List.of();
        String guess = near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
        CommandLine command = e.getCommandLine();
        return Execution.refuse(
                SchemajobCommand.surroundings(command.getCommandSpec()),
                title(command.getCommandSpec()),
                wrong(command, withoutSecrets(target(String.valueOf(e.getMessage())), args) + guess, null)
                        .failure(),
                isJson(List.of(args)));
    }

    /** Where somebody gives a secret as an option that there is not: {@code -Dx.password=…}, {@code --password …}. */
    private static String withoutSecrets(String message, String[] args) {
        String result = message;
        for (int i = 0; i < args.length; i++) {
            Matcher secret = SECRET.matcher(args[i]);
            if (!secret.matches()) {
                continue;
            }
            String value = secret.group("value");
            if (value != null) {
                String name = args[i].substring(0, secret.start("value"));
                result = result.replace(args[i], name + Redactor.MASK);
            } else if (i + 1 < args.length) {
                result = result.replace("'" + args[i + 1] + "'", "'" + Redactor.MASK + "'");
            }
        }
        return result;
    }

    /**
     * A command line that is wrong.
     *
     * @param hint what to type instead; null for the help of the command
     */
    static SchemajobException wrong(CommandLine command, String message, String hint) {
        return Failure.of(ExitStatus.USAGE, message)
                .databaseState("Not contacted.")
                .hint(hint == null ? command.getCommandSpec().qualifiedName() + " --help" : hint)
                .asException();
    }

    /** Whether the result is wanted as JSON, as far as a line that is wrong can say so. */
    private static boolean isJson(List<String> args) {
        return String.join(" ", args).matches("(.* )?(-o|--output)[ =]?json( .*)?");
    }

    /** An empty value is a variable that was not set: {@code --schema "$SCHEMA"} would mean public. */
    private static void requireValues(CommandLine.ParseResult parsed) {
        for (CommandLine.ParseResult at = parsed; at != null; at = at.hasSubcommand() ? at.subcommand() : null) {
            for (CommandLine.Model.ArgSpec argument : at.matchedArgs()) {
                if (argument.originalStringValues().contains("")) {
                    String name = argument instanceof CommandLine.Model.OptionSpec option
                            ? option.longestName()
                            : argument.paramLabel();
                    throw new CommandLine.ParameterException(at.commandSpec().commandLine(), name + " is empty.");
                }
            }
        }
    }
}
