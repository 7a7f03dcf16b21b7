package io.schemajob.cli;

import io.schemajob.cli.line.OtherWords;
import io.schemajob.job.Setting;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Similar;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Puts a command line into the order in which picocli reads it: the command first, then its options. */
final class Arguments {
    /** What may be proposed for its spelling alone: commands that only look. */
    private static final List<String> LOOKING =
            List.of("verify", "diff", "info", "history", "current", "plan", "lint", "bundles", "usage", "docs");

    private final CommandLine root;
    private final List<String> path = new ArrayList<>();
    private final List<String> options = new ArrayList<>();
    private final List<String> rest = new ArrayList<>();

    private Arguments(CommandLine root) {
        this.root = root;
    }

    /**
     * Reads the command line up to the last word of its command.
     *
     * @throws SchemajobException USAGE for an unknown command, or an option in front of the command that no command has
     */
    static Arguments read(CommandLine root, List<String> line) {
        Arguments arguments = new Arguments(root);
        arguments.read(line);
        return arguments;
    }

    private void read(List<String> line) {
        CommandLine at = root;
        boolean help = false;
        int next = 0;
        while (next < line.size() && !at.getSubcommands().isEmpty()) {
            String word = line.get(next++);
            if (word.startsWith("-")) {
                if (!word.equals("--")) {
                    requireKnown(word);
                    options.add(word);
                    if (takesNext(word) && next < line.size()) {
                        options.add(line.get(next++));
                    }
                }
            } else if (at.getSubcommands().containsKey(word)) {
                path.add(word);
                at = at.getSubcommands().get(word);
            } else if (path.isEmpty() && !help && word.equals("help")) {
                help = true;
            } else {
                throw unknown(at, word);
            }
        }
        rest.addAll(line.subList(next, line.size()));
        if (help) {
            options.add("--help");
        }
    }

    /** Whether a command is named. */
    boolean hasCommand() {
        return !path.isEmpty();
    }

    /** What stands in front of the command. */
    List<String> options() {
        return List.copyOf(options);
    }

    /** The command, the options in front of it, and what follows. */
    List<String> ordered() {
        List<String> ordered = new ArrayList<>(path);
        ordered.addAll(options);
        ordered.addAll(rest);
        return ordered;
    }

    /** A word behind an option that is mistyped would be taken for the command. */
    private void requireKnown(String word) {
        String name = word.replaceFirst("=.*", "");
        if (name.startsWith("--") && option(root, name).isEmpty()) {
            List<String> near = Similar.to(name, settings());
            String guess = near.isEmpty() ? "" : " Did you mean %s?".formatted(near.get(0));
            throw CommandLines.wrong(root, "Unknown option: '%s'.%s".formatted(name, guess), null);
        }
    }

    private static List<String> settings() {
        List<String> names = new ArrayList<>(List.of("--output", "--verbose", "--help", "--version"));
        for (Setting setting : Setting.values()) {
            names.add("--" + setting.optionName());
        }
        return names;
    }

    /** Whether the option's value is the next word. */
    private boolean takesNext(String word) {
        if (word.contains("=")) {
            return false;
        }
        Optional<OptionSpec> option = option(root, word);
        if (option.isPresent()) {
            return option.get().arity().max() > 0;
        }
        // Short options in one word: -vb agent-executor, -bagent-executor.
        for (int i = 1; !word.startsWith("--") && i < word.length(); i++) {
            Optional<OptionSpec> letter = option(root, "-" + word.charAt(i));
            if (letter.isEmpty() || letter.get().arity().max() > 0) {
                return letter.isPresent() && i == word.length() - 1;
            }
        }
        return false;
    }

    /** The option of this name, whichever command has it. */
    private static Optional<OptionSpec> option(CommandLine command, String name) {
        OptionSpec own = command.getCommandSpec().findOption(name);
        return own != null
                ? Optional.of(own)
                : command.getSubcommands().values().stream()
                        .flatMap(below -> option(below, name).stream())
                        .findFirst();
    }

    private static SchemajobException unknown(CommandLine at, String word) {
        String meant = below(at, OtherWords.meaning(word));
        List<String> known =
                at.getSubcommands().keySet().stream().filter(LOOKING::contains).toList();
        List<String> near = meant == null ? Similar.to(word, known) : List.of();
        String guess = near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
        return CommandLines.wrong(at, "Unknown command: '%s'.%s".formatted(word, guess), meant);
    }

    /** {@code fleet} has commands of the same names as the program. */
    private static String below(CommandLine at, String meant) {
        if (meant == null || at.getParent() == null) {
            return meant;
        }
        Matcher command = NextCommands.COMMAND.matcher(meant);
        return command.replaceAll(proposed -> at.getSubcommands().containsKey(proposed.group(1))
                ? "schemajob " + at.getCommandName() + " " + proposed.group(1)
                : proposed.group());
    }
}
