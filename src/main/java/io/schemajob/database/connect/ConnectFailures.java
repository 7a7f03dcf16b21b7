package io.schemajob.database.connect;

import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.tls.TlsException;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import io.schemajob.report.text.Durations;
import io.schemajob.report.text.ShellWord;
import io.schemajob.report.text.Untrusted;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;

/** Turns a failed login into what an operator can act on: wait, give access, or correct a setting. */
final class ConnectFailures {
    private ConnectFailures() {}

    /** Of several hosts the one that said so. */
    static SchemajobException explain(
            ConnectionSettings settings, DatabaseHost host, Duration timeout, SQLException e) {
        String state = SqlStates.of(e);
        if (causedBy(e, CertificateException.class) || causedBy(e, SSLException.class) || nameNotVerified(e)) {
            return untrusted(settings, e);
        }
        if (state.equals(SqlStates.INVALID_CATALOG_NAME)) {
            return failure(ExitStatus.CONFIG, "The database %s does not exist.".formatted(at(settings, host)), e)
                    .hint("createdb -- %s".formatted(ShellWord.of(settings.database())))
                    .asException(e);
        }
        if (SqlStates.denied(state)) {
            String message = "PostgreSQL at %s refused user %s: %s";
            return failure(
                            ExitStatus.ACCESS_DENIED,
                            message.formatted(at(settings, host), Blanks.shown(settings.user()), firstLine(e)),
                            e)
                    .hint("Check user and password in %s, and pg_hba.conf.".formatted(settings.source())
                            + blanks(host.password()))
                    .asException(e);
        }
        if (SqlStates.noRoom(state)) {
            String message = "PostgreSQL at %s had no room for another session for %s: %s";
            return failure(
                            ExitStatus.UNAVAILABLE,
                            message.formatted(at(settings, host), Durations.text(timeout), firstLine(e)),
                            e)
                    .hint(DatabaseFailures.unavailable(state))
                    .asException(e);
        }
        if (SqlStates.loginTimeout(state)) {
            String message = "PostgreSQL at %s ended the login of user %s, which took too long: %s";
            return failure(
                            ExitStatus.UNAVAILABLE,
                            message.formatted(at(settings, host), Blanks.shown(settings.user()), firstLine(e)),
                            e)
                    .hint("Run the job again when the server is less busy; or raise the time-out that the message"
                            + " names, which is one of the server, the database or the user.")
                    .asException(e);
        }
        if (SqlStates.refusedByRule(state)) {
            String message = "A login trigger of PostgreSQL at %s refused user %s: %s";
            return failure(
                            ExitStatus.ACCESS_DENIED,
                            message.formatted(at(settings, host), Blanks.shown(settings.user()), firstLine(e)),
                            e)
                    .hint("SELECT evtname, evtfoid::regprocedure FROM pg_event_trigger WHERE evtevent = 'login';"
                            + " lists such triggers: let the owner allow this user.")
                    .asException(e);
        }
        return state.isEmpty() || SqlStates.unavailable(state) && !state.equals(SqlStates.CONNECTION_REJECTED)
                ? unreachable(settings, host, timeout, e)
                : other(settings, host, e);
    }

    /** A password that was copied together with a line break is as wrong as any other, and looks right. */
    private static String blanks(String password) {
        String ends = password == null ? "" : Blanks.describeEnds(password);
        return ends.isEmpty() ? "" : " The password has %s.".formatted(ends);
    }

    /** We did not like how the server asked, or have nothing to answer. */
    static SchemajobException refused(
            ConnectionSettings settings, DatabaseHost host, LoginAttempt attempt, SQLException e) {
        if (attempt.lacksPassword()) {
            String message = "PostgreSQL at %s asks for a password of user %s, and %s gives none.";
            return failure(
                            ExitStatus.CONFIG,
                            message.formatted(at(settings, host), settings.user(), settings.source()),
                            e)
                    .hint("Set PGPASSWORD or PGPASSFILE, or put the password into the URL or the Vault secret.")
                    .asException(e);
        }
        return failure(
                        ExitStatus.CONFIG,
                        "The login to PostgreSQL at %s was given up: %s."
                                .formatted(at(settings, host), attempt.refusal()),
                        e)
                .hint("Give this user another method in pg_hba.conf, or correct the connection settings in %s."
                        .formatted(settings.source()))
                .asException(e);
    }

