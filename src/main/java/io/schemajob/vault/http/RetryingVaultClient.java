package io.schemajob.vault.http;

import io.quarkus.vault.client.common.VaultRequest;
import io.schemajob.report.cancel.Backoff;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Durations;
import io.schemajob.vault.settings.VaultSettings;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Asks Vault again while it is away, up to the connect time-out of the settings, and stops at once when the run does.
 */
public final class RetryingVaultClient {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_ATTEMPT = Duration.ofSeconds(1);

    /** What a stopped run gives a request that has already left, so that nothing it made is left behind. */
    private static final Duration LATE = Duration.ofMillis(700);

    private static final Consumer<VaultReply> NOBODY = late -> {};

    private final VaultApi api;
    private final VaultSettings settings;
    private final CancellationToken cancellation;
    private final Log log;

    public RetryingVaultClient(VaultApi api, VaultSettings settings, CancellationToken cancellation, Log log) {
        this.api = api;
        this.settings = settings;
        this.cancellation = cancellation;
        this.log = log;
    }

    /** As {@link #call(VaultRequest.Builder, Consumer)}, for requests that leave nothing behind. */
    public VaultReply call(VaultRequest.Builder<?> request) {
        return call(request, NOBODY);
    }

    /**
     * @param lateReply gets an answer that came shortly after the run was stopped
     * @return an answer that another try would not change
     * @throws io.schemajob.report.failure.SchemajobException UNAVAILABLE when there was none within the time-out, CONFIG for a
     *     TLS error that will not pass, or the reason why the run was stopped
     */
    public VaultReply call(VaultRequest.Builder<?> request, Consumer<VaultReply> lateReply) {
        long start = System.nanoTime();
        for (int attempt = 1; ; attempt++) {
            VaultReply reply = await(api.send(request, attemptTime(left(start))), lateReply);
            TlsFault.in(reply.trouble(), settings).ifPresent(fault -> {
                throw fault.asException(reply.trouble());
            });
            Redirection.in(reply, settings).ifPresent(elsewhere -> {
                throw elsewhere.asException();
            });
            if (!reply.passing()) {
                return reply;
            }
            Duration left = left(start);
            if (left.isZero() || left.isNegative()) {
                throw unavailable(reply).asException(reply.trouble());
            }
            announce(reply, attempt);
            Duration pause = PAUSES.after(attempt);
            cancellation.sleep(shorter(left, longer(pause, reply.retryAfter())));
        }
    }

    private VaultReply await(CompletableFuture<VaultReply> answer, Consumer<VaultReply> lateReply) {
        CompletableFuture<VaultReply> waiting = answer.copy();
        try (CancellationToken.Registration stop = cancellation.onStop(() -> waiting.cancel(false))) {
            return waiting.join();
        } catch (CancellationException e) {
            if (lateReply != NOBODY) {
                lateReply.accept(answer.completeOnTimeout(VaultReply.none(e), LATE.toMillis(), TimeUnit.MILLISECONDS)
                        .join());
            }
            cancellation.check();
            throw e;
        }
    }

    private void announce(VaultReply reply, int attempt) {
        String text = "Vault at " + settings.address() + " is not available: " + reply.reason();
        if (attempt == 1) {
            log.warn(text + "; trying again for up to " + Durations.text(settings.connectTimeout()) + ".");
        } else {
            log.debug(text + " (try " + attempt + ").");
        }
    }

    private Failure unavailable(VaultReply reply) {
        String waited = Durations.text(settings.connectTimeout());
        return Failure.of(
                        ExitStatus.UNAVAILABLE,
                        "Vault at " + settings.address() + " was not available for " + waited + ": " + reply.reason()
                                + ".")
                .hint("Look at `vault status` and at the network between this pod and Vault, then run the job again.");
    }

    private Duration left(long start) {
        return settings.connectTimeout().minusNanos(System.nanoTime() - start);
    }

    private static Duration attemptTime(Duration left) {
        return longer(SHORTEST_ATTEMPT, shorter(left, LONGEST_ATTEMPT));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
