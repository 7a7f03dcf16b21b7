package io.schemajob.report.failure;

import io.schemajob.report.text.Untrusted;
import java.util.Arrays;

/**
 * Says that it was the server, or something on the way to it, that sent what is no message of PostgreSQL: the driver trusts lengths and
 * counts, and fails with whatever its arrays and strings say of wrong ones.
 */
final class ProtocolError {
    private static final String DRIVER = "org.postgresql.";

    private ProtocolError() {}

    /** Whether it was thrown by the driver, which says what is wrong with a call of ours with an SQLException. */
    static boolean is(Throwable e) {
        return e instanceof RuntimeException
                && Arrays.stream(e.getStackTrace())
                        .map(StackTraceElement::getClassName)
                        .filter(name -> !name.startsWith("java."))
                        .findFirst()
                        .filter(name -> name.startsWith(DRIVER))
                        .isPresent();
    }

    static Failure of(Throwable e) {
        return Failure.of(
                        ExitStatus.UNAVAILABLE,
                        "What PostgreSQL sent could not be understood: %s".formatted(Untrusted.text(e)))
                .hint("Run the job again; if it ends so again, look at what stands between this pod and the server.");
    }
}
