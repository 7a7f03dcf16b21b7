package io.schemajob.database.connect;

import io.schemajob.database.query.Closeables;
import io.schemajob.database.tls.ClientTls;
import io.schemajob.database.tls.TlsException;
import io.schemajob.database.tls.TlsSettings;
import io.schemajob.database.watch.WatchedSocket;
import io.schemajob.database.watch.WatchedSocketFactory;
import io.schemajob.report.failure.SchemajobException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.function.BiConsumer;
import javax.net.ssl.SSLException;
import org.postgresql.Driver;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;

/**
 * Logs in to one address of one host. User and password travel as properties, never in the URL, so that no exception or
 * log can show them.
 */
public final class Login {
    /** Longest wait for one TCP connect and login, in seconds, as the driver counts, unless connect_timeout says so. */
    private static final int ATTEMPT_SECONDS = 10;

    /** Longest wait for a cancel request, in seconds: a stop must stay prompt when the server is cut off. */
    private static final int CANCEL_SECONDS = 2;

    private final ConnectionSettings settings;
    private final SessionSettings session;

    private final BiConsumer<Connection, WatchedSocket> opened;
    private final Duration socketTimeout;

    /**
     * @param opened learns of every session that was opened
     * @param socketTimeout longest wait of a session for the network; zero for none
     */
    public Login(
            ConnectionSettings settings,
            SessionSettings session,
            BiConsumer<Connection, WatchedSocket> opened,
            Duration socketTimeout) {
        this.settings = settings;
        this.session = session;
        this.opened = opened;
        this.socketTimeout = socketTimeout;
    }

    /**
     * Opens a session.
     *
     * @param end when to give up, as {@link System#nanoTime} counts
     * @throws SchemajobException for every failure; UNAVAILABLE is worth another try
     */
    public Connection open(DatabaseHost host, InetAddress address, long end) {
        String mode = settings.tls().mode();
        try {
            return open(host, address, mode, end);
        } catch (SQLException e) {
            // As libpq: prefer means that an encrypted connection is tried first, and a plain one if it fails.
            if (mode.equals(TlsSettings.DEFAULT_MODE) && failedInTls(e)) {
                try {
                    return open(host, address, "disable", end);
                } catch (SQLException plain) {
                    e.addSuppressed(plain);
                }
            }
            throw ConnectFailures.explain(settings, host, session.connectTimeout(), e);
        }
    }

    private Connection open(DatabaseHost host, InetAddress address, String mode, long end) throws SQLException {
        try (LoginAttempt attempt = new LoginAttempt(
                host, settings.login(), tls(mode), settings.tls().certRequired())) {
            Properties properties = properties(mode, end);
            attempt.mark(properties);
            Connection connection;
            try {
                connection = connect(url(address, host.port()), properties);
            } catch (SQLException e) {
                if (attempt.refusal() != null) {
                    throw ConnectFailures.refused(settings, host, attempt, e);
                }
                throw e;
            }
            if (!attempt.acceptable()) {
                Closeables.closeQuietly(connection);
                throw ConnectFailures.refused(settings, host, attempt, null);
            }
            return connection;
        }
    }

    private Connection connect(String url, Properties properties) throws SQLException {
        String login = WatchedSocketFactory.announce(properties);
        Connection connection = null;
        try {
            connection = new Driver().connect(url, properties);
            return connection;
        } finally {
            WatchedSocket socket = WatchedSocketFactory.take(login);
            if (connection != null) {
                opened.accept(connection, socket);
            }
        }
    }

    private ClientTls tls(String mode) {
        if (mode.equals("disable")) {
            return null;
        }
        try {
            return ClientTls.load(settings.tls());
        } catch (TlsException e) {
            throw ConnectFailures.unusable(settings, e);
        }
    }

    private static boolean failedInTls(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private static String url(InetAddress address, int port) {
        String literal = address.getHostAddress();
        return "jdbc:postgresql://" + (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + port + "/";
    }

    private Properties properties(String mode, long end) {
        Properties properties = new Properties();
        PGProperty.PG_DBNAME.set(properties, settings.database());
        PGProperty.USER.set(properties, settings.user());
        // The plugin knows the password; an empty one stops the driver from looking into files we did not name.
        PGProperty.PASSWORD.set(properties, "");
        PGProperty.AUTHENTICATION_PLUGIN_CLASS_NAME.set(properties, LoginPasswords.class.getName());
        PGProperty.CHANNEL_BINDING.set(properties, settings.login().channelBinding());
        // Or the driver looks for a library of Windows.
        PGProperty.GSS_LIB.set(properties, "gssapi");
        PGProperty.APPLICATION_NAME.set(properties, applicationName());
        // The server learns the name as the session begins, instead of by a statement of its own.
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(properties, "9.0");
        // Scripts of pg_dump may name an encoding; see DriverLimits for what that must not do.
        PGProperty.ALLOW_ENCODING_CHANGES.set(properties, true);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        if (settings.options() != null) {
            PGProperty.OPTIONS.set(properties, settings.options());
        }
        PGProperty.SSL_MODE.set(properties, mode);
        PGProperty.SSL_NEGOTIATION.set(properties, settings.tls().direct() ? "direct" : "postgres");
        PGProperty.SSL_FACTORY.set(properties, LoginTls.class.getName());
        PGProperty.SSL_HOSTNAME_VERIFIER.set(properties, LoginTls.class.getName());
        int seconds = seconds(end);
        PGProperty.CONNECT_TIMEOUT.set(properties, seconds);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds);
        PGProperty.CANCEL_SIGNAL_TIMEOUT.set(properties, CANCEL_SECONDS);
        if (!socketTimeout.isZero()) {
            PGProperty.SOCKET_TIMEOUT.set(properties, (int) Math.max(1, socketTimeout.toSeconds()));
        }
        keepalives(properties);
        return properties;
    }

    private String applicationName() {
        return settings.applicationName() == null ? session.applicationName() : settings.applicationName();
    }

    private int seconds(long end) {
        long left = Math.max(1, Duration.ofNanos(end - System.nanoTime()).toSeconds());
        Duration limit = settings.attemptTimeout();
        if (limit == null) {
            return (int) Math.min(ATTEMPT_SECONDS, left);
        }
        return (int) Math.min(limit.isZero() ? left : limit.toSeconds(), left);
    }

    private void keepalives(Properties properties) {
        for (String keyword : List.of("keepalives_idle", "keepalives_interval", "keepalives_count")) {
            String value = settings.parameters().get(keyword);
            if (value != null && Integer.parseInt(value.strip()) > 0) {
                properties.setProperty("schemajob." + keyword, value.strip());
            }
        }
    }

    /** Whether the server is one that the connection wants. */
    static boolean isWanted(Connection connection, TargetSession target) throws SQLException {
        if (!target.isChoosy()) {
            return true;
        }
        PGConnection facts = connection.unwrap(PGConnection.class);
        String standby = facts.getParameterStatus("in_hot_standby");
        String readOnly = facts.getParameterStatus("default_transaction_read_only");
        if (standby == null || readOnly == null) {
            return isWantedByAsking(connection, target);
        }
        return target.accepts(standby.equals("on"), readOnly.equals("on"));
    }

    /** A pooler does not tell by itself. */
    private static boolean isWantedByAsking(Connection connection, TargetSession target) throws SQLException {
        String sql = "SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only')::boolean";
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return target.accepts(row.getBoolean(1), row.getBoolean(2));
        }
    }
}
