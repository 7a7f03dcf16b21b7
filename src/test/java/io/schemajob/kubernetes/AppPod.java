package io.schemajob.kubernetes;

import io.schemajob.testing.App;
import java.util.OptionalInt;

/** A pod whose container is the application as a process. */
final class AppPod implements JobPod {
    private final App.Running running;
    private App.Result result;

    AppPod(App app) {
        this.running = app.start();
    }

    @Override
    public OptionalInt exitCode() {
        return running.process().isAlive() ? OptionalInt.empty() : OptionalInt.of(result().exitCode());
    }

    /** Since it connects for the first of its targets. */
    @Override
    public boolean working() {
        return running.text().contains("] ==> Verifying database connection");
    }

    @Override
    public void terminate() {
        running.terminate();
    }

    @Override
    public void kill() {
        running.kill();
    }

    /** Waits for its end. */
    App.Result result() {
        if (result == null) {
            result = running.await();
        }
        return result;
    }
}
