package io.schemajob.database.lock;

import io.schemajob.database.query.SqlStates;
import io.schemajob.report.cancel.Backoff;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Untrusted;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Runs a transaction again when it met its lock timeout or a deadlock. A statement that waits for a lock makes the whole
 * application wait behind it; giving up after {@code lock_timeout} and coming back later lets the application through.
 *
 * @param tries all in all, at least 1
 */
public record LockRetry(int tries, CancellationToken cancellation, Log log) {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(700), Duration.ofSeconds(15));

    /** Runs the work until it succeeds, fails for another reason, or has had all its tries. */
    public <T> T call(String what, Supplier<T> work) {
        Tries tries = begin(what);
        while (true) {
            try {
                return work.get();
            } catch (SchemajobException e) {
                tries.again(e);
            }
        }
    }

    public void run(String what, Runnable work) {
        call(what, () -> {
            work.run();
            return null;
        });
    }

    /**
     * Begins to count the tries of one transaction.
     *
     * @param what names it in the log
     */
    public Tries begin(String what) {
        return new Tries(what);
    }

    /** The tries of one transaction. */
    public final class Tries {
        private final String what;
        private int failed;

        private Tries(String what) {
            this.what = what;
        }

        /**
         * Waits before the next try.
         *
         * @throws SchemajobException the failure itself if it has nothing to do with locks, or after the last try
         */
        public void again(SchemajobException failure) {
            failed++;
            String state = String.valueOf(failure.failure().sqlState());
            boolean lock = failure.status() == ExitStatus.TRY_AGAIN && SqlStates.lockTimeout(state);
            if (!lock || failed >= tries) {
                throw failure;
            }
            Duration wait = PAUSES.after(failed);
            log.step("%s did not get its lock (%s); rolled back, try %d of %d in %.1f s"
                    .formatted(what, state, failed + 1, tries, wait.toMillis() / 1000.0));
            log.detail(Untrusted.text(failure.getMessage()));
            cancellation.sleep(wait);
        }
    }
}
