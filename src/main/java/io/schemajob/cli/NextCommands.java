package io.schemajob.cli;

import io.schemajob.job.Setting;
import io.schemajob.report.text.ShellWord;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The commands that a failure proposes, completed by the options with which this run named its bundle, schema and
 * credentials: copied as they stand, they must work on the same database and not on what the defaults name.
 */
final class NextCommands {
    private static final Set<Setting> CARRIED = EnumSet.of(
            Setting.BUNDLE,
            Setting.SCHEMA,
            Setting.OWNER_ROLE,
            Setting.ENV_FILE,
            Setting.VAULT_AUTH,
            Setting.VAULT_AUTH_MOUNT,
            Setting.VAULT_ROLE,
            Setting.VAULT_TOKEN_FILE,
            Setting.VAULT_ROLE_ID,
            Setting.VAULT_SECRET_ID_FILE,
            Setting.VAULT_SECRET,
            Setting.VAULT_DATABASE_ROLE);

    /** A command in a sentence, and its first word. */
    static final Pattern COMMAND = Pattern.compile("\\bschemajob ([a-z]+)\\b");

    /** One word of a command, quoted or not, without the punctuation of the sentence around it. */
    private static final Pattern WORD = Pattern.compile("\\G ('[^']*'|\"[^\"]*\"|[^ ;,:)`]*[^ ;,:)`.])");

    /** A placeholder, a version, a path, or quoted text: no word of the sentence. */
    private static final Pattern VALUE = Pattern.compile("[A-Z]{2,}|.*\\d.*|.*[./].*|['\"].*|head|base");

    private final CommandLine root;
    private final Map<Setting, String> options;

    private NextCommands(CommandLine root, Map<Setting, String> options) {
        this.root = root;
        this.options = options;
    }

    /**
     * Completes each command in the text.
     *
     * @param options as given to this run
     * @param hint may be null
     */
    static String complete(String hint, Map<Setting, String> options) {
        if (hint == null || options.keySet().stream().noneMatch(CARRIED::contains) || !hint.contains("schemajob ")) {
            return hint;
        }
        return new NextCommands(CommandLines.create(), options).complete(hint);
    }

    private String complete(String hint) {
        StringBuilder completed = new StringBuilder();
        Matcher command = COMMAND.matcher(hint);
        int written = 0;
        while (command.find()) {
            CommandLine named = root.getSubcommands().get(command.group(1));
            if (named == null) {
                continue;
            }
            int end = end(hint, named.getCommandSpec(), command.end());
            completed
                    .append(hint, written, end)
                    .append(missing(named.getCommandSpec(), hint.substring(command.start(), end)));
            written = end;
        }
        return completed.append(hint, written, hint.length()).toString();
    }

    /** Where the command ends and the sentence goes on. */
    private static int end(String hint, CommandSpec command, int start) {
        CommandSpec spec = command;
        int positionals = 0;
        int end = start;
        Matcher word = WORD.matcher(hint);
        while (word.find(end)) {
            String text = word.group(1);
            if (spec.subcommands().containsKey(text)) {
                spec = spec.subcommands().get(text).getCommandSpec();
                end = word.end();
            } else if (text.matches("-\\d+") || text.equals("-all")) {
                end = word.end();
            } else if (text.startsWith("-")) {
                OptionSpec option = spec.findOption(text.replaceFirst("=.*", ""));
                if (option == null) {
                    return end;
                }
                end = word.end();
                if (option.arity().max() > 0 && !text.contains("=") && word.find(end)) {
                    end = word.end();
                }
            } else if (positionals < spec.positionalParameters().size()
                    && VALUE.matcher(text).matches()) {
                positionals++;
                end = word.end();
            } else {
                return end;
            }
        }
        return end;
    }

    private String missing(CommandSpec command, String text) {
        return options.entrySet().stream()
                .filter(option -> CARRIED.contains(option.getKey()))
                .filter(option -> takes(command, option.getKey()) && !text.contains(name(option.getKey())))
                .map(option -> " " + name(option.getKey()) + " " + ShellWord.of(option.getValue()))
                .collect(Collectors.joining());
    }

    private static boolean takes(CommandSpec command, Setting setting) {
        return command.findOption(name(setting)) != null
                || command.subcommands().values().stream()
                        .anyMatch(nested -> nested.getCommandSpec().findOption(name(setting)) != null);
    }

    private static String name(Setting setting) {
        return "--" + setting.optionName();
    }
}
