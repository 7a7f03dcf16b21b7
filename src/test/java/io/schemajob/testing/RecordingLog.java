package io.schemajob.testing;

import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what a run told, debug output included, for assertions about it. */
public final class RecordingLog implements Log {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    /** Everything so far, in order, each line with its kind: {@code step: …}. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void step(String message) {
        lines.add("step: " + message);
    }

    @Override
    public void detail(String message) {
        lines.add("detail: " + message);
    }

    @Override
    public void line(String message) {
        lines.add("line: " + message);
    }

    @Override
    public void warn(String message) {
        lines.add("warn: " + message);
    }

    @Override
    public void debug(String message) {
        lines.add("debug: " + message);
    }

    @Override
    public void failure(Failure failure, Throwable cause) {
        lines.add("failure: " + failure.message());
    }

    @Override
    public Log about(String target) {
        return this;
    }
}
