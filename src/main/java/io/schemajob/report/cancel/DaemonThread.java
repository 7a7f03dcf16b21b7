package io.schemajob.report.cancel;

import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Threads that do not keep the process alive: what they wait for may never come. */
public final class DaemonThread {
    private DaemonThread() {}

    public static Thread start(String name, Runnable work) {
        Thread thread = of(name, work);
        thread.start();
        return thread;
    }

    /** One thread for work at its time. Work that is cancelled is forgotten at once: there may be a million of it. */
    public static ScheduledThreadPoolExecutor timer(String name) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> of(name, work));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    private static Thread of(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
