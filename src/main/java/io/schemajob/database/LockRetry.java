package io.schemajob.database;

import io.schemajob.report.Backoff;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import io.schemajob.report.SchemajobException;
import java.time.Duration;

/**
 * Runs a transaction again when it met its lock timeout or a deadlock. A statement that waits for a lock makes the whole
 * application wait behind it; giving up after {@code lock_timeout} and coming back later lets the application through.
 *
 * @param tries all in all, at least 1
 */
public record LockRetry(int tries, Interruption interruption, Log log) {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(700), Duration.ofSeconds(15));

    /**
     * Runs the work until it succeeds, fails for another reason, or has met TRY_AGAIN {@code tries} times.
     *
     * @param what names the work in the log
     */
    public void run(String what, Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (SchemajobException e) {
                boolean lock = e.status() == ExitStatus.TRY_AGAIN
                        && SqlStates.lockTimeout(String.valueOf(e.failure().sqlState()));
                if (!lock || attempt >= tries) {
                    throw e;
                }
                Duration wait = PAUSES.after(attempt);
                log.step("%s did not get its lock (%s); rolled back, try %d of %d in %.1f s"
                        .formatted(what, e.failure().sqlState(), attempt + 1, tries, wait.toMillis() / 1000.0));
                interruption.sleep(wait);
            }
        }
    }
}
