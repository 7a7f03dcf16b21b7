package io.schemajob.database.session;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.Connector;
import io.schemajob.database.connect.CredentialsAgain;
import io.schemajob.database.connect.SessionSettings;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.Identifiers;
import io.schemajob.database.query.ServerFacts;
import io.schemajob.database.query.SimpleQuery;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.watch.WatchedSocket;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Opens prepared sessions: owner role taken, search path set, time-outs of the run in force, and dead peers noticed by
 * the server within seconds, so that no lock outlives its pod (a plain session keeps its locks until TCP gives up, which
 * takes up to two hours).
 */
public final class Sessions implements AutoCloseable {
    private ConnectionSettings connection;
    private final SessionSettings settings;
    private Connector connector;
    private final CancellationToken cancellation;
    private final Log log;

    /** Reads the credentials again; null where that makes no sense. */
    private Supplier<ConnectionSettings> source;

    private final StatementCanceller stopper = new StatementCanceller();
    private final CancellationToken.Registration stopping;
    private ServerFacts server;
    private CleanSession clean;

    private final IdleSessions idle;

    /** Of the session that {@link #openToLook} has returned. */
    private IdleSessions.Opening opening;

    private int age;

    /** Whether scripts of this run may have stored settings for new sessions. */
    private boolean storing;

    public Sessions(ConnectionSettings connection, SessionSettings settings, CancellationToken cancellation, Log log) {
        this(connection, settings, cancellation, log, IdleSessions.none());
    }

    /** @param idle what earlier runs of the same process have left */
    public Sessions(
            ConnectionSettings connection,
            SessionSettings settings,
            CancellationToken cancellation,
            Log log,
            IdleSessions idle) {
        this.idle = idle;
        this.connection = connection;
        this.settings = settings;
        this.cancellation = cancellation;
        this.log = log;
        this.connector = new Connector(connection, settings, cancellation, log);
        this.stopping = cancellation.onStop(stopper);
    }

    public ConnectionSettings connection() {
        return connection;
    }

    public SessionSettings settings() {
        return settings;
    }

    /** What the server said of itself in the first session that was opened. */
    public ServerFacts server() {
        return server;
    }

    /**
     * A session in autocommit to look, to check and to hold locks. It waits for tables no longer than migrations do: a
     * run that only looks must not hang either. Row security hides nothing from it: the server refuses instead.
     */
    public Connection open() {
        return open(Duration.ZERO, true);
    }

    /**
     * The first session of a run, as {@link #open}: one that an earlier run has left, if there is one. No script and no check
     * may run in it.
     */
    public Connection openToLook() {
        age = idle.age();
        opening = new IdleSessions.Opening(connection, settings.applicationName());
        for (IdleSessions.Idle left = idle.take(opening); left != null; left = idle.take(opening)) {
            Connection session = left.session();
            stopper.add(session);
            connector.watch().add(session, left.socket());
            try {
                age = left.age();
                return prepare(session, Duration.ZERO, true);
            } catch (SQLException | SchemajobException e) {
                // It was lost meanwhile, or is of no use any more; a new one will tell.
                Closeables.closeQuietly(session);
                cancellation.check();
                server = null;
            }
        }
        age = idle.age();
        Connection session = open();
        opening = new IdleSessions.Opening(connection, settings.applicationName());
        return session;
    }

    /** Ends the use of the session of {@link #openToLook}, which holds no lock any more: another run may have it. */
    public void leave(Connection session) {
        if (storing) {
            idle.outdate();
        }
        // It is cleaned while it is watched: the network may have gone silent.
        boolean kept = idle.keeps() && opening != null && !cancellation.stopped() && cleaned(session);
        WatchedSocket socket = kept ? connector.watch().remove(session) : null;
        if (socket == null) {
            Closeables.closeQuietly(session);
            return;
        }
        stopper.remove(session);
        idle.leave(new IdleSessions.Idle(opening, session, socket, age));
    }

