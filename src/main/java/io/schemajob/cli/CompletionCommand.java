package io.schemajob.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script that completes commands and options in a shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        description = "Print a completion script: source <(schemajob completion bash)")
final class CompletionCommand implements Callable<Integer> {
    /** The shells there is a script for. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Spec
    CommandSpec spec;

    @Parameters(arity = "1", paramLabel = "bash|zsh|fish", description = "the shell")
    Shell shell;

    @Override
    public Integer call() {
        CommandLine root = spec.root().commandLine();
        Streams streams = Streams.standard();
        // zsh runs the bash script through bashcompinit, which the script itself turns on.
        streams.out().print(shell == Shell.fish ? FishCompletion.of(root) : AutoComplete.bash("schemajob", root));
        streams.out().flush();
        return 0;
    }
}
