package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.database.lock.LockKeys;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs that are told to stop, by a signal or by their deadline, wherever they are. */
class SignalIT {
    private static final String NOBODY = "SELECT count(*) = 0 FROM pg_stat_activity"
            + " WHERE datname = current_database() AND application_name LIKE 'schemajob/%'";

    private static final String SLEEPING = "SELECT count(*) = 1 FROM pg_stat_activity"
            + " WHERE datname = current_database() AND wait_event = 'PgSleep'";

    private final Postgres.Database db = Postgres.version(16).createDatabase();
    private final ScriptFolder sleeping = ScriptFolder.create()
            .with("001_first.up.sql", "CREATE TABLE first (n int);")
            .with("002_sleep.up.sql", "CREATE TABLE second (n int); SELECT pg_sleep(60);");

    @ParameterizedTest
    @CsvSource({"TERM, 143, TERMINATED", "INT, 130, INTERRUPTED", "HUP, 129, HANGUP"})
    void runningScriptIsCancelledAndRolledBack(String signal, int exitCode, String exitName) {
        try (OtherSession eye = OtherSession.of(db)) {
            // Whoever starts the tests may ignore a signal, as nohup does, and so would we then.
            App.Running run = sleeping.migrate(db)
                    .startedBy(List.of("env", "--default-signal=" + signal))
                    .start();
            eye.await(SLEEPING);
            long begin = System.nanoTime();
            App.Result result = run.signal(signal).await();
            assertThat(Seconds.since(begin)).isLessThan(Seconds.PROMPTLY);
            assertThat(result.exitCode()).as(result.text()).isEqualTo(exitCode);
            assertThat(result.termination()).contains("\"exitName\":\"" + exitName, "\"toVersion\":\"001\"");
            assertThat(result.err()).contains("stopped by SIG" + signal).doesNotContain("57014");
            assertRolledBack(eye);
        }
    }

    /** Whoever starts a run with nohup wants it to survive the terminal. */
    @Test
    void ignoredHangupStaysIgnored() throws IOException, InterruptedException {
        ScriptFolder brief = ScriptFolder.create().with("001_sleep.up.sql", "SELECT pg_sleep(2);");
        try (OtherSession eye = OtherSession.of(db)) {
            App.Running run = brief.migrate(db).startedBy(List.of("nohup")).start();
            eye.await(SLEEPING);
            App.Result result = run.signal("HUP").await();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
    }

    /** The server's process has stopped, so the first signal cannot be obeyed; the second does not ask. */
    @Test
    void secondSignalEndsTheProcessAtOnce() throws IOException, InterruptedException {
        try (OtherSession eye = OtherSession.of(db)) {
            App.Running run = sleeping.migrate(db)
                    .startedBy(List.of("env", "--default-signal=HUP"))
                    .start();
            eye.await(SLEEPING);
            String backend = eye.value("SELECT pid FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event = 'PgSleep'");
            kill("-STOP", backend);
            try {
                run.terminate();
                long begin = System.nanoTime();
                // By itself the run would give the server 15 seconds to end the statement.
                while (run.process().isAlive() && Seconds.since(begin) < 10) {
                    run.signal("HUP");
                    Thread.sleep(50);
                }
                assertThat(run.process().isAlive()).isFalse();
                // The code is that of the signal handled last; of two that wait, the system hands over HUP first.
                assertThat(run.await().exitCode()).isIn(129, 143);
            } finally {
                kill("-CONT", backend);
            }
            assertRolledBack(eye);
        }
    }

    @Test
    void deadlineStopsTheRun() {
        App.Result result = sleeping.migrate(db, "--deadline", "2s").run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(75);
        assertThat(result.err()).contains("deadline of 2 s").doesNotContain("57014");
        try (OtherSession eye = OtherSession.of(db)) {
            // A slow machine may not even have begun.
            assertNothingHeld(eye);
            assertThat(eye.value("SELECT to_regclass('second') IS NULL")).isEqualTo("t");
        }
    }

    private static void assertRolledBack(OtherSession eye) {
        assertNothingHeld(eye);
        assertThat(eye.value("SELECT to_regclass('second') IS NULL")).isEqualTo("t");
        assertThat(eye.rows("SELECT version, success FROM flyway_schema_history"))
                .containsExactly("001|t");
    }

    private static void assertNothingHeld(OtherSession eye) {
        eye.await(NOBODY);
        assertThat(eye.count("pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())"))
                .isZero();
    }

    @Test
    void waitForTheJobLockEnds() {
        try (OtherSession holder = OtherSession.of(db)) {
            long key = LockKeys.of(db.name(), "public").job();
            holder.execute("SELECT pg_advisory_lock(" + key + ")");
            assertStopsAtOnce(sleeping.migrate(db).start().awaitText("Waiting for another run"), 143);
        }
    }

    /** Nothing of ours runs then, and no script: a read of ours waits behind somebody's lock. */
    @Test
    void waitForTheHistoryTableEnds() {
        db.execute("CREATE TABLE flyway_schema_history (n int)");
        try (OtherSession holder = OtherSession.of(db);
                OtherSession eye = OtherSession.of(db)) {
            holder.execute("BEGIN", "LOCK TABLE flyway_schema_history");
            App.Running run = sleeping.migrate(db, "--lock-timeout", "1m").start();
            eye.await("SELECT count(*) = 1 FROM pg_locks WHERE NOT granted"
                    + " AND relation = 'flyway_schema_history'::regclass");
            assertStopsAtOnce(run, 143);
            App.Result impatient =
                    sleeping.migrate(db, "--lock-timeout", "200ms").run();
            assertThat(impatient.exitCode()).as(impatient.text()).isEqualTo(75);
        }
    }

    @Test
    void waitForAServerThatIsDownEnds() throws IOException {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = closed.getLocalPort();
        }
        App app = sleeping.migrate(db, "--verbose").env("PGPORT", String.valueOf(nobody));
        assertStopsAtOnce(app.start().awaitText("does not answer yet"), 143);
    }

    @Test
    void waitForAServerThatSaysNothingEnds() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            App app = sleeping.migrate(db).env("PGPORT", String.valueOf(silent.getLocalPort()));
            App.Running run = app.start();
            try (var client = silent.accept()) {
                assertThat(client.getInputStream().read())
                        .as("the first byte of the login")
                        .isNotNegative();
                assertStopsAtOnce(run, 143);
            }
        }
    }

    /** A cancel request reaches a server that has hung, but nothing comes of it. */
    @Test
    void serverThatHangsIsGivenUpAfterAWhile() throws IOException, InterruptedException {
        try (OtherSession eye = OtherSession.of(db)) {
            App.Running run = sleeping.migrate(db).start();
            eye.await(SLEEPING);
            String backend = eye.value("SELECT pid FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event = 'PgSleep'");
            kill("-STOP", backend);
            try {
                App.Result result = run.terminate().await();
                assertThat(result.exitCode()).as(result.text()).isEqualTo(143);
            } finally {
                kill("-CONT", backend);
            }
            assertRolledBack(eye);
        }
    }

    private static void kill(String signal, String pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill " + signal + " " + pid)
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void assertStopsAtOnce(App.Running run, int exitCode) {
        long begin = System.nanoTime();
        App.Result result = run.terminate().await();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(exitCode);
        assertThat(Seconds.since(begin)).isLessThan(Seconds.PROMPTLY);
    }
}
