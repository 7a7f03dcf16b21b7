package io.schemajob.cli;

import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.report.ConsoleLog;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.Interruption;
import io.schemajob.report.Outcome;
import io.schemajob.report.Redactor;
import io.schemajob.report.RunReport;
import io.schemajob.report.SchemajobException;
import io.schemajob.report.TerminationMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The one place where a command begins and ends: it wires settings, log and signals together, turns whatever is thrown
 * into output and an exit code, and leaves the termination message and the report behind.
 */
final class Execution {
    private final RunCommand command;
    private final Streams streams = Streams.standard();
    private final Redactor redactor = new Redactor();
    private final RunReport report = new RunReport();

    Execution(RunCommand command) {
        this.command = command;
    }

    int run() {
        report.command(command.spec.name());
        Settings settings = new Settings(command.options(), Environment.read(), Execution::property);
        protectKnownSecrets(settings);
        boolean json;
        try {
            settings.validate();
            json = settings.json();
        } catch (SchemajobException e) {
            return finish(settings, log(false), e.failure(), e);
        }
        ConsoleLog log = log(json);
        Interruption interruption = new Interruption();
        try (Signals signals = Signals.install(interruption)) {
            startDeadline(settings, interruption);
            command.run(new RunContext(settings, log, redactor, interruption, report), streams.out());
            return finish(settings, log, null, null);
        } catch (SchemajobException e) {
            return finish(settings, log, e.failure(), e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return finish(settings, log, defect(e), e);
        }
    }

    private ConsoleLog log(boolean json) {
        boolean toOut = command.logIsResult() && command.output == Output.TEXT;
        return new ConsoleLog(
                toOut ? streams.out() : streams.err(),
                new ConsoleLog.Style(json, Streams.colour(), command.verbose),
                redactor);
    }

    /** Secrets of the environment are masked even in commands that never use them. */
    private void protectKnownSecrets(Settings settings) {
        redactor.protect(settings.variable("PGPASSWORD"));
        redactor.protect(settings.variable("VAULT_TOKEN"));
    }

    private static String property(String name) {
        return ConfigProvider.getConfig().getOptionalValue(name, String.class).orElse(null);
    }

    private static void startDeadline(Settings settings, Interruption interruption) {
        Duration deadline = settings.duration(Setting.DEADLINE);
        if (deadline.isZero()) {
            return;
        }
        Failure failure = Failure.of(
                        ExitStatus.TRY_AGAIN, "The deadline of %d s was reached.".formatted(deadline.toSeconds()))
                .databaseState("The running migration was cancelled and rolled back; those before it stay applied.")
                .hint("Run the job again, with a longer SCHEMAJOB_DEADLINE if the migration needs it.");
        Thread timer = new Thread(
                () -> {
                    try {
                        Thread.sleep(deadline.toMillis());
                        interruption.stop(failure);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "schemajob-deadline");
        timer.setDaemon(true);
        timer.start();
    }

    private static Failure defect(Throwable e) {
        return Failure.of(ExitStatus.INTERNAL, "A defect of Schemajob: " + e)
                .databaseState("The open transaction, if any, was rolled back; schemajob info shows the history.")
                .hint("Please report this with the output of --verbose.");
    }

    private int finish(Settings settings, ConsoleLog log, Failure failure, Throwable cause) {
        ExitStatus status = failure == null ? ExitStatus.OK : failure.status();
        Outcome outcome = new Outcome(status, failure, report);
        if (failure != null) {
            ConsoleLog errors = new ConsoleLog(streams.err(), log.style(), redactor);
            errors.failure(failure, cause);
        }
        if (command.output == Output.JSON) {
            streams.out().println(redactor.redact(outcome.full()).toString());
        }
        leaveBehind(settings, log, outcome);
        streams.out().flush();
        streams.err().flush();
        return status.code();
    }

    private void leaveBehind(Settings settings, ConsoleLog log, Outcome outcome) {
        try {
            String problem = TerminationMessage.write(
                    Path.of(settings.text(Setting.TERMINATION_LOG)),
                    settings.isGiven(Setting.TERMINATION_LOG),
                    TerminationMessage.render(outcome, redactor));
            if (problem != null) {
                log.warn(problem);
            }
            String file = settings.text(Setting.REPORT);
            if (file != null) {
                String text = redactor.redact(outcome.full()).toPrettyString() + "\n";
                Files.write(Path.of(file), text.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | InvalidPathException e) {
            // The result of the run stands, whoever cannot read about it.
            log.warn("The report could not be written (%s: %s)."
                    .formatted(e.getClass().getSimpleName(), e.getMessage()));
        }
    }
}
