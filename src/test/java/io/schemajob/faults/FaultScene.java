package io.schemajob.faults;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.WireProxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import sun.misc.Signal;

/** Where a fault strikes: one database on one server, a run that works on it, and what was made ready for the fault. */
final class FaultScene {
    private static final long SOON_MILLIS = 100;

    /** More than there is room for on the disk of a write-ahead log. */
    private static final int SEGMENTS = 8;

    private final FaultBench bench;
    private final FaultCommand command;
    private final Postgres.Database database;
    private final CompletableFuture<App.Running> run = new CompletableFuture<>();
    private volatile WireProxy proxy;
    private Postgres standby;
    private volatile Thread locker;

    FaultScene(FaultBench bench, FaultCommand command, Postgres.Database database) {
        this.bench = bench;
        this.command = command;
        this.database = database;
    }

    Postgres server() {
        return bench.server();
    }

    /** Through which the run talks to the server. */
    WireProxy proxy() {
        return proxy;
    }

    void leadThrough(WireProxy way) {
        proxy = way;
    }

    /** @param process null for a run in this JVM */
    void runs(App.Running process) {
        run.complete(process);
    }

    void terminate(String which) {
        try (OtherSession superuser = OtherSession.ofSuperuser(database)) {
            superuser.rows("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                    + " AND " + which);
        }
    }

    void terminateAll() {
        terminate("datname = '" + database.name() + "' AND application_name LIKE 'schemajob/%'");
    }

    List<String> timeouts() {
        return bench.timeouts();
    }

    /** @param value null for the default */
    void configure(List<String> settings, String value) {
        try (OtherSession superuser = OtherSession.ofSuperuser(database)) {
            for (String setting : settings) {
                superuser.execute("ALTER SYSTEM "
                        + (value == null ? "RESET " + setting : "SET " + setting + " = '" + value + "'"));
            }
            superuser.execute("SELECT pg_reload_conf()");
        }
        pause(20);
    }

    void alterUser(String what) {
        server().superuserExecute("ALTER ROLE " + FaultBench.USER + " " + what);
    }

    /** Replicates from now on. */
    void makeStandby() {
        standby = server().standby();
    }

    /** Replicates, and falls behind from now on. */
    void makeStandbyBehind() {
        makeStandby();
        standby.superuserExecute("SELECT pg_wal_replay_pause()");
    }

    void failOver() {
        server().failOver(standby);
        standby = null;
    }

    /** What a load balancer does that takes a standby for the primary. */
    void leadToStandby() {
        proxy.leadTo(standby);
        proxy.resetAll();
    }

    void dropStandby() {
        if (standby != null) {
            standby.close();
        }
    }

    void fillDisk() {
        bench.disk().fill();
    }

    void emptyDisk() {
        bench.disk().empty();
    }

    /** And writes until the server has no further segment to write to. */
    void fillWal() {
        bench.walDisk().fill();
        try (OtherSession superuser = OtherSession.ofSuperuser(database)) {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                superuser.execute("SELECT pg_current_xact_id(), pg_switch_wal()");
            }
            throw new AssertionError("the server goes on without room for its write-ahead log");
        } catch (IllegalStateException e) {
            // It has ended.
        }
    }

    void emptyWal() {
        bench.walDisk().empty();
        server().restartAtOnce();
    }

    /** Another session takes what the run changes next, as soon as it can. */
    void lock(long holdMillis) {
        CountDownLatch begun = new CountDownLatch(1);
        locker = new Thread(() -> {
            try (OtherSession other = OtherSession.ofSuperuser(database)) {
                other.execute("SET statement_timeout = '20s'", "BEGIN", "LOCK TABLE " + command.locked());
                begun.countDown();
                Thread.sleep(holdMillis);
            } catch (InterruptedException | IllegalStateException e) {
                // The run has ended, or the table did not become free before that.
            }
        });
        locker.start();
        try {
            begun.await(SOON_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void unlock() {
        if (locker != null) {
            locker.interrupt();
            try {
                locker.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** In the whole process of the run, which may be this JVM. */
    void raise(String signal) {
        App.Running process = run.join();
        if (process == null) {
            Signal.raise(new Signal(signal));
        } else {
            process.signal(signal);
        }
        // Until it has been heard of.
        pause(150);
    }

    void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
