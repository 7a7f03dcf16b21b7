package io.schemajob.importer.load;

import io.schemajob.report.log.Log;
import io.schemajob.report.log.Progress;
import java.time.Duration;

/** Counts rows and tells how far the work has come. */
public final class ProgressReporter {
    private static final int BATCH = 1000;

    private final Log log;
    private final long total;
    private final long begun = System.nanoTime();
    private long done;
    private int pending;
    private String table = "";

    public ProgressReporter(Log log, long total) {
        this.log = log;
        this.total = total;
    }

    public void table(String name) {
        this.table = name;
    }

    public void add(long rows) {
        done += rows;
        log.progress(new Progress(table, done, total, Duration.ofNanos(System.nanoTime() - begun)));
    }

    /** For those who do not count in batches. */
    void addOne() {
        if (++pending == BATCH) {
            add(pending);
            pending = 0;
        }
    }
}
