package io.schemajob.cli;

import io.schemajob.cli.line.Output;
import io.schemajob.cli.line.OutputConverter;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.report.log.ConsoleLog.Detail;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * What all commands share: every setting as an option, {@code --output}, {@code --verbose}, {@code --help}. A command
 * says what to do; {@link Execution} does the rest.
 */
abstract class RunCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "text|json",
            defaultValue = "text",
            converter = OutputConverter.class,
            description = "how the result is printed: text or json")
    Output output;

    @Option(
            names = "--var",
            paramLabel = "NAME=VALUE",
            description = "value of a variable that bundle.yaml declares; variable SCHEMAJOB_VAR_NAME")
    List<String> values = List.of();

    @Option(
            names = {"-v", "--verbose"},
            description = "print details, and stack traces of failures")
    boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "print results, warnings and failures, and no steps")
    boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "show this help and exit")
    boolean help;

    /** Does the work; failures are thrown. */
    abstract void run(RunContext run, ResultWriter out);

    /** Whether the log is what the user wants to see, so that it goes to standard output. */
    boolean logIsResult() {
        return true;
    }

    /** Whether the command has its result in this form. */
    boolean prints(Output form) {
        return form == Output.TEXT || form == Output.JSON;
    }

    @Override
    public final Integer call() {
        if (!prints(output)) {
            String form = output.name().toLowerCase(Locale.ROOT);
            throw new ParameterException(
                    spec.commandLine(),
                    "--output %s is for schemajob check; %s prints text or json".formatted(form, spec.name()));
        }
        if (quiet && verbose) {
            throw new ParameterException(spec.commandLine(), "--quiet and --verbose contradict each other");
        }
        return new Execution(this).run(values());
    }

    Detail detail() {
        return quiet ? Detail.QUIET : verbose ? Detail.VERBOSE : Detail.NORMAL;
    }

    /** By name. Split here, as picocli would read quotes in a value as its own. */
    private Map<String, String> values() {
        Map<String, String> byName = new HashMap<>();
        for (String given : values) {
            int equals = given.indexOf('=');
            if (equals < 1 || byName.put(given.substring(0, equals), given.substring(equals + 1)) != null) {
                throw new ParameterException(
                        spec.commandLine(), "--var is given as NAME=VALUE, each name once, and not as " + given);
            }
        }
        return byName;
    }

    /** The settings given as options. */
    Map<Setting, String> options() {
        Map<Setting, String> options = new EnumMap<>(Setting.class);
        ParseResult parsed = spec.commandLine().getParseResult();
        for (Setting setting : Setting.values()) {
            String value = parsed.matchedOptionValue("--" + setting.optionName(), (String) null);
            if (value != null) {
                options.put(setting, value);
            }
        }
        return options;
    }

    /** Adds every setting to a command as an option. */
    static void addSettings(CommandSpec spec) {
        for (Setting setting : Setting.values()) {
            String value = setting.defaultValue() == null ? "" : " (default: " + setting.defaultValue() + ")";
            String[] names = setting == Setting.BUNDLE
                    ? new String[] {"-b", "--" + setting.optionName()}
                    : new String[] {"--" + setting.optionName()};
            spec.addOption(OptionSpec.builder(names)
                    .paramLabel(setting.name().toLowerCase(Locale.ROOT))
                    .type(String.class)
                    .description(setting.meaning() + value + "; variable " + setting.variable())
                    .build());
        }
    }
}
