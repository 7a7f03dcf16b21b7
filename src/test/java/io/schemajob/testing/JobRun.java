package io.schemajob.testing;

import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.job.migrate.RollbackJob;
import io.schemajob.job.verify.VerifyJob;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.RunReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A run of a job in the JVM of the test, for tests that need hundreds: no process is started and nothing is printed.
 *
 * @param failure null where it ended with 0; with what the run knows of the database
 * @param lines of the log
 * @param report what the run found and did
 */
public record JobRun(Failure failure, List<String> lines, RunReport report) {
    private static final long LONGEST_SECONDS = 120;

    public static JobRun migrate(Postgres.Database database, ScriptFolder scripts, String target) {
        return run(database, scripts, migrating(target));
    }

    public static JobRun migrate(Postgres.Database database, ScriptFolder scripts) {
        return migrate(database, scripts, "head");
    }

    /** The job of {@code migrate TARGET}. */
    public static Consumer<RunContext> migrating(String target) {
        return run -> new MigrateJob(run, new MigrateJob.Options(target, false, true)).execute();
    }

    public static JobRun dryRun(Postgres.Database database, ScriptFolder scripts) {
        return run(database, scripts, run -> new MigrateJob(run, new MigrateJob.Options("head", true, true)).execute());
    }

    public static JobRun verify(Postgres.Database database, ScriptFolder scripts) {
        return run(database, scripts, run -> new VerifyJob(run).execute());
    }

    public static JobRun rollback(Postgres.Database database, ScriptFolder scripts, String target) {
        return run(database, scripts, run -> new RollbackJob(run, target, down -> true).execute());
    }

    /** Any job, connected as the owner of the database. */
    public static JobRun run(Postgres.Database database, ScriptFolder scripts, Consumer<RunContext> job) {
        return run(environment(database), scripts, job);
    }

    /** Any job in any environment. */
    public static JobRun run(Map<String, String> environment, ScriptFolder scripts, Consumer<RunContext> job) {
        return execute(environment, scripts, job, new RecordingLog(), new CancellationToken());
    }

    /** Begins a job and returns at once. */
    public static Running start(Map<String, String> environment, ScriptFolder scripts, Consumer<RunContext> job) {
        RecordingLog log = new RecordingLog();
        CancellationToken cancellation = new CancellationToken();
        CompletableFuture<JobRun> end = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        end.complete(execute(environment, scripts, job, log, cancellation));
                    } catch (RuntimeException | Error e) {
                        end.completeExceptionally(e);
                    }
                },
                "job");
        thread.setDaemon(true);
        thread.start();
        return new Running(end, log, cancellation);
    }

    /** A job at work. */
    public record Running(CompletableFuture<JobRun> end, RecordingLog log, CancellationToken cancellation) {
        /** Waits until it has said the words. */
        public Running awaitText(String words) {
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
            while (!String.join("\n", log.lines()).contains(words)) {
                if (end.isDone() || System.nanoTime() > limit) {
                    throw new AssertionError(
                            "\"" + words + "\" was never said: " + log.lines() + (end.isDone() ? await().text() : ""));
                }
                try {
                    Thread.sleep(5);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return this;
        }

        public JobRun await() {
            return end.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS).join();
        }
    }

    /** The variables that connect as the owner of the database; a map of one's own to add to. */
    public static Map<String, String> environment(Postgres.Database database) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", "127.0.0.1");
        environment.put("PGPORT", String.valueOf(database.server().port()));
        environment.put("PGDATABASE", database.name());
        environment.put("PGUSER", database.user());
        environment.put("PGPASSWORD", database.password());
        return environment;
    }

    private static JobRun execute(
            Map<String, String> environment,
            ScriptFolder scripts,
            Consumer<RunContext> job,
            RecordingLog log,
            CancellationToken cancellation) {
        Settings settings = new Settings(Map.of(Setting.BUNDLE, scripts.path().toString()), environment, name -> null);
        RunReport report = new RunReport();
        RunContext run = new RunContext(settings, log, new Redactor(), cancellation, report);
        try {
            job.accept(run);
            return new JobRun(null, log.lines(), report);
        } catch (RuntimeException e) {
            return new JobRun(run.failure(e), log.lines(), report);
        }
    }

    public int exitCode() {
        return failure == null ? 0 : failure.status().code();
    }

    public ExitStatus status() {
        return failure == null ? ExitStatus.OK : failure.status();
    }

    /** All that was said, for assertions. */
    public String text() {
        return String.join("\n", lines)
                + (failure == null
                        ? ""
                        : "\n%s %s\n%s\n%s\n%s"
                                .formatted(
                                        failure.status(),
                                        failure.message(),
                                        failure.where(),
                                        failure.databaseState(),
                                        failure.hint()));
    }
}
