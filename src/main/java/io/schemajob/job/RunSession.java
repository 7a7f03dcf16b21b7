package io.schemajob.job;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.ServerSlots;
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
import io.schemajob.migration.mirror.HistoryMirror;
import io.schemajob.migration.mirror.MirrorCheck;
import io.schemajob.migration.session.MigrationSession;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a job works with: an open connection to its database and the credentials behind it. One session, in autocommit,
 * serves to look and to hold the job lock; {@link #migration()} opens those that change something.
 */
public final class RunSession implements AutoCloseable {
    private static final int LONGEST_APPLICATION_NAME = 63;

    private final RunContext run;
    private final Credentials credentials;
    private final ServerSlots.Slot slot;
    private MigrationSession migration;

    private RunSession(RunContext run, Credentials credentials, ServerSlots.Slot slot, MigrationSession migration) {
        this.run = run;
        this.credentials = credentials;
        this.slot = slot;
        this.migration = migration;
    }

    /** Resolves the credentials and logs in, telling each step: for jobs that only look. */
    public static RunSession open(RunContext run, Bundle bundle) {
        return open(run.in(bundle), bundle, false).requireVersion();
    }

    /** For a question to a database that is none of the bundle's: a list of targets. */
    public static RunSession openControl(RunContext run, Bundle bundle) {
        return open(run, bundle, false);
    }

    /**
     * For jobs that change the schema: takes the job lock and Flyway's, so that what a job plans from the history is true
     * until it is done.
     */
    public static RunSession openLocked(RunContext run, Bundle bundle) {
        return open(run.in(bundle), bundle, true).requireVersion().lock();
    }

    /** For maintenance: takes its lock, which keeps out other maintenance only. */
    public static RunSession openForMaintenance(RunContext run, Bundle bundle) {
        return open(run.in(bundle), bundle, true).requireVersion().lockForMaintenance();
    }

    private static RunSession open(RunContext run, Bundle bundle, boolean writes) {
        Credentials credentials = Credentials.resolve(run);
        Sessions sessions = null;
        Connection lockConnection = null;
        ServerSlots.Slot slot = null;
        try {
            if (writes) {
                credentials.requireWritableTarget();
            }
            run.log()
                    .step("Loading PostgreSQL credentials from %s..."
                            .formatted(credentials.connection().source()));
            slot = run.shared().servers().enter(credentials.connection(), run.cancellation(), run.log());
            run.log().step("Verifying database connection...");
            describe(run, credentials.connection());
            sessions = new Sessions(
                    credentials.connection(),
                    sessionSettings(run.settings(), bundle),
                    run.cancellation(),
                    run.log(),
                    run.shared().idle());
            sessions.renewBy(() -> credentials.again(run));
            lockConnection = sessions.openToLook();
            run.report().connected();
            ServerFacts server = sessions.server();
            run.log().step("Database connection successful");
            run.log().debug("PostgreSQL " + server.version() + ", server process " + server.backendPid());
            LockRetry retry = new LockRetry(run.settings().count(Setting.LOCK_RETRIES), run.cancellation(), run.log());
            return new RunSession(
                    run,
                    credentials,
                    slot,
                    new MigrationSession(bundle, sessions, lockConnection, null, retry, run.cancellation(), run.log()));
        } catch (RuntimeException e) {
            close(lockConnection, sessions, slot, credentials);
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

    /** Whether anything says which server to connect to; contacts nothing. */
    public static boolean serverGiven(RunContext run) {
        return Credentials.given(run);
    }

    private RunSession requireVersion() {
        return checked(() -> Preflight.requireVersion(sessions().server(), bundle()));
    }

    private RunSession lock() {
        return locked(() -> {
            take(Stream.concat(Stream.of(schema()), furtherSchemas().stream())
                    .sorted()
                    .map(name -> LockKeys.of(credentials.connection().database(), name))
                    .toList());
            migration.lock().holdForeign(FlywayLock.key(schema()), FlywayLock.HOLDER);
        });
    }

    private RunSession lockForMaintenance() {
        return locked(() ->
                take(List.of(LockKeys.forMaintenance(credentials.connection().database(), schema()))));
    }

    private RunSession locked(Runnable locks) {
        return checked(() -> {
            Preflight.requireWritable(sessions().server());
            locks.run();
            run.report().locked();
        });
    }

    private RunSession checked(Runnable check) {
        try {
            check.run();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void take(List<LockKeys> keys) {
        Duration wait = run.settings().duration(Setting.LOCK_WAIT);
        migration = migration.under(JobLock.acquire(lockConnection(), keys, wait, run.cancellation(), run.log()));
    }

    /** Reads the history and notes where the run begins. */
    public History history() {
        History history = migration.history();
        run.report().fromVersion(history.current().map(Object::toString).orElse(null));
        return history;
    }

    /** Reads the history again and notes where the run has got to. */
    public History historyNow() {
        History history = migration.history();
        run.report().toVersion(history.current().map(Object::toString).orElse(null));
        return history;
    }

    /** Refuses, before anything is changed, a mirrored history that says something else. */
    public void requireMirrorAgrees(History history) {
        HistoryMirror.of(migration)
                .tool()
                .flatMap(new ToolHistoryReader(lockConnection(), schema())::record)
                .ifPresent(record -> MirrorCheck.require(bundle(), history, record));
    }

    /** Refuses, before anything is changed, credentials that must end before the run may. */
    public void requireLeaseForDeadline() {
        Duration deadline = run.settings().duration(Setting.DEADLINE);
        if (credentials.vault() != null && !deadline.isZero()) {
            credentials.vault().requireLasting(deadline.minus(run.report().duration()));
        }
    }

    /** Opens the sessions that change something; all of it shares the lock of this run. */
    public MigrationSession migration() {
        return migration;
    }

    public RunContext run() {
        return run;
    }

    public Bundle bundle() {
        return migration.bundle();
    }

    /** To look by, in autocommit. */
    public Connection lockConnection() {
        return migration.lockConnection();
    }

    public Sessions sessions() {
        return migration.sessions();
    }

    Credentials credentials() {
        return credentials;
    }

    public String schema() {
        return migration.schema();
    }

    /** The other schemas of the bundle. */
    public List<String> furtherSchemas() {
        return bundle().furtherSchemas();
    }

    public String ownerRole() {
        return sessions().settings().ownerRole();
    }

    /** Lets the next run in, logs out, and revokes lease and token. */
    @Override
    public void close() {
        Closeables.closeQuietly(migration.lock());
        if (run.settings().text(Setting.VAULT_DATABASE_ROLE) == null) {
            sessions().leave(lockConnection());
        } else {
            // Its user ends with the run.
            Closeables.closeQuietly(lockConnection());
        }
        close(null, sessions(), slot, credentials);
    }

    private static void close(
            Connection lockConnection, Sessions sessions, ServerSlots.Slot slot, Credentials credentials) {
        Closeables.closeQuietly(lockConnection);
        Closeables.closeQuietly(sessions);
        Closeables.closeQuietly(slot);
        Closeables.closeQuietly(credentials);
    }
}
