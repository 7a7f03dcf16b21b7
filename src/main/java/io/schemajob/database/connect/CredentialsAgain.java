package io.schemajob.database.connect;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.function.Supplier;

/** What is told when credentials that a server refused are read once more, and that does not help. */
public final class CredentialsAgain {
    private CredentialsAgain() {}

    /**
     * Reads them.
     *
     * @param refused remains the failure if they are not to be had, unless another try may help or the run was stopped
     */
    public static ConnectionSettings read(Supplier<ConnectionSettings> source, SchemajobException refused) {
        try {
            return source.get();
        } catch (SchemajobException e) {
            if (e.status() != ExitStatus.CONFIG && e.status() != ExitStatus.ACCESS_DENIED) {
                throw e;
            }
            throw extended(
                    refused,
                    "Reading the credentials again failed: " + e.getMessage(),
                    e.failure().hint());
        }
    }

    /** They lead to another server or database now. */
    public static SchemajobException elsewhere(SchemajobException refused, ConnectionSettings again) {
        return extended(
                refused,
                "The credentials, read again, name another database now (%s), in which this run holds no lock."
                        .formatted(again.address()),
                "If that is right, run the job again.");
    }

    private static SchemajobException extended(SchemajobException refused, String sentence, String hint) {
        Failure failure = refused.failure();
        String message = failure.message();
        return Failure.of(failure.status(), message + (message.endsWith(".") ? " " : ". ") + sentence)
                .sqlState(failure.sqlState())
                .hint(hint)
                .asException(refused);
    }
}
