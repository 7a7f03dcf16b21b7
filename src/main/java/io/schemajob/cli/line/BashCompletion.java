package io.schemajob.cli.line;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;

/** Completions for bash and zsh: picocli's, with names of bundles beside paths. */
public final class BashCompletion {
    /** How picocli completes an option whose value is a path. */
    private static final String BUNDLE_IS_PATH =
            """
                '-b'|'--bundle')
                  local IFS=$'\\n'
                  type compopt &>/dev/null && compopt -o filenames
                  COMPREPLY=( $( compgen -f -- "${curr_word}" ) ) # files
            """;

    private BashCompletion() {}

    /** @param bundles names of the built-in ones */
    public static String of(CommandLine root, List<String> bundles) {
        String script = AutoComplete.bash(root.getCommandName(), root);
        String names = "$( compgen -W $'%s' -- \"${curr_word}\" )".formatted(String.join("\\n", bundles));
        return script.replace(BUNDLE_IS_PATH, BUNDLE_IS_PATH.replace("COMPREPLY=( ", "COMPREPLY=( " + names + " "));
    }
}
