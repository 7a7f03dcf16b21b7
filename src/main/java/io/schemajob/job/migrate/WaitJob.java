package io.schemajob.job.migrate;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.database.query.SqlStates;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.job.TimeLimit;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.history.StaleFailureCleanup;
import io.schemajob.migration.plan.Readiness;
import io.schemajob.migration.plan.Target;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.cancel.Backoff;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Durations;
import io.schemajob.report.text.Untrusted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Waits until somebody else has migrated the database: for the init container of an application, which must not start
 * before. Read-only; takes no lock. Neither the history nor the database nor the server need be there yet.
 */
public final class WaitJob {
    /** "At once" for a person, and next to nothing for the server, however many pods ask. */
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(3));

    /** A try to connect that takes longer is told of, and begun again; the first one soon, as nothing is told before. */
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(15);

    private static final Duration FIRST_CONNECT = Duration.ofSeconds(2);

    private static final Pattern FULL_STOP = Pattern.compile("\\.(" + Untrusted.END + "?)$");

    private final RunContext run;
    private final Options options;
    private volatile String lacks = "it was not reached";

    /**
     * What to wait for.
     *
     * @param version a version of the bundle; null for all that the bundle holds
     * @param timeout after which the run ends with TRY_AGAIN; zero for never
     * @param verify whether the catalog is to be compared too, once the version is reached
     */
    public record Options(String version, Duration timeout, boolean verify) {}

    public WaitJob(RunContext run, Options options) {
        this.run = run;
        this.options = options;
    }

    /** Returns when the database is ready. */
    public void execute() {
        Bundle bundle = run.bundle();
        Version wanted = wanted(bundle);
        Verification verification = options.verify() ? Verification.of(run, bundle) : null;
        try (TimeLimit limit = TimeLimit.start(options.timeout(), run.cancellation(), () -> tooLate(bundle, wanted))) {
            // What the first try tells of the connection is not told by those after it.
            Log log = run.log();
            Duration connect = firstConnect();
            for (int attempt = 1; !ready(patient(log, connect), bundle, wanted, verification); attempt++) {
                run.cancellation().sleep(PAUSES.after(attempt));
                log = Log.silent();
                connect = LONGEST_CONNECT;
            }
        }
    }

    private Version wanted(Bundle bundle) {
        if (bundle.migrations().isEmpty() && bundle.repeatables().isEmpty()) {
            throw usage(
                    "The bundle %s has no migrations, so there is no version to wait for.".formatted(bundle.name()),
                    "schemajob verify compares the database with schema.yaml.");
        }
        Target target = options.version() == null ? Target.HEAD : Target.parse(options.version(), bundle);
        return switch (target.kind()) {
            case HEAD -> null;
            case VERSION -> target.requireKnown(bundle, "Not contacted.");
            case BASE, STEPS ->
                throw usage("wait knows head and versions, and not %s.".formatted(options.version()), "schemajob wait");
        };
    }

    private static SchemajobException usage(String message, String hint) {
        return Failure.of(ExitStatus.USAGE, message)
                .databaseState("Not contacted.")
                .hint(hint)
                .asException();
    }

    /** Looks, on one connection, until the database is ready; false if it is to be connected to anew. */
    private boolean ready(RunContext patient, Bundle bundle, Version wanted, Verification verification) {
        try (RunSession session = RunSession.open(patient, bundle)) {
            History history = session.history();
            Optional<String> reason = lacks(session, history, wanted);
            for (int attempt = 1; reason.isPresent(); attempt++) {
                tell(reason.get());
                run.cancellation().sleep(PAUSES.after(attempt));
                history = session.historyNow();
                reason = lacks(session, history, wanted);
            }
            run.report().toVersion(history.current().map(Object::toString).orElse(null));
            run.log().step("The database is at " + MigrationLabels.of(history.current()));
            if (verification != null) {
                verification.require(session, history.current());
            }
            return true;
        } catch (SchemajobException e) {
            if (!passes(e)) {
                throw e;
            }
            run.cancellation().check();
            tell(FULL_STOP.matcher(e.failure().message()).replaceFirst("$1"));
            return false;
        }
    }

    private Optional<String> lacks(RunSession session, History history, Version wanted) {
        Bundle bundle = session.bundle();
        List<HistoryProblem> contradictions = Readiness.contradictions(bundle, history, wanted);
        if (!contradictions.isEmpty()) {
            throw HistoryValidation.failure(bundle, history, contradictions, "Nothing was changed");
        }
        return Readiness.lacks(bundle, history, wanted).or(() -> new StaleFailureCleanup(session.schema(), run.log())
                .halfRolledBack(session.lockConnection(), bundle)
                .map(HistoryProblem::message));
    }

    /** Each state once: pods wait long. */
    private void tell(String now) {
        if (!now.equals(lacks)) {
            lacks = now;
            run.log().step("Waiting: " + now);
        }
    }

    /** A server that starts, a database that is still to be created or restored. */
    private static boolean passes(SchemajobException e) {
        String state = e.failure().sqlState();
        return e.status() == ExitStatus.UNAVAILABLE
                || SqlStates.INVALID_CATALOG_NAME.equals(state)
                || SqlStates.NOT_IN_PREREQUISITE_STATE.equals(state);
    }

    /** Half of the time at most, so that the cause is known when it is up. */
    private Duration firstConnect() {
        Duration half = options.timeout().dividedBy(2);
        return half.isZero() || half.compareTo(FIRST_CONNECT) > 0 ? FIRST_CONNECT : half;
    }

    private RunContext patient(Log log, Duration longest) {
        Duration connect = run.settings().duration(Setting.CONNECT_TIMEOUT);
        Duration once = connect.compareTo(longest) < 0 ? connect : longest;
        Settings settings = run.settings()
                .with(
                        Map.of(Setting.CONNECT_TIMEOUT, once.toMillis() + "ms"),
                        run.settings().database());
        return run.with(settings, log);
    }

    private Failure tooLate(Bundle bundle, Version wanted) {
        String version = wanted == null ? MigrationLabels.of(bundle.head()) : wanted.toString();
        return Failure.of(
                        ExitStatus.TRY_AGAIN,
                        "The database was not at %s within %s: %s."
                                .formatted(version, Durations.text(options.timeout()), lacks))
                .databaseState("Waiting changed nothing.")
                .hint("schemajob info says what is pending or has failed; see the log of the run that migrates.");
    }
}
