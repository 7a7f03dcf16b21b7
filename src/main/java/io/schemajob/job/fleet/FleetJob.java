package io.schemajob.job.fleet;

import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.Settings;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.result.Finding;
import io.schemajob.report.result.Outcome;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.text.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Does the same job for many targets. Each is a run of its own, with its own settings, connection, login, lock and
 * report; what one of them ends with does not concern the others. A stop ends them all.
 */
public final class FleetJob {
    private static final int MOST_NAMED = 5;

    /**
     * How to go about it.
     *
     * @param parallel how many targets at once
     * @param perServer how many of them on one server; 0 for no limit
     * @param maxFailures begin no further target after so many failures; those at work go on to their end; 0 for no limit
     */
    public record Options(int parallel, int perServer, int maxFailures) {}

    /**
     * What became of a target.
     *
     * @param outcome null when it was not begun
     */
    public record Result(FleetTarget target, Outcome outcome) {
        public boolean begun() {
            return outcome != null;
        }

        /** An answer to a question, such as that something is pending, is no failure. */
        public boolean failed() {
            return begun() && outcome.status() != ExitStatus.OK && !found();
        }

        boolean found() {
            return begun() && outcome.status() == ExitStatus.FINDINGS;
        }
    }

    /** The job that each target gets. */
    public interface Work {
        void run(FleetTarget target, RunContext run);
    }

    private final RunContext run;
    private final List<FleetTarget> targets;
    private final Options options;
    private final Work work;
    private final AtomicInteger failures = new AtomicInteger();

    public FleetJob(RunContext run, List<FleetTarget> targets, Options options, Work work) {
        this.run = run;
        this.targets = targets;
        this.options = options;
        this.work = work;
    }

