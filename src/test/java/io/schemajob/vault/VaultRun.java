package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Redactor;
import io.schemajob.testing.RecordingLog;
import io.schemajob.vault.settings.VaultSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractStringAssert;

/** What a job brings along when it opens a session, and how a person would see it fail. */
public final class VaultRun {
    /** A password with everything in it that breaks URLs, shells, JSON and SQL. */
    static final String CANARY = "Cänary-@:/?#%&+ '\"\\-word";

    private final CancellationToken cancellation = new CancellationToken();
    private final Redactor redactor = new Redactor();
    private final RecordingLog log = new RecordingLog();
    private Duration connectTimeout = Duration.ofSeconds(5);

    VaultRun patient(Duration timeout) {
        connectTimeout = timeout;
        return this;
    }

    VaultSession open(Map<String, String> environment) {
        return VaultSession.open(VaultSettings.of(environment, connectTimeout), cancellation, log, redactor);
    }

    /** Opens a session and reads the credentials, which has to fail; what a person would see of it is returned. */
    AbstractStringAssert<?> fails(Map<String, String> environment, ExitStatus status) {
        return fails(environment, status, () -> {
            try (VaultSession session = open(environment)) {
                session.postgresCredentials();
            }
        });
    }

    /** The same for something else that has to fail. No secret of the environment may be anywhere in it. */
    AbstractStringAssert<?> fails(Map<String, String> environment, ExitStatus status, Runnable action) {
        SchemajobException error = catchThrowableOfType(SchemajobException.class, action::run);
        assertThat(error).as("the run fails").isNotNull();
        assertThat(trace(error) + log.lines())
                .as("what was thrown and logged, before redaction")
                .doesNotContain(secrets(environment));
        Failure failure = error.failure();
        assertThat(failure.hint()).as("what to do next").isNotBlank();
        String text = failure.message() + "\n" + failure.where() + "\n" + failure.hint();
        assertThat(failure.status()).as(text).isEqualTo(status);
        return assertThat(text);
    }

    CancellationToken cancellation() {
        return cancellation;
    }

    Redactor redactor() {
        return redactor;
    }

    RecordingLog log() {
        return log;
    }

    /** Whatever the environment gives the job that nobody else may see. */
    static List<String> secrets(Map<String, String> environment) {
        List<String> secrets = new ArrayList<>(List.of(CANARY));
        if (environment.containsKey(VaultSettings.TOKEN)) {
            secrets.add(environment.get(VaultSettings.TOKEN));
        }
        for (String file : List.of(VaultSettings.TOKEN_FILE, VaultSettings.SECRET_ID_FILE)) {
            String name = environment.get(file);
            if (name != null && Files.isReadable(Path.of(name))) {
                secrets.add(read(Path.of(name)));
            }
        }
        secrets.removeIf(String::isBlank);
        return secrets;
    }

    public static String trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
