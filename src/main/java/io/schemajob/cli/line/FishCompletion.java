package io.schemajob.cli.line;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for the fish shell, which picocli does not make. */
public final class FishCompletion {
    private FishCompletion() {}

    /**
     * The script: one {@code complete} line for each command and each of its options.
     *
     * @param bundles names of the built-in ones
     */
    public static String of(CommandLine root, List<String> bundles) {
        String program = root.getCommandName();
        StringBuilder script = new StringBuilder("complete -c %s -f\n".formatted(program));
        root.getSubcommands()
                .forEach((name, command) -> add(
                        script,
                        program,
                        "__fish_use_subcommand",
                        "__fish_seen_subcommand_from " + name,
                        name,
                        command,
                        bundles));
        return script.toString();
    }

    /**
     * Adds a command, its options and the commands below it.
     *
     * @param before when the command itself may come
     * @param after when it stands there already
     */
    private static void add(
            StringBuilder script,
            String program,
            String before,
            String after,
            String name,
            CommandLine command,
            List<String> bundles) {
        String[] description = command.getCommandSpec().usageMessage().description();
        script.append("complete -c %s -n %s -a %s -d %s\n"
                .formatted(program, condition(before), name, quote(String.join(" ", description))));
        for (OptionSpec option : command.getCommandSpec().options()) {
            script.append("complete -c %s -n %s %s-l %s%s -d %s\n"
                    .formatted(
                            program,
                            condition(after),
                            shortName(option),
                            option.longestName().replaceFirst("^--", ""),
                            value(option, bundles),
                            quote(String.join(" ", option.description()))));
        }
        String names = String.join(" ", command.getSubcommands().keySet());
        command.getSubcommands()
                .forEach((below, child) -> add(
                        script,
                        program,
                        "%s; and not __fish_seen_subcommand_from %s".formatted(after, names),
                        "%s; and __fish_seen_subcommand_from %s".formatted(after, below),
                        below,
                        child,
                        bundles));
    }

    /** {@code -F} turns paths on again, which the first line turns off. */
    private static String value(OptionSpec option, List<String> bundles) {
        if (option.arity().max() == 0) {
            return "";
        }
        String names = List.of(option.names()).contains("--bundle") ? " -a " + quote(String.join(" ", bundles)) : "";
        return (option.type() == Path.class ? " -r -F" : " -r") + names;
    }

    private static String shortName(OptionSpec option) {
        String name = option.shortestName();
        return name.matches("-[a-zA-Z]") ? "-s " + name.substring(1) + " " : "";
    }

    private static String condition(String text) {
        return text.contains(" ") ? quote(text) : text;
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
