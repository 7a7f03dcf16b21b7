package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import java.util.ArrayList;
import java.util.List;

/** Lists the built-in bundles and the one that is configured. */
public final class BundlesJob {
    private final RunContext run;

    public BundlesJob(RunContext run) {
        this.run = run;
    }

    public List<Bundle> execute() {
        List<Bundle> bundles = new ArrayList<>();
        List<String> names = BundleLoader.builtInNames();
        names.forEach(name -> bundles.add(BundleLoader.load(name)));
        String configured = run.settings().text(Setting.BUNDLE);
        if (configured != null && !names.contains(configured)) {
            bundles.add(BundleLoader.load(configured));
        }
        return bundles;
    }
}
