package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import io.schemajob.report.Redactor;
import io.schemajob.report.RunReport;
import java.util.function.Function;

/** What every job is handed: its settings, and where to tell what happens. */
public record RunContext(Settings settings, Log log, Redactor redactor, Interruption interruption, RunReport report) {

    /** Reads the bundle; before anything is contacted, so that a broken one changes nothing. */
    Bundle bundle() {
        return bundle(BundleLoader::load);
    }

    /** The same where there need be nothing in the folder yet. */
    Bundle beginning() {
        return bundle(BundleLoader::begin);
    }

    private Bundle bundle(Function<String, Bundle> loader) {
        String name = settings.required(Setting.BUNDLE);
        Bundle bundle = interruption.reading(() -> loader.apply(name));
        report.bundle(bundle.name());
        return bundle;
    }
}
