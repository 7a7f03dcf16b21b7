package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.SessionSettings;
import io.schemajob.database.lock.JobLock;
import io.schemajob.database.lock.LockKeys;
import io.schemajob.database.lock.LockRetry;
import io.schemajob.database.query.Closeables;
import io.schemajob.database.query.ServerFacts;
import io.schemajob.database.session.Sessions;
import io.schemajob.migration.Preflight;
import io.schemajob.migration.adopt.ToolHistoryReader;
import io.schemajob.migration.flyway.FlywayLock;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.mirror.MirrorCheck;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.migration.session.MigrationSession;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * An open connection to the database of a run. One session, in autocommit, serves to look and to hold the job lock;
 * sessions that change the schema are opened when there is something to change.
 */
public final class Workspace implements AutoCloseable {
    private static final int LONGEST_APPLICATION_NAME = 63;

    private final RunContext run;
    private final Bundle bundle;
    private final Credentials credentials;
    private final Sessions sessions;
    private final Connection control;
    private final ServerFacts server;
    private JobLock lock;

    private Workspace(
            RunContext run,
            Bundle bundle,
            Credentials credentials,
            Sessions sessions,
            Connection control,
            ServerFacts server) {
        this.run = run;
        this.bundle = bundle;
        this.credentials = credentials;
        this.sessions = sessions;
        this.control = control;
        this.server = server;
    }

    /** Resolves the credentials and logs in, telling each step: for jobs that only look. */
    public static Workspace open(RunContext run, Bundle bundle) {
        return open(run, bundle, false);
    }

    /** For jobs that change the schema: takes the job lock too, and waits until no other tool works on the schema. */
    public static Workspace openLocked(RunContext run, Bundle bundle) {
        return open(run, bundle, true).lock();
    }

    /** For maintenance: takes its lock, which keeps out other maintenance only. */
    public static Workspace openForMaintenance(RunContext run, Bundle bundle) {
        return open(run, bundle, true).lockForMaintenance();
    }

    private static Workspace open(RunContext given, Bundle bundle, boolean writes) {
        RunContext run = given.in(bundle);
        Credentials credentials = Credentials.resolve(run);
        Sessions sessions = null;
        Connection control = null;
        try {
            if (writes) {
                credentials.requireWritableTarget();
            }
            run.log()
                    .step("Loading PostgreSQL credentials from %s..."
                            .formatted(credentials.connection().source()));
            run.log().step("Verifying database connection...");
            describe(run, credentials.connection());
            sessions = new Sessions(
                    credentials.connection(), sessionSettings(run.settings(), bundle), run.cancellation(), run.log());
            sessions.renewBy(() -> credentials.again(run));
            control = sessions.open();
            run.report().connected();
            ServerFacts server = sessions.server();
            run.log().step("Database connection successful");
            run.log().debug("PostgreSQL " + server.version() + ", server process " + server.backendPid());
            Preflight.requireVersion(server, bundle);
            return new Workspace(run, bundle, credentials, sessions, control, server);
        } catch (RuntimeException e) {
            close(control, sessions, credentials);
            throw e;
        }
    }

    private static void describe(RunContext run, ConnectionSettings connection) {
        run.log().detail("Host: " + connection.hostNames());
        run.log().detail("Port: " + connection.ports());
        run.log().detail("Database: " + connection.database());
        run.log().detail("User: " + connection.user());
    }

    private static SessionSettings sessionSettings(Settings settings, Bundle bundle) {
        String pod = settings.variable("HOSTNAME");
        String name = "schemajob/" + bundle.name() + (pod == null ? "" : " " + pod);
        return new SessionSettings(
                name.substring(0, Math.min(name.length(), LONGEST_APPLICATION_NAME)),
                settings.text(Setting.SCHEMA),
                settings.text(Setting.OWNER_ROLE),
                settings.duration(Setting.LOCK_TIMEOUT),
                settings.duration(Setting.STATEMENT_TIMEOUT),
                settings.duration(Setting.CONNECT_TIMEOUT));
    }

