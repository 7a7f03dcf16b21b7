package io.schemajob.cli;

import io.schemajob.bundle.source.FileNames;
import io.schemajob.cli.line.Output;
import io.schemajob.cli.process.Signals;
import io.schemajob.cli.process.Surroundings;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.job.TimeLimit;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.ConsoleLog;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.text.Durations;
import java.time.Duration;
import java.util.Map;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/**
 * The one place where a command begins and ends: it wires settings, log and signals together, and turns whatever is
 * thrown into output and an exit code.
 */
final class Execution {
    /** What a run that is stopped may take to cancel, roll back, release and revoke; far less in all but strange cases. */
    private static final Duration UNWINDING = Duration.ofSeconds(15);

    private final RunCommand command;
    private final Surroundings surroundings;
    private final Redactor redactor = new Redactor();
    private final RunReport report = new RunReport();

    Execution(RunCommand command) {
        this.command = command;
        this.surroundings = SchemajobCommand.surroundings(command.spec);
    }

    /** @param values of variables of scripts, as options give them */
    int run(Map<String, String> values) {
        report.command(CommandLines.title(command.spec));
        Settings settings = settings(command.options(), surroundings).withValues(values);
        SchemajobException unreadable = null;
        try {
            settings = settings.withFile();
        } catch (SchemajobException e) {
            // Told below, as everything that ends a run.
            unreadable = e;
        }
        return run(settings, unreadable);
    }

    /** @param unreadable what is wrong with the file of variables, or null */
    private int run(Settings settings, SchemajobException unreadable) {
        protectKnownSecrets(settings, redactor);
        ConsoleLog.Style style =
                new ConsoleLog.Style(json(settings), surroundings.colour(), command.detail(), surroundings.width());
        RunOutcomeWriter ending = new RunOutcomeWriter(settings, surroundings.streams(), redactor, report);
        CancellationToken cancellation = new CancellationToken();
        RunContext run = new RunContext(settings, log(style), redactor, cancellation, report);
        try (Signals signals = Signals.install(cancellation)) {
            if (unreadable != null) {
                throw unreadable;
            }
            settings.file().tell(run.log());
            settings.validate();
            Setting.PATHS.forEach(setting -> requireReadable(settings.text(setting)));
            // Never closed: what ends the run has to end in time too.
            startDeadline(settings, cancellation);
            ResultWriter out = new ResultWriter(surroundings.streams().out(), redactor, surroundings.width());
            cancellation.guard("schemajob-run", UNWINDING, () -> command.run(run, out));
            Failure lost = command.logIsResult() ? null : ending.lostResult();
            if (lost != null) {
                throw lost.asException();
            }
            return ending.end(style, command.output, null, null);
        } catch (RuntimeException | Error e) {
            Failure failure = run.failure(e).mapHint(hint -> NextCommands.complete(hint, command.options()));
            return ending.end(style, command.output, failure, e);
        }
    }

    /** Variables arrive as they are, whatever the locale; the files that they name would not be found. */
    private static void requireReadable(String path) {
        if (path != null) {
            FileNames.require(path);
        }
    }

    private ConsoleLog log(ConsoleLog.Style style) {
        boolean toOut = command.logIsResult() && command.output == Output.TEXT;
        return new ConsoleLog(
                toOut ? surroundings.streams().out() : surroundings.streams().err(), style, redactor);
    }

    /** Secrets of the environment are masked even in commands that never use them. */
    private static void protectKnownSecrets(Settings settings, Redactor redactor) {
        redactor.protect(settings.variable("PGPASSWORD"));
        redactor.protect(settings.variable("VAULT_TOKEN"));
    }

    /** Quarkus reads {@code .env} by itself, but our own file alone says what counts. */
    private static String property(String name) {
        ConfigValue value = ConfigProvider.getConfig().getConfigValue(name);
        boolean ofFile = value.getSourceName() != null && value.getSourceName().contains("/.env");
        return ofFile ? null : value.getValue();
    }

    private static void startDeadline(Settings settings, CancellationToken cancellation) {
        Duration deadline = settings.duration(Setting.DEADLINE);
        TimeLimit.start(deadline, cancellation, () -> Failure.of(
                        ExitStatus.TRY_AGAIN, "The deadline of %s was reached.".formatted(Durations.text(deadline)))
                .hint("Run the job again, with a longer SCHEMAJOB_DEADLINE if the migration needs it."));
    }

    /** Ends a run whose command line could not be understood, as far as its environment tells how. */
    static int refuse(Surroundings surroundings, String command, Failure failure, boolean json) {
        Settings settings = settings(Map.of(), surroundings);
        RunReport report = new RunReport();
        report.command(command);
        Redactor redactor = new Redactor();
        protectKnownSecrets(settings, redactor);
        ConsoleLog.Style style = new ConsoleLog.Style(
                json(settings), surroundings.colour(), ConsoleLog.Detail.NORMAL, surroundings.width());
        return new RunOutcomeWriter(settings, surroundings.streams(), redactor, report)
                .end(style, json ? Output.JSON : Output.TEXT, failure, null);
    }

    private static Settings settings(Map<Setting, String> options, Surroundings surroundings) {
        return new Settings(options, surroundings.environment(), Execution::property);
    }

    /** Whether the log is JSON, also where another setting, or this one, is wrong. */
    private static boolean json(Settings settings) {
        try {
            return settings.json();
        } catch (SchemajobException e) {
            return false;
        }
    }
}
