package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.PgBouncer;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs through PgBouncer. */
class PoolerIT {
    private static final String SETTINGS =
            "SELECT current_user, current_setting('search_path'), current_setting('client_connection_check_interval')";

    private final Postgres.Database db = Postgres.version(16).createDatabase();
    private final ScriptFolder scripts = ScriptFolder.create()
            .with("001_one.up.sql", "CREATE TABLE one (n int);")
            .with("002_index.up.sql", "CREATE INDEX CONCURRENTLY one_n ON one (n);");

    @ParameterizedTest
    @CsvSource({
        "transaction, default_pool_size = 20",
        "transaction, server_round_robin = 1",
        "transaction, default_pool_size = 1",
        "statement, default_pool_size = 20"
    })
    void poolingOfLessThanSessionsIsRefusedAndLeavesNoTrace(String mode, String setting) {
        try (PgBouncer bouncer = PgBouncer.start(db, mode, setting);
                OtherSession application = bouncer.session()) {
            List<String> before = application.rows(SETTINGS);
            App.Result result = bouncer.inFrontOf(scripts.migrate(db)).run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(78);
            assertThat(result.err())
                    .contains("A connection pooler in " + mode + " mode stands in front of", "pool_mode = session");
            // The application may be given the very server session that the run used.
            for (int i = 0; i < 5; i++) {
                assertThat(application.rows(SETTINGS)).isEqualTo(before);
            }
            assertThat(application.value("SELECT to_regclass('flyway_schema_history') IS NULL"))
                    .isEqualTo("t");
        }
    }

    @Test
    void poolingOfSessionsWorks() {
        try (PgBouncer bouncer = PgBouncer.start(db, "session")) {
            App.Result result = bouncer.inFrontOf(scripts.migrate(db)).run();
            assertThat(result.exitCode()).as(result.text()).isZero();
            App.Result again = bouncer.inFrontOf(scripts.migrate(db)).run();
            assertThat(again.exitCode()).as(again.text()).isZero();
            assertThat(again.out()).contains("already applied. Skipping.");
            try (OtherSession application = bouncer.session()) {
                // PgBouncer clears a session after its client has gone.
                application.await("SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory' AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())");
            }
        }
    }

    @Test
    void poolWithoutRoomForTwoSessionsIsExplained() {
        try (PgBouncer bouncer = PgBouncer.start(db, "session", "default_pool_size = 1")) {
            App.Result result = bouncer.inFrontOf(scripts.migrate(db, "--connect-timeout", "2s"))
                    .run();
            assertThat(result.exitCode()).as(result.text()).isEqualTo(69);
            assertThat(result.err()).contains("gave no second session", "two or more server connections");
        }
    }
}
