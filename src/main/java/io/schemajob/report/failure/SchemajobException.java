package io.schemajob.report.failure;

import java.util.Objects;

/**
 * The one exception of this program: it carries the {@link Failure} that the one handler prints and turns into an exit
 * code. Anything else that reaches the handler is a defect of ours ({@link ExitStatus#INTERNAL}).
 */
public final class SchemajobException extends RuntimeException {
    private final transient Failure failure;

    public SchemajobException(Failure failure, Throwable cause) {
        super(failure.message(), cause);
        this.failure = Objects.requireNonNull(failure);
    }

    public Failure failure() {
        return failure;
    }

    public ExitStatus status() {
        return failure.status();
    }
}