    /** Runs every target; returns what became of each, in their order, when none is at work any more. */
    public List<Result> execute() {
        // A broken bundle is broken for all: say so once.
        run.bundle();
        if (targets.isEmpty()) {
            return List.of();
        }
        run.shared().logIn(run);
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(options.parallel(), targets.size()));
        try {
            List<Callable<Result>> tasks = new ArrayList<>();
            targets.forEach(target -> tasks.add(() -> result(target)));
            List<Result> results = new ArrayList<>();
            for (Future<Result> future : pool.invokeAll(tasks)) {
                results.add(future.get());
            }
            summarise(results);
            return results;
        } catch (InterruptedException | ExecutionException e) {
            // Nobody interrupts this thread, and a target's failures are its result.
            throw new IllegalStateException(e);
        } finally {
            pool.shutdown();
        }
    }

    private Result result(FleetTarget target) {
        if (run.cancellation().stopped() || tooManyFailed()) {
            return new Result(target, null);
        }
        RunContext own = run.of(settings(target), run.log().about(target.name()), new RunReport());
        own.report().command(run.report().command());
        Outcome outcome = attempt(target, own);
        Result result = new Result(target, outcome);
        if (result.failed()) {
            failures.incrementAndGet();
        }
        return result;
    }

    private boolean tooManyFailed() {
        return options.maxFailures() > 0 && failures.get() >= options.maxFailures();
    }

    /** The deadline is that of the whole fleet: a target has what is left of it. */
    private Settings settings(FleetTarget target) {
        Settings settings = target.settings(run.settings());
        Duration deadline = settings.duration(Setting.DEADLINE);
        if (deadline.isZero()) {
            return settings;
        }
        long left = Math.max(1, deadline.minus(run.report().duration()).toMillis());
        return settings.with(Map.of(Setting.DEADLINE, left + "ms"), settings.database());
    }

    private Outcome attempt(FleetTarget target, RunContext own) {
        try {
            work.run(target, own);
            own.report().end();
            return new Outcome(ExitStatus.OK, null, own.report());
        } catch (RuntimeException | Error e) {
            return failed(own, own.failure(e), e);
        }
    }

    private static Outcome failed(RunContext own, Failure failure, Throwable cause) {
        own.report().end();
        if (failure.status() == ExitStatus.FINDINGS) {
            own.log().step(failure.message());
        } else {
            own.log().failure(failure, cause);
        }
        return new Outcome(failure.status(), failure, own.report());
    }

    /** Those that ended well, although nothing was declared to compare them with. */
    public static List<String> notCompared(List<Result> results) {
        return results.stream()
                .filter(result -> result.begun() && result.outcome().status() == ExitStatus.OK)
                .filter(result -> result.outcome().report().verified() == null)
                .map(result -> result.target().name())
                .toList();
    }

    /** The common fields of the report speak of all targets. */
    private void summarise(List<Result> results) {
        List<Finding> findings = new ArrayList<>();
        int verified = 0;
        boolean clean = true;
        for (Result result : results) {
            if (!result.begun()) {
                continue;
            }
            String name = result.target().name();
            RunReport one = result.outcome().report();
            one.applied().forEach(script -> run.report().applied(name + ": " + script));
            one.findings().forEach(finding -> findings.add(finding.in(name)));
            verified += one.verified() == null ? 0 : 1;
            clean &= !Boolean.FALSE.equals(one.verified());
        }
        if (!clean || verified == results.size() && verified > 0) {
            run.report().verified(clean, findings);
        }
    }

    /** Fails unless every target ended with OK; with which status, {@link FleetVerdict} says. */
    public void requireAllDone(List<Result> results) {
        List<Result> bad = results.stream().filter(Result::failed).toList();
        List<Result> found = results.stream().filter(Result::found).toList();
        run.cancellation().explain(why -> stopped(why, bad, results));
        FleetVerdict.of(Stream.concat(bad.stream(), found.stream())
                        .map(result -> result.outcome().status())
                        .toList())
                .ifPresent(status -> {
                    if (bad.isEmpty()) {
                        throw findings(status, found, results);
                    }
                    throw Failure.of(status, message(bad, results.size()) + notBegun(results))
                            .databaseState(state(results, bad.size()))
                            .hint(
                                    "The log has the cause and the next command of each. Then run the same command again.")
                            .asException();
                });
        // Stopped before any target could notice.
        run.cancellation().check();
    }

    /** A stop of the whole fleet, which says as a failure does what became of its targets. */
    private static Failure stopped(Failure why, List<Result> bad, List<Result> results) {
        String targets = bad.isEmpty() ? "" : " " + message(bad, results.size());
        return Failure.of(why.status(), why.message() + targets + notBegun(results))
                .databaseState(state(results, bad.size()))
                .hint(why.hint());
    }

    private static RuntimeException findings(ExitStatus status, List<Result> found, List<Result> all) {
        long answered = all.stream().filter(Result::begun).count();
        List<String> names =
                found.stream().map(result -> result.target().name()).toList();
        return Failure.of(
                        status,
                        "%d of %d target(s) answered; something was found at %d of them: %s."
                                .formatted(answered, all.size(), found.size(), Named.first(names, MOST_NAMED)))
                .databaseState("Nothing was changed.")
                .hint("schemajob fleet migrate with the same targets applies what is pending.")
                .asException();
    }

    private static String message(List<Result> bad, int all) {
        return "%d of %d target(s) did not end with 0: %s.".formatted(bad.size(), all, FailedTargets.text(bad));
    }

    private static String notBegun(List<Result> results) {
        List<String> names = results.stream()
                .filter(result -> !result.begun())
                .map(result -> result.target().name())
                .toList();
        return names.isEmpty() ? "" : " Not begun: %s.".formatted(Named.first(names, MOST_NAMED));
    }

    private static String state(List<Result> results, int bad) {
        long begun = results.stream().filter(Result::begun).count();
        return "Each target stands for itself: %d done, %d not, %d not begun."
                .formatted(begun - bad, bad, results.size() - begun);
    }
}