    private static SchemajobException unreachable(
            ConnectionSettings settings, DatabaseHost host, Duration timeout, SQLException e) {
        return unreachable(settings, host, timeout, firstLine(e), e);
    }

    static SchemajobException unknownHost(
            ConnectionSettings settings, DatabaseHost host, Duration timeout, UnknownHostException e) {
        String why = "the name \"%s\" has no address".formatted(Blanks.shown(host.label()));
        return unreachable(settings, host, timeout, why, e);
    }

    private static SchemajobException unreachable(
            ConnectionSettings settings, DatabaseHost host, Duration timeout, String why, Exception e) {
        String message = "PostgreSQL at %s could not be reached within %s: %s";
        return failure(ExitStatus.UNAVAILABLE, message.formatted(at(settings, host), Durations.text(timeout), why), e)
                .hint("Check that the server runs and that name, port and network policy let this pod through; then run"
                        + " the job again.")
                .asException(e);
    }

    /** A server that is not what target_session_attrs asks for may become so, in a failover. */
    static SchemajobException notOfKind(ConnectionSettings settings, DatabaseHost host, TargetSession wish) {
        return Failure.of(
                        ExitStatus.UNAVAILABLE,
                        "PostgreSQL at %s is not what target_session_attrs=%s asks for"
                                .formatted(at(settings, host), wish.text()))
                .hint("Name a server of that kind, or all of them; after a failover run the job again.")
                .asException();
    }

    /** None of several tries was successful, each for a reason that may pass. */
    static SchemajobException nobody(ConnectionSettings settings, Duration timeout, List<SchemajobException> failures) {
        String reasons = failures.stream()
                .map(failure -> failure.failure().message())
                .distinct()
                .collect(Collectors.joining("; "));
        return Failure.of(
                        ExitStatus.UNAVAILABLE,
                        "None of the servers %s could be used within %s: %s"
                                .formatted(settings.address(), Durations.text(timeout), reasons))
                .hint(failures.get(0).failure().hint())
                .asException(failures.get(0));
    }

    private static SchemajobException other(ConnectionSettings settings, DatabaseHost host, SQLException e) {
        return failure(ExitStatus.CONFIG, "PostgreSQL at %s: %s".formatted(at(settings, host), firstLine(e)), e)
                .hint("Check the connection settings in %s.".formatted(settings.source()))
                .asException(e);
    }

    /** A file of certificates or a key cannot be used; nobody was contacted. */
    static SchemajobException unusable(ConnectionSettings settings, TlsException e) {
        if (e.isAboutServer()) {
            return untrusted(settings, e.getMessage(), e);
        }
        return failure(ExitStatus.CONFIG, e.getMessage(), e)
                .hint("Correct sslcert, sslkey and sslpassword, or the files that they name.")
                .asException(e);
    }

    private static SchemajobException untrusted(ConnectionSettings settings, Exception e) {
        return untrusted(settings, rootCause(e), e);
    }

    private static SchemajobException untrusted(ConnectionSettings settings, String why, Exception e) {
        String message = "The TLS connection to PostgreSQL at %s is not trusted (sslmode=%s): %s";
        return failure(
                        ExitStatus.CONFIG,
                        message.formatted(settings.address(), settings.tls().mode(), why),
                        e)
                .hint("Set sslrootcert (PGSSLROOTCERT) to the CA that signed the server's certificate, and connect by a"
                        + " name that the certificate holds.")
                .asException(e);
    }

    private static String at(ConnectionSettings settings, DatabaseHost host) {
        return host + "/" + settings.database();
    }

    private static Failure failure(ExitStatus status, String message, Exception e) {
        String state = e instanceof SQLException sql ? SqlStates.of(sql) : "";
        return Failure.of(status, message).sqlState(state.isEmpty() ? null : state);
    }

    /** The driver reports a wrong host name without a cause of a type of its own. */
    private static boolean nameNotVerified(SQLException e) {
        return String.valueOf(e.getMessage()).contains(LoginTls.class.getName());
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
