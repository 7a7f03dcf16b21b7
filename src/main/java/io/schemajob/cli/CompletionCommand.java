package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.cli.line.BashCompletion;
import io.schemajob.cli.line.FishCompletion;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
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

    /** Settings are text where they are read, as they may come from elsewhere; here some of them are paths. */
    private static void completeValues(CommandLine parent) {
        parent.getSubcommands().values().stream().distinct().forEach(command -> {
            if (command.getCommand() instanceof RunCommand run) {
                CommandSpec spec = command.getCommandSpec();
                Setting.PATHS.forEach(
                        setting -> replace(spec, "--" + setting.optionName(), option -> option.type(Path.class)));
                List<String> forms = Arrays.stream(Output.values())
                        .filter(run::prints)
                        .map(form -> form.name().toLowerCase(Locale.ROOT))
                        .toList();
                replace(spec, "--output", option -> option.type(String.class).completionCandidates(forms));
            }
            completeValues(command);
        });
    }

    private static void replace(CommandSpec spec, String name, UnaryOperator<OptionSpec.Builder> other) {
        OptionSpec option = spec.findOption(name);
        spec.remove(option);
        spec.addOption(other.apply(OptionSpec.builder(option.names())
                        .paramLabel(option.paramLabel())
                        .description(option.description()))
                .build());
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        CommandLine root = spec.root().commandLine();
        completeValues(root);
        List<String> bundles = BundleLoader.builtInNames();
        // zsh runs the bash script through bashcompinit, which the script itself turns on.
        String script = shell == Shell.fish ? FishCompletion.of(root, bundles) : BashCompletion.of(root, bundles);
        if (output == Output.TEXT) {
            out.document(script);
        }
        run.report().details(JsonNodeFactory.instance.objectNode().put("script", script));
    }
}