    private Workspace lock() {
        return locked(() -> {
            take(Stream.concat(Stream.of(schema()), furtherSchemas().stream())
                    .sorted()
                    .map(name -> LockKeys.of(credentials.connection().database(), name))
                    .toList());
            lock.awaitForeignLock(FlywayLock.key(schema()), FlywayLock.HOLDER);
        });
    }

    private Workspace lockForMaintenance() {
        return locked(() ->
                take(List.of(LockKeys.forMaintenance(credentials.connection().database(), schema()))));
    }

    private Workspace locked(Runnable locks) {
        try {
            Preflight.requireWritable(server);
            locks.run();
            run.report().locked();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void take(List<LockKeys> keys) {
        Duration wait = run.settings().duration(Setting.LOCK_WAIT);
        lock = JobLock.acquire(control, keys, wait, run.cancellation(), run.log());
    }

    /** Reads the history and notes where the run begins. */
    public History history() {
        History history = new HistoryTable(schema()).read(control, bundle);
        run.report().fromVersion(history.current().map(Object::toString).orElse(null));
        return history;
    }

    /** Reads the history again and notes where the run has got to. */
    public History historyNow() {
        History history = new HistoryTable(schema()).read(control, bundle);
        run.report().toVersion(history.current().map(Object::toString).orElse(null));
        return history;
    }

    /** Refuses, before anything is changed, a mirrored history that says something else. */
    public void requireInStep(History history) {
        HistoryMirror.of(migrationSession())
                .tool()
                .flatMap(new ToolHistoryReader(control, schema())::record)
                .ifPresent(record -> MirrorCheck.require(bundle, history, record));
    }

    /** Refuses, before anything is changed, credentials that must end before the run may. */
    public void requireLeaseForDeadline() {
        Duration deadline = run.settings().duration(Setting.DEADLINE);
        if (credentials.vault() != null && !deadline.isZero()) {
            credentials.vault().requireLasting(deadline.minus(run.report().duration()));
        }
    }

    public MigrationSession migrationSession() {
        LockRetry retry = new LockRetry(run.settings().count(Setting.LOCK_RETRIES), run.cancellation(), run.log());
        return new MigrationSession(bundle, sessions, control, lock, retry, run.cancellation(), run.log());
    }

    /** A session that changes data; the next run waits for its end, even if this process is killed. */
    public Connection openWorker() {
        run.cancellation().check();
        Connection worker = sessions.openForMigrations();
        try {
            lock.acquireSharedLock(worker);
            return worker;
        } catch (RuntimeException e) {
            Closeables.closeQuietly(worker);
            throw e;
        }
    }

    /** Keeps the lock of workers until the transaction ends, whatever a check does to those of its session. */
    public void holdInTransaction(Connection worker) throws SQLException {
        lock.markTransaction(worker);
    }

    /** Fails if the job lock was lost. */
    public void assertLocked() {
        lock.assertHeld();
    }

    /** The version for messages. */
    public static String name(History history) {
        return MigrationLabels.of(history.current());
    }

    public RunContext run() {
        return run;
    }

    public Bundle bundle() {
        return bundle;
    }

    public Connection control() {
        return control;
    }

    public Sessions sessions() {
        return sessions;
    }

    Credentials credentials() {
        return credentials;
    }

    public String schema() {
        return sessions.settings().schema();
    }

    /** The other schemas of the bundle. */
    public List<String> furtherSchemas() {
        return bundle.furtherSchemas();
    }

    public String ownerRole() {
        return sessions.settings().ownerRole();
    }

    /** Lets the next run in, logs out, and revokes lease and token. */
    @Override
    public void close() {
        Closeables.closeQuietly(lock);
        close(control, sessions, credentials);
    }

    private static void close(Connection control, Sessions sessions, Credentials credentials) {
        Closeables.closeQuietly(control);
        Closeables.closeQuietly(sessions);
        Closeables.closeQuietly(credentials);
    }
}
