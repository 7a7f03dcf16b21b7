package io.schemajob.testing;

import io.schemajob.job.MigrateJob;
import io.schemajob.job.RollbackJob;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.job.VerifyJob;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.Interruption;
import io.schemajob.report.Redactor;
import io.schemajob.report.RunReport;
import io.schemajob.report.SchemajobException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A run of a job in the JVM of the test, for tests that need hundreds: no process is started and nothing is printed.
 *
 * @param failure null where it ended with 0
 * @param lines of the log
 */
public record JobRun(Failure failure, List<String> lines) {

    public static JobRun migrate(Postgres.Database database, ScriptFolder scripts, String target) {
        return run(
                database, scripts, run -> new MigrateJob(run, new MigrateJob.Options(target, false, true)).execute());
    }

    public static JobRun migrate(Postgres.Database database, ScriptFolder scripts) {
        return migrate(database, scripts, "head");
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
        Map<String, String> environment = new HashMap<>();
        environment.put("PGHOST", "127.0.0.1");
        environment.put("PGPORT", String.valueOf(database.server().port()));
        environment.put("PGDATABASE", database.name());
        environment.put("PGUSER", database.user());
        environment.put("PGPASSWORD", database.password());
        RecordingLog log = new RecordingLog();
        Settings settings = new Settings(Map.of(Setting.BUNDLE, scripts.path().toString()), environment, name -> null);
        try {
            job.accept(new RunContext(settings, log, new Redactor(), new Interruption(), new RunReport()));
            return new JobRun(null, log.lines());
        } catch (SchemajobException e) {
            return new JobRun(e.failure(), log.lines());
        } catch (RuntimeException e) {
            return new JobRun(Failure.defect(e), log.lines());
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
