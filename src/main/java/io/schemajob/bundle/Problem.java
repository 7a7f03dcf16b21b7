package io.schemajob.bundle;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;

/**
 * What is wrong with a bundle ({@link ExitStatus#CONFIG}). File and line begin the message itself, because the
 * termination message carries nothing else.
 */
final class Problem {
    private Problem() {}

    /** @param line from 1 @param message a clause without a full stop */
    static SchemajobException at(String path, int line, String message, String hint) {
        return failure(path + ":" + line, message, hint).asException();
    }

    static SchemajobException in(String path, String message, String hint) {
        return failure(path, message, hint).asException();
    }

    static SchemajobException in(String path, String message, String hint, Throwable cause) {
        return failure(path, message, hint).asException(cause);
    }

    private static Failure failure(String where, String message, String hint) {
        return Failure.of(ExitStatus.CONFIG, where + ": " + message + ".")
                .where(where)
                .hint(hint);
    }
}