    private static boolean cleaned(Connection session) {
        try {
            BaseConnection driver = session.unwrap(BaseConnection.class);
            if (session.isClosed()
                    || !session.getAutoCommit()
                    || driver.getTransactionState() != TransactionState.IDLE) {
                return false;
            }
            SimpleQuery.run(session, CleanSession.FOR_ANOTHER_RUN);
            session.setNetworkTimeout(Runnable::run, 0);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    /** A script of this run may store settings that count for new sessions only. */
    public void storing() {
        storing = true;
    }

    /** What scripts may leave in their sessions by what they call without a word. */
    public SessionTraces ofRoutines(Connection session) throws SQLException {
        return idle.routines(connection).read(session);
    }

    /** A session for the statements of migrations, in which row security is as it is for psql. */
    public Connection openForMigrations() {
        return open(settings.statementTimeout(), false);
    }

    /** A session for maintenance: a row that row security hides is never cleaned up, so it hides none. */
    public Connection openForMaintenance() {
        return open(settings.statementTimeout(), true);
    }

    /**
     * A session as the server gives it, to ask one question: also in a run that was stopped.
     *
     * @param limit how long the server may be unreachable
     */
    Connection openToAsk(Duration limit) {
        return new Connector(connection, settings.withConnectTimeout(limit), new CancellationToken(), log).connect();
    }

    private Connection open(Duration statementTimeout, boolean everyRow) {
        Connection session = connect();
        try {
            return prepare(session, statementTimeout, everyRow);
        } catch (SQLException e) {
            Closeables.closeQuietly(session);
            throw explain(e);
        } catch (RuntimeException e) {
            Closeables.closeQuietly(session);
            throw e;
        }
    }

    private Connection prepare(Connection session, Duration statementTimeout, boolean everyRow) throws SQLException {
        if (server == null) {
            ServerFacts facts = facts(session);
            PoolerCheck.refuseTransactionPooling(session, facts.backendPid(), this::connect, connection.address());
            server = facts;
            clean = cleanSession(session, facts);
        }
        connector.watch().identify(session, SimpleQuery.value(session, clean.atFirst(statementTimeout, everyRow)));
        return session;
    }

    /**
     * Says where credentials come from, so that they can be read again: a password may be rotated between reading and
     * using it, or in the middle of a run.
     */
    public void renewBy(Supplier<ConnectionSettings> source) {
        this.source = source;
    }

    private synchronized Connection connect() {
        Connection session;
        try {
            session = connector.connect();
        } catch (SchemajobException e) {
            if (e.status() != ExitStatus.ACCESS_DENIED || source == null) {
                throw e;
            }
            renew(e);
            session = connector.connect();
        }
        stopper.add(session);
        return session;
    }

    /** @param refused what is thrown where there are no other credentials */
    private void renew(SchemajobException refused) {
        ConnectionSettings again = CredentialsAgain.read(source, refused);
        if (again.equals(connection)) {
            throw refused;
        }
        // The locks of the run are held where its first session is.
        if (server != null && !again.address().equals(connection.address())) {
            throw CredentialsAgain.elsewhere(refused, again);
        }
        log.step("PostgreSQL refused user %s; the credentials were changed meanwhile and are tried"
                .formatted(connection.user()));
        connection = again;
        connector = new Connector(connection, settings, cancellation, log);
    }

    /**
     * Makes a session as clean as a new one, after a script or a check; within the caller's transaction, if there is one.
     *
     * @param sharedLocks advisory locks that the session keeps, in share mode
     * @return the number of the transaction, by which {@link LostCommit} can ask for it
     * @see CleanSession what that cannot do
     */
    public String clean(Connection session, List<Long> sharedLocks) throws SQLException {
        return send(session, clean.afterScript(sharedLocks, !session.getAutoCommit()));
    }

    private static String send(Connection session, String message) throws SQLException {
        CleanSession.requireUtf8(session);
        try {
            return SimpleQuery.value(session, message);
        } catch (SQLException e) {
            String state = SqlStates.of(e);
            boolean readOnly = state.equals(SqlStates.ACTIVE_SQL_TRANSACTION) || state.equals(SqlStates.READ_ONLY);
            throw readOnly ? readOnly(session, e) : e;
        }
    }

    /** Who made the transaction read-only in which a row of the history is to be written: the script or the server. */
    private static SQLException readOnly(Connection session, SQLException e) {
        SQLException told = ServerFacts.rolledBackAndReadOnly(session)
                ? new SQLException("the server takes no changes any more", SqlStates.READ_ONLY)
                : new SQLException(
                        "the script made its transaction read-only, and its row in the history belongs to that transaction",
                        SqlStates.ACTIVE_SQL_TRANSACTION);
        // Not as its cause: of the two, this is the one that says what happened.
        told.addSuppressed(e);
        return told;
    }

    /** The same in the transaction of a dry run, in which no constraint is deferred any more. */
    public void cleanForDryRun(Connection session, List<Long> sharedLocks) throws SQLException {
        send(session, clean.afterDryRun(sharedLocks, true));
    }

    /** The same for a session that runs checks and holds no lock. */
    public void cleanAfterCheck(Connection session) throws SQLException {
        send(session, clean.afterCheck());
    }

    private CleanSession cleanSession(Connection session, ServerFacts facts) throws SQLException {
        String name = session.unwrap(PGConnection.class).getParameterStatus("application_name");
        return new CleanSession(settings, name == null ? settings.applicationName() : name, facts.majorVersion());
    }

    private RuntimeException explain(SQLException e) {
        String state = SqlStates.of(e);
        if (state.equals(SqlStates.INVALID_PARAMETER_VALUE) && settings.ownerRole() != null) {
            return Failure.of(
                            ExitStatus.CONFIG,
                            "The owner role %s does not exist in %s."
                                    .formatted(settings.ownerRole(), connection.address()))
                    .sqlState(state)
                    .hint("CREATE ROLE %s NOLOGIN;".formatted(Identifiers.shown(settings.ownerRole())))
                    .asException(e);
        }
        if (state.equals(SqlStates.INSUFFICIENT_PRIVILEGE) && settings.ownerRole() != null) {
            return Failure.of(
                            ExitStatus.ACCESS_DENIED,
                            "User %s may not take the owner role %s."
                                    .formatted(connection.user(), settings.ownerRole()))
                    .sqlState(state)
                    .hint("GRANT %s TO %s;"
                            .formatted(Identifiers.shown(settings.ownerRole()), Identifiers.shown(connection.user())))
                    .asException(e);
        }
        return DatabaseFailures.unexpected("A session on " + connection.address() + " could not be prepared", e);
    }

    /** Asks the server about itself; one query. */
    private static ServerFacts facts(Connection session) throws SQLException {
        String sql = "SELECT current_setting('server_version'), pg_is_in_recovery(),"
                + " current_setting('transaction_read_only')::boolean, pg_backend_pid()";
        try (PreparedStatement statement = session.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return new ServerFacts(
                    session.getMetaData().getDatabaseMajorVersion(),
                    row.getString(1),
                    row.getBoolean(2),
                    row.getBoolean(3),
                    row.getInt(4));
        }
    }

    /** Leaves the sessions open, but a stop of the run no longer concerns them. */
    @Override
    public void close() {
        stopping.close();
        connector.watch().close();
    }
}
