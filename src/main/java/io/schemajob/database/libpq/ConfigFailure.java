package io.schemajob.database.libpq;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Excerpt;

/** The one way in which connection settings are refused: before anything was contacted. */
final class ConfigFailure {
    private ConfigFailure() {}

    static SchemajobException of(String message) {
        return of(message, "Correct the connection settings; docs/configuration.md lists them.");
    }

    static SchemajobException of(String message, String hint) {
        return failure(message, hint).asException();
    }

    static SchemajobException of(String message, String hint, Exception cause) {
        return failure(message, hint).asException(cause);
    }

    private static Failure failure(String message, String hint) {
        return Failure.of(ExitStatus.CONFIG, Excerpt.of(message))
                .databaseState("Not contacted.")
                .hint(hint);
    }
}
