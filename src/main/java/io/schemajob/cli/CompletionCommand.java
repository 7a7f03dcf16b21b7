package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schemajob.cli.line.FishCompletion;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code completion}: a script that completes commands and options in a shell. */
@Command(name = "completion", description = "Print a completion script: source <(schemajob completion bash)")
final class CompletionCommand extends RunCommand {
    /** The shells there is a script for, as they are called. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    @Parameters(arity = "1", paramLabel = "bash|zsh|fish", description = "the shell")
    Shell shell;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        CommandLine root = spec.root().commandLine();
        // zsh runs the bash script through bashcompinit, which the script itself turns on.
        String script = shell == Shell.fish ? FishCompletion.of(root) : AutoComplete.bash("schemajob", root);
        if (output == Output.TEXT) {
            out.document(script);
        }
        run.report().details(JsonNodeFactory.instance.objectNode().put("script", script));
    }
}
