package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Log;
import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.RunReport;
import java.util.Map;
import java.util.function.Function;

/** What every job is handed: its settings, and where to tell what happens. */
public record RunContext(
        Settings settings,
        Log log,
        Redactor redactor,
        CancellationToken cancellation,
        RunReport report,
        SharedResources shared) {

    /** A run that is alone in its process. */
    public RunContext(Settings settings, Log log, Redactor redactor, CancellationToken cancellation, RunReport report) {
        this(settings, log, redactor, cancellation, report, SharedResources.none());
    }

    /** The same run as one of several that share these. */
    public RunContext sharing(SharedResources resources) {
        return new RunContext(settings, log, redactor, cancellation, report, resources);
    }

    /** A run for one of several targets, with a report of its own. */
    public RunContext of(Settings own, Log ownLog, RunReport ownReport) {
        return new RunContext(own, ownLog, redactor, cancellation, ownReport, shared);
    }

    /** Reads the bundle; before anything is contacted, so that a broken one changes nothing. */
    public Bundle bundle() {
        Bundle bundle = shared.once(Bundle.class, settings.required(Setting.BUNDLE), () -> bundle(BundleLoader::load));
        report.bundle(bundle.name());
        return bundle;
    }

    /** The same where there need be nothing in the folder yet. */
    public Bundle beginning() {
        return bundle(BundleLoader::begin);
    }

    /**
     * The same run in the schema that the bundle names first, if it names any. Names in its declaration are of these
     * schemas, so it cannot go into another one.
     */
    RunContext in(Bundle bundle) {
        if (bundle.schemas().isEmpty()) {
            return this;
        }
        String main = bundle.schemas().get(0);
        String asked = settings.text(Setting.SCHEMA);
        if (settings.isGiven(Setting.SCHEMA) && !asked.equals(main)) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The bundle %s is for the schemas %s, the first of which holds the history; this run is to work in schema %s."
                                    .formatted(bundle.name(), String.join(", ", bundle.schemas()), asked))
                    .where("bundle " + bundle.origin())
                    .databaseState("Not contacted.")
                    .hint(
                            "Leave out SCHEMAJOB_SCHEMA and --schema; or take schemas out of bundle.yaml, if the bundle is for a schema of any name.")
                    .asException();
        }
        Settings own = settings.with(Map.of(Setting.SCHEMA, main), settings.database());
        return with(own, log);
    }

    /** The same run with other settings, told elsewhere. */
    public RunContext with(Settings other, Log otherLog) {
        return new RunContext(other, otherLog, redactor, cancellation, report, shared);
    }

    /** What to tell of a run that ended with this exception. */
    public Failure failure(Throwable e) {
        return report.complete(cancellation.cause(Failure.from(e)));
    }

    private Bundle bundle(Function<String, Bundle> loader) {
        String name = settings.required(Setting.BUNDLE);
        Bundle bundle = cancellation.reading(() -> ScriptValues.bind(loader.apply(name), settings));
        report.bundle(bundle.name());
        return bundle;
    }
}
