package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Promptly;
import io.schemajob.testing.Rows;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Servers that are down, come back, are replicas, or speak no TLS. */
class UnreachableIT {
    private static App migrate(Postgres.Database database, String... more) {
        return new Cli("agent-executor", database)
                .app("migrate", more.length == 0 ? "head" : more[0], "--connect-timeout=4s");
    }

    @Test
    void waitsForAServerThatIsDownAndFindsOneThatComesBack() throws Exception {
        try (Postgres server = Postgres.dedicated(16).start()) {
            Postgres.Database database = server.createDatabase();
            server.stop();

            long begun = System.nanoTime();
            App.Result down =
                    Cli.failed(ExitStatus.UNAVAILABLE, migrate(database).run());
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(down.err())
                    .contains("PostgreSQL at 127.0.0.1:" + server.port() + "/" + database.name()
                            + " could not be reached within 4 s")
                    .contains("Not touched");
            assertThat(took).isGreaterThan(Duration.ofSeconds(4));
            assertThat(Cli.json(down.termination()).path("durationMs").asLong())
                    .isBetween(4_000L, 4_000L + Promptly.LIMIT.toMillis());

            App.Running waiting = new Cli("agent-executor", database)
                    .app("migrate", "--connect-timeout=60s", "--verbose")
                    .start()
                    .awaitText("does not answer yet");
            server.restart();
            Cli.succeeded(waiting.await());
            assertThat(Rows.of(database, "SELECT v FROM checkpoint_migrations")).hasSize(1);

            // No TLS on this server; and TLS that is asked for is not a matter of waiting.
            App.Result noTls = Cli.failed(
                    ExitStatus.CONFIG,
                    migrate(database).env("PGSSLMODE", "require").run());
            assertThat(noTls.err()).contains("does not support SSL");
        }
    }

    @Test
    void refusesReplicasAndFindsThePrimaryBesideThem() throws Exception {
        try (Postgres primary = Postgres.dedicated(16).start()) {
            Postgres.Database database = primary.createDatabase();
            try (Postgres standby = primary.standby()) {
                Postgres.Database copy =
                        new Postgres.Database(standby, database.name(), database.user(), database.password());
                App.Result replica = Cli.failed(ExitStatus.CONFIG, migrate(copy).run());
                assertThat(replica.err()).contains("read-only replica", "Nothing was changed.");
                assertThat(new Cli("agent-executor", copy).succeeds("info").out())
                        .contains("1 pending");

                Cli.succeeded(migrate(database)
                        .env("PGHOST", "127.0.0.1,127.0.0.1")
                        .env("PGPORT", standby.port() + "," + primary.port())
                        .run());
                assertThat(Rows.of(database, "SELECT v FROM checkpoint_migrations"))
                        .hasSize(1);
            }
        }
    }

    @Test
    void aUserWhoseTransactionsAreReadOnlyIsToldSo() {
        Postgres.Database database = Postgres.version(16).createDatabase();
        database.execute("ALTER ROLE " + database.user() + " SET default_transaction_read_only = on");
        App.Result readOnly = Cli.failed(ExitStatus.CONFIG, migrate(database).run());
        assertThat(readOnly.err()).contains("read-only", "default_transaction_read_only");
    }
}
