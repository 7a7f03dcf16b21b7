package io.schemajob.database;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import io.schemajob.report.ShellWord;
import io.schemajob.report.Untrusted;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Turns a failed login into what an operator can act on: wait, give access, or correct a setting. */
final class ConnectFailures {
    private ConnectFailures() {}

    static SchemajobException explain(ConnectionSettings settings, Duration timeout, SQLException e) {
        String state = SqlStates.of(e);
        if (causedBy(e, CertificateException.class) || causedBy(e, SSLException.class) || certificateMissing(e)) {
            return untrusted(settings, e);
        }
        if (state.equals(SqlStates.INVALID_CATALOG_NAME)) {
            return failure(ExitStatus.CONFIG, "The database %s does not exist.".formatted(settings.address()), e)
                    .hint("createdb -- %s".formatted(ShellWord.of(settings.database())))
                    .asException(e);
        }
        if (SqlStates.denied(state)) {
            String message = "PostgreSQL at %s refused user %s: %s";
            return failure(
                            ExitStatus.ACCESS_DENIED,
                            message.formatted(settings.address(), settings.user(), firstLine(e)),
                            e)
                    .hint("Check user and password in %s, and pg_hba.conf.".formatted(settings.source()))
                    .asException(e);
        }
        if (state.equals(SqlStates.CONNECTION_REJECTED)) {
            return rejected(settings, e);
        }
        return state.isEmpty() || SqlStates.unavailable(state) ? unreachable(settings, timeout, e) : other(settings, e);
    }

    /** Waiting would not help: the driver asks for something that the server does not give, or the other way round. */
    private static SchemajobException rejected(ConnectionSettings settings, SQLException e) {
        if (settings.password() != null) {
            return other(settings, e);
        }
        String message = "PostgreSQL at %s asks for a password of user %s, and %s gives none.";
        return failure(ExitStatus.CONFIG, message.formatted(settings.address(), settings.user(), settings.source()), e)
                .hint("Set PGPASSWORD or PGPASSFILE, or put the password into the URL or the Vault secret.")
                .asException(e);
    }

    private static SchemajobException unreachable(ConnectionSettings settings, Duration timeout, SQLException e) {
        String message = "PostgreSQL at %s could not be reached within %d s: %s";
        return failure(
                        ExitStatus.UNAVAILABLE,
                        message.formatted(settings.address(), timeout.toSeconds(), firstLine(e)),
                        e)
                .hint("Check that the server runs and that name, port and network policy let this pod through; then run"
                        + " the job again.")
                .asException(e);
    }

    private static SchemajobException other(ConnectionSettings settings, SQLException e) {
        return failure(ExitStatus.CONFIG, "PostgreSQL at %s: %s".formatted(settings.address(), firstLine(e)), e)
                .hint("Check the connection settings in %s.".formatted(settings.source()))
                .asException(e);
    }

    private static SchemajobException untrusted(ConnectionSettings settings, SQLException e) {
        String message = "The TLS connection to PostgreSQL at %s is not trusted (sslmode=%s): %s";
        return failure(ExitStatus.CONFIG, message.formatted(settings.address(), settings.sslMode(), rootCause(e)), e)
                .hint("Set sslrootcert (PGSSLROOTCERT) to the CA that signed the server's certificate, and connect by a"
                        + " name that the certificate holds.")
                .asException(e);
    }

    private static Failure failure(ExitStatus status, String message, SQLException e) {
        String state = SqlStates.of(e);
        return Failure.of(status, message).sqlState(state.isEmpty() ? null : state);
    }

    /** The driver reports a missing root file and a wrong host name without a cause of a type of their own. */
    private static boolean certificateMissing(SQLException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("root certificate") || message.contains("could not be verified");
    }

    private static boolean causedBy(Throwable e, Class<? extends Throwable> type) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static String rootCause(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause().getMessage() != null) {
            cause = cause.getCause();
        }
        return firstLine(cause);
    }

    private static String firstLine(Throwable e) {
        String message = String.valueOf(e.getMessage());
        int end = message.indexOf('\n');
        return Untrusted.text(end < 0 ? message : message.substring(0, end));
    }
}
