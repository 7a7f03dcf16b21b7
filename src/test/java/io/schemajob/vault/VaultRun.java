package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.Interruption;
import io.schemajob.report.Redactor;
import io.schemajob.report.SchemajobException;
import io.schemajob.testing.RecordingLog;
import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;

/** What a job brings along when it opens a session, and how it would see it fail. */
final class VaultRun {
    /** A password with everything in it that breaks URLs, shells, JSON and SQL. */
    static final String CANARY = "Cänary-@:/?#%&+ '\"\\-word";

    private final Interruption interruption = new Interruption();
    private final Redactor redactor = new Redactor();
    private final RecordingLog log = new RecordingLog();
    private Duration connectTimeout = Duration.ofSeconds(5);

    VaultRun patient(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    VaultSession open(Map<String, String> environment) {
        return VaultSession.open(VaultSettings.of(environment, connectTimeout), interruption, log, redactor);
    }

    /** Opens a session and reads the credentials, which has to fail; what a person would see of it is returned. */
    AbstractStringAssert<?> fails(Map<String, String> environment, ExitStatus status) {
        SchemajobException error = catchThrowableOfType(SchemajobException.class, () -> {
            try (VaultSession session = open(environment)) {
                session.postgresCredentials();
            }
        });
        assertThat(error).as("the run fails").isNotNull();
        Failure failure = error.failure();
        assertThat(failure.hint()).as("what to do next").isNotBlank();
        String text = failure.message() + "\n" + failure.where() + "\n" + failure.hint();
        return assertThat(failure.status())
                .as(text)
                .isEqualTo(status)
                .extracting(ignored -> text)
                .asString();
    }

    Interruption interruption() {
        return interruption;
    }

    Redactor redactor() {
        return redactor;
    }

    RecordingLog log() {
        return log;
    }
}
