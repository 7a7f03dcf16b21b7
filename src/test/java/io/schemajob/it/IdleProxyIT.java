package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import io.schemajob.testing.WireProxy;
import org.junit.jupiter.api.Test;

/** Runs through a proxy that drops connections on which nothing is sent for a while. */
class IdleProxyIT {
    private static final String HEARTBEAT = "schemajob.internal.heartbeat";
    private static final long LIMIT_MILLIS = 1_500;

    private final Postgres.Database db = Postgres.version(16).createDatabase();

    private App.Result run(WireProxy proxy, ScriptFolder folder) {
        proxy.dropIdle(LIMIT_MILLIS);
        return folder.migrate(db, "--lock-timeout", "60s")
                .env("PGPORT", String.valueOf(proxy.port()))
                .env("PGSSLMODE", "disable")
                .property(HEARTBEAT, "300")
                .run();
    }

    @Test
    void theLockIsKeptWhileAScriptIsAtWork() {
        ScriptFolder folder = ScriptFolder.create()
                .with("001_busy.up.sql", "CREATE TABLE first (n int);\n" + "SELECT pg_sleep(0.2);\n".repeat(15))
                .with("002_next.up.sql", "CREATE TABLE second (n int);\n");
        try (WireProxy proxy = new WireProxy(db.server(), null, session -> {})) {
            App.Result result = run(proxy, folder);
            assertThat(result.exitCode()).as(result.text()).isZero();
            assertThat(proxy.dropped()).isZero();
        }
    }

    /** What the proxy does to the session of a script cannot be helped; it is told, and the script is rolled back. */
    @Test
    void aStatementThatIsLongerIsRolledBack() {
        ScriptFolder folder = ScriptFolder.create()
                .with("001_first.up.sql", "CREATE TABLE first (n int);\n")
                .with("002_long.up.sql", "CREATE TABLE second (n int);\nSELECT pg_sleep(20);\n");
        try (WireProxy proxy = new WireProxy(db.server(), null, session -> {});
                OtherSession eye = OtherSession.of(db)) {
            App.Result result = run(proxy, folder);
            assertThat(result.exitCode()).as(result.text()).isEqualTo(69);
            assertThat(result.err()).contains("the schema is at 001");
            assertThat(proxy.dropped()).isOne();
            eye.await("SELECT to_regclass('second') IS NULL");
        }
    }
}
