package io.schemajob.vault.lease;

import io.schemajob.report.cancel.DaemonThread;
import io.schemajob.report.log.Log;
import io.schemajob.vault.http.VaultApi;
import io.schemajob.vault.http.VaultReply;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps the token and the leases alive from a daemon thread for as long as the session is open. What cannot be kept is
 * said once, when it has ended; the end of a token takes its leases along.
 */
public final class Renewer implements AutoCloseable {
    private static final Duration REQUEST = Duration.ofSeconds(5);

    private final VaultApi api;
    private final Log log;
    private volatile boolean leases;
    private final AtomicReference<String> lost = new AtomicReference<>();
    private final ScheduledExecutorService timer = DaemonThread.timer("schemajob-vault-renewal");

    public Renewer(VaultApi api, Log log) {
        this.api = api;
        this.log = log;
    }

    /** From now on until closed. */
    public void keep(Lease thing) {
        leases |= !thing.isToken();
        if (thing.endless()) {
            return;
        }
        long end = thing.since() + thing.ttl().toNanos();
        if (thing.renewable()) {
            schedule(() -> renew(thing, end), RenewalPlan.afterGrant(thing.ttl()));
        } else {
            letEnd(thing, end);
        }
    }

    /** What ended while it was still needed, as a sentence. */
    public Optional<String> lost() {
        return Optional.ofNullable(lost.get());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void renew(Lease thing, long end) {
        Duration left = left(end);
        if (left.isNegative()) {
            tellEnd(thing);
            return;
        }
        VaultReply reply = api.send(thing.renewal(thing.ttl()), REQUEST).join();
        if (timer.isShutdown()) {
            return;
        }
        if (reply.ok()) {
            granted(thing, left, thing.granted(reply));
        } else if (thing.ended(reply)) {
            tellEnd(thing);
        } else {
            log.debug("Renewing " + thing.name() + " failed: " + reply.reason() + "; trying again.");
            schedule(() -> renew(thing, end), RenewalPlan.afterFailure(left(end)));
        }
    }

    private void granted(Lease thing, Duration before, Duration granted) {
        long end = System.nanoTime() + granted.toNanos();
        if (RenewalPlan.exhausted(before, granted)) {
            log.debug("Vault prolongs " + thing.name() + " no further; it ends in " + granted.toSeconds() + "s.");
            letEnd(thing, end);
        } else {
            log.debug("Renewed " + thing.name() + " for " + granted.toSeconds() + "s.");
            schedule(() -> renew(thing, end), RenewalPlan.afterGrant(granted));
        }
    }

    private void letEnd(Lease thing, long end) {
        schedule(() -> tellEnd(thing), left(end));
    }

    private void tellEnd(Lease thing) {
        if (thing.isToken() && !leases) {
            log.debug("Vault has ended the token; nothing depends on it.");
            return;
        }
        String sentence = "Vault has ended " + thing.name() + " while the run still needed it.";
        if (lost.compareAndSet(null, sentence)) {
            log.warn(sentence);
        }
    }

    private void schedule(Runnable task, Duration delay) {
        try {
            timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // Closed in the meantime: nothing is to be kept any more.
        }
    }

    private static Duration left(long end) {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
