package io.schemajob.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completions for the fish shell, which picocli does not make. */
final class FishCompletion {
    private FishCompletion() {}

    /** The script: one {@code complete} line for each command and each of its options. */
    static String of(CommandLine root) {
        String program = root.getCommandName();
        StringBuilder script = new StringBuilder("complete -c %s -f\n".formatted(program));
        for (Map.Entry<String, CommandLine> entry : root.getSubcommands().entrySet()) {
            String command = entry.getKey();
            String[] description =
                    entry.getValue().getCommandSpec().usageMessage().description();
            script.append("complete -c %s -n __fish_use_subcommand -a %s -d %s\n"
                    .formatted(program, command, quote(String.join(" ", description))));
            for (OptionSpec option : entry.getValue().getCommandSpec().options()) {
                script.append("complete -c %s -n '__fish_seen_subcommand_from %s' -l %s%s -d %s\n"
                        .formatted(
                                program,
                                command,
                                option.longestName().replaceFirst("^--", ""),
                                option.arity().max() > 0 ? " -r" : "",
                                quote(String.join(" ", option.description()))));
            }
        }
        return script.toString();
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
