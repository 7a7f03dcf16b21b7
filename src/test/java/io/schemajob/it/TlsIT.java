package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Promptly;
import io.schemajob.testing.Rows;
import io.schemajob.testing.TestCa;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code sslmode=verify-full} on a server whose certificate is for {@code localhost} and 127.0.0.1. */
class TlsIT {
    private static App migrate(Postgres.Database database, String host, TestCa ca) {
        return new Cli("agent-executor", database)
                .app("migrate", "--connect-timeout=5s")
                .env("PGHOST", host)
                .env("PGSSLMODE", "verify-full")
                .env("PGSSLROOTCERT", ca == null ? "" : ca.certificate().toString());
    }

    @Test
    void trustsTheRightAuthorityForTheRightNameOnly() throws Exception {
        TestCa ca = TestCa.create();
        try (Postgres server = Postgres.dedicated(16).tls(ca).start()) {
            Postgres.Database database = server.createDatabase();
            server.superuserExecute("ALTER SYSTEM SET log_connections = on");
            server.superuserExecute("SELECT pg_reload_conf()");
            for (App wrong : List.of(
                    migrate(database, "localhost", TestCa.create()),
                    // The same address in other words, which the certificate does not hold.
                    migrate(database, "127.1", ca),
                    migrate(database, "localhost", null),
                    migrate(database, "localhost", ca).env("PGSSLROOTCERT", "/no/such/ca.crt"),
                    migrate(database, "localhost", ca).env("PGSSLROOTCERT", "system"))) {
                App.Result refused = Cli.failed(ExitStatus.CONFIG, wrong.run());
                assertThat(refused.err())
                        .contains("The TLS connection to PostgreSQL at", "is not trusted (sslmode=verify-full)")
                        .contains("PGSSLROOTCERT");
                assertThat(Cli.json(refused.termination()).path("durationMs").asLong())
                        .isLessThan(Promptly.LIMIT.toMillis());
            }
            assertThat(Rows.of(database, "SELECT to_regclass('checkpoints')")).containsExactly(List.of("NULL"));

            Cli.succeeded(migrate(database, "localhost", ca).run());
            Cli.succeeded(App.of("migrate", "--bundle", "agent-executor")
                    .env(
                            "DATABASE_URL",
                            "postgresql://%s:%s@127.0.0.1:%d/%s?sslmode=verify-full&sslrootcert=%s"
                                    .formatted(
                                            database.user(),
                                            database.password(),
                                            server.port(),
                                            database.name(),
                                            ca.certificate()))
                    .run());
            assertThat(server.log()).contains("SSL enabled");
        }
    }
}
