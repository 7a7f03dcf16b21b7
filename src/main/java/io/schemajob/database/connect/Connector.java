package io.schemajob.database.connect;

import io.schemajob.database.query.Closeables;
import io.schemajob.database.watch.SessionWatch;
import io.schemajob.database.watch.Silence;
import io.schemajob.report.cancel.Backoff;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Opens physical connections: to the first host that answers and is of the wanted kind, each at all of its addresses,
 * trying again while none is there. Who answers and refuses ends the search, as with libpq.
 */
public final class Connector {
    private static final Backoff PAUSES = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private final ConnectionSettings settings;
    private final SessionSettings session;
    private final CancellationToken cancellation;
    private final Log log;
    private final SessionWatch watch;
    private final Login login;

    public Connector(ConnectionSettings settings, SessionSettings session, CancellationToken cancellation, Log log) {
        this.settings = settings;
        this.session = session;
        this.cancellation = cancellation;
        this.log = log;
        this.watch = new SessionWatch(this::witness, settings.address(), log);
        this.login = new Login(settings, session, watch::add, Duration.ZERO);
    }

    /** Watches every session that is made here. */
    public SessionWatch watch() {
        return watch;
    }

    public Connection connect() {
        long end = System.nanoTime() + session.connectTimeout().toNanos();
        for (int attempt = 1; ; attempt++) {
            SchemajobException failure;
            try {
                return cancellation.call("schemajob-connect", () -> connect(login, end));
            } catch (SchemajobException e) {
                failure = e;
            } catch (Exception e) {
                throw new IllegalStateException("The driver failed in an unknown way", e);
            }
            Duration left = Duration.ofNanos(end - System.nanoTime());
            if (failure.status() != ExitStatus.UNAVAILABLE || left.isNegative() || left.isZero()) {
                throw failure;
            }
            cancellation.check();
            log.debug("PostgreSQL at %s does not answer yet; trying for another %d s."
                    .formatted(settings.address(), left.toSeconds()));
            cancellation.sleep(PAUSES.after(attempt, left));
        }
    }

    /** A session, or none, within a short time: it serves to find out whether others are lost. */
    private Connection witness() throws SQLException {
        Duration wait = Silence.Limits.current().quiet();
        Login bounded = new Login(settings, session, (connection, socket) -> {}, wait);
        try {
            return connect(bounded, System.nanoTime() + wait.toNanos());
        } catch (SchemajobException e) {
            throw e.getCause() instanceof SQLException cause ? cause : new SQLException(e.getMessage(), "08001", e);
        }
    }

    private Connection connect(Login login, long end) {
        List<SchemajobException> failures = new ArrayList<>();
        List<TargetSession> wishes = settings.target() == TargetSession.PREFER_STANDBY
                ? List.of(TargetSession.STANDBY, TargetSession.ANY)
                : List.of(settings.target());
        for (TargetSession wish : wishes) {
            for (DatabaseHost host : hosts()) {
                Connection connection = connect(login, host, wish, end, failures);
                if (connection != null) {
                    return connection;
                }
            }
        }
        throw failures.size() == 1
                ? failures.get(0)
                : ConnectFailures.nobody(settings, session.connectTimeout(), failures);
    }

    private List<DatabaseHost> hosts() {
        List<DatabaseHost> hosts = new ArrayList<>(settings.hosts());
        if (settings.shuffled()) {
            Collections.shuffle(hosts);
        }
        return hosts;
    }

    /** Null if the host is not to be had, for a reason that passes; that is added to the failures. */
    private Connection connect(
            Login login, DatabaseHost host, TargetSession wish, long end, List<SchemajobException> failures) {
        try {
            for (InetAddress address : addresses(host)) {
                Connection connection = connect(login, host, address, end, failures);
                if (connection != null) {
                    if (Login.isWanted(connection, wish)) {
                        return connection;
                    }
                    Closeables.closeQuietly(connection);
                    failures.add(ConnectFailures.notOfKind(settings, host, wish));
                    // libpq too takes all addresses of a host for one server.
                    return null;
                }
            }
        } catch (UnknownHostException e) {
            failures.add(ConnectFailures.unknownHost(settings, host, session.connectTimeout(), e));
        } catch (SQLException e) {
            failures.add(ConnectFailures.explain(settings, host, session.connectTimeout(), e));
        }
        return null;
    }

    private Connection connect(
            Login login, DatabaseHost host, InetAddress address, long end, List<SchemajobException> failures) {
        try {
            return login.open(host, address, end);
        } catch (SchemajobException e) {
            if (e.status() != ExitStatus.UNAVAILABLE) {
                throw e;
            }
            failures.add(e);
            return null;
        }
    }

    private static InetAddress[] addresses(DatabaseHost host) throws UnknownHostException {
        return InetAddress.getAllByName(host.address() == null ? host.name() : host.address());
    }
}
