package io.schemajob.database;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.schemajob.report.Backoff;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Interruption;
import io.schemajob.report.Log;
import io.schemajob.report.SchemajobException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;

/**
 * Opens physical connections, trying again while the server is unreachable or starting. User and password travel as
 * properties, never in the URL, so that no exception or log can show them.
 */
@RegisterForReflection(targets = DefaultJavaSSLFactory.class) // the driver makes it from its name
final class Connector {
    /** Longest wait for one TCP connect and login, in seconds, as the driver counts. */
    private static final int ATTEMPT_SECONDS = 10;

    /** Longest wait for a cancel request, in seconds: a stop must stay prompt when the server is cut off. */
    private static final int CANCEL_SECONDS = 2;

    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final ConnectionSettings settings;
    private final SessionSettings session;
    private final Interruption interruption;
    private final Log log;
    private final SessionWatch watch;

    Connector(ConnectionSettings settings, SessionSettings session, Interruption interruption, Log log) {
        this.settings = settings;
        this.session = session;
        this.interruption = interruption;
        this.log = log;
        this.watch = new SessionWatch(this::witness, settings.address(), log);
    }

    /** Watches every session that is made here. */
    SessionWatch watch() {
        return watch;
    }

    Connection connect() {
        long end = System.nanoTime() + session.connectTimeout().toNanos();
        for (int attempt = 1; ; attempt++) {
            SchemajobException failure;
            try {
                Properties properties = properties(end);
                return interruption.call("schemajob-connect", () -> login(properties));
            } catch (SchemajobException e) {
                throw e;
            } catch (SQLException e) {
                failure = ConnectFailures.explain(settings, session.connectTimeout(), e);
            } catch (Exception e) {
                throw new IllegalStateException("The driver failed in an unknown way", e);
            }
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (failure.status() != ExitStatus.UNAVAILABLE || left.isNegative() || left.isZero()) {
                throw failure;
            }
            log.debug("PostgreSQL at %s does not answer yet; trying for another %d s."
                    .formatted(settings.address(), left.toSeconds()));
            interruption.sleep(PAUSES.after(attempt, left));
        }
    }

    private Connection login(Properties properties) throws SQLException {
        String login = WatchedSocketFactory.announce(properties);
        Connection connection = null;
        try {
            connection = new Driver().connect(url(), properties);
            return connection;
        } finally {
            WatchedSocket socket = WatchedSocketFactory.take(login);
            if (connection != null) {
                watch.add(connection, socket);
            }
        }
    }

    /** A session, or none, within a short time: it serves to find out whether others are lost. */
    private Connection witness() throws SQLException {
        Duration wait = Silence.Limits.current().quiet();
        Properties properties = properties(System.nanoTime() + wait.toNanos());
        PGProperty.SOCKET_TIMEOUT.set(properties, (int) Math.max(1, wait.toSeconds()));
        return new Driver().connect(url(), properties);
    }

    private String url() {
        return "jdbc:postgresql://"
                + settings.hosts().stream().map(HostPort::inUrl).collect(Collectors.joining(","))
                + "/";
    }

    private Properties properties(long end) {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, settings.database());
        PGProperty.USER.set(properties, settings.user());
        // An empty password stops the driver from looking into files we did not name.
        PGProperty.PASSWORD.set(properties, settings.password() == null ? "" : settings.password());
        PGProperty.APPLICATION_NAME.set(properties, session.applicationName());
        // Scripts of pg_dump may name an encoding; see DriverLimits for what that must not do.
        PGProperty.ALLOW_ENCODING_CHANGES.set(properties, true);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.SSL_MODE.set(properties, settings.sslMode());
        if ("system".equals(settings.sslRootCert())) {
            PGProperty.SSL_FACTORY.set(properties, DefaultJavaSSLFactory.class.getName());
        } else if (settings.sslRootCert() != null) {
            PGProperty.SSL_ROOT_CERT.set(properties, settings.sslRootCert());
        }
        if (settings.hosts().size() > 1) {
            PGProperty.TARGET_SERVER_TYPE.set(properties, "primary");
        }
        long left = Math.max(1, Duration.ofNanos(end - System.nanoTime()).toSeconds());
        int seconds = (int) Math.min(ATTEMPT_SECONDS, left);
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        return properties;
    }
}
