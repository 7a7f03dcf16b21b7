package io.schemajob.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.HttpWire;
import io.schemajob.testing.HttpWire.Break;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.TemporaryFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Whatever happens on the way to Vault, at each request of a run: what can be asked again is, what cannot ends with 69 before anything was
 * changed, and no user that Vault made for the run is left where Vault can still be told.
 */
class VaultFaultIT {
    private static final String MOUNT = "team/database";
    private static final String CREDENTIALS = MOUNT + "/creds/long";
    private static final Set<Break> FOR_GOOD = EnumSet.of(Break.BLACK_HOLE, Break.GONE);

    private static final List<FaultCommand> COMMANDS =
            Matrix.FULL ? List.of(FaultCommand.values()) : List.of(FaultCommand.MIGRATE);
    private static final Set<Break> BREAKS = Matrix.FULL
            ? EnumSet.allOf(Break.class)
            : EnumSet.of(Break.RESET_AFTER, Break.CUT, Break.NO_JSON, Break.BLACK_HOLE, Break.GONE);

    /** The requests of a run, by what is in their first line. */
    private static final Map<String, String> REQUESTS = new LinkedHashMap<>();

    static {
        REQUESTS.put("login", "auth/kubernetes/login");
        REQUESTS.put("secret", "kv/data/");
        REQUESTS.put("credentials", CREDENTIALS);
        REQUESTS.put("revocation", "/(sys/leases/revoke|auth/token/revoke-self)");
    }

    @Test
    void everyRequestMayFail() {
        SoftAssertions softly = new SoftAssertions();
        List<String> cells = new ArrayList<>();
        try (FaultBench bench = new FaultBench(FaultBundle.create(), 17);
                OpenBao bao = OpenBao.start();
                AgentExecutorVault vault = AgentExecutorVault.in(bao)) {
            prepare(bench, bao, vault);
            for (FaultCommand command : COMMANDS) {
                REQUESTS.forEach((request, path) -> {
                    for (Break kind : BREAKS) {
                        int code = cell(bench, bao, vault, command, request, kind, softly);
                        cells.add("%s %s %s %d".formatted(command, request, kind, code));
                    }
                });
            }
        }
        System.out.printf("%d cells with Vault%n%s%n", cells.size(), String.join("\n", cells));
        softly.assertAll();
    }

    static void prepare(FaultBench bench, OpenBao bao, AgentExecutorVault vault) {
        Postgres.Database owned =
                new Postgres.Database(bench.server(), "postgres", FaultBench.USER, FaultBench.PASSWORD);
        bao.api().mountDatabase(MOUNT, owned);
        bao.api().databaseRole(MOUNT, "long", owned, "5m", "1h");
        bao.api().policy("database", "path \"" + MOUNT + "/creds/*\" { capabilities = [\"read\"] }");
        vault.loginRole(
                AgentExecutorVault.NAME,
                Map.of("token_policies", AgentExecutorVault.NAME + ",database", "token_ttl", "1h"));
    }

    private static int cell(
            FaultBench bench,
            OpenBao bao,
            AgentExecutorVault vault,
            FaultCommand command,
            String request,
            Break kind,
            SoftAssertions softly) {
        Postgres.Database database = bench.database(command);
        vault.store(database);
        DatabaseDump before = DatabaseDump.of(database);
        try (HttpWire wire = new HttpWire(bao.address(), REQUESTS.get(request), kind)) {
            App.Result result = run(
                    bench,
                    vault,
                    command,
                    database,
                    Map.of("VAULT_ADDR", wire.address().toString(), "SCHEMAJOB_CONNECT_TIMEOUT", "2s"));
            String what = "%s at the %s of %s%n%s".formatted(kind, request, command, result.text());
            boolean lost = FOR_GOOD.contains(kind) && !request.equals("revocation");
            softly.assertThat(wire.struck()).as(what).isTrue();
            softly.assertThat(result.exitCode())
                    .as(what)
                    .isEqualTo(lost ? ExitStatus.UNAVAILABLE.code() : ExitStatus.OK.code());
            if (lost) {
                softly.assertThat(DatabaseDump.of(database).lines()).as(what).isEqualTo(before.lines());
            }
            if (!FOR_GOOD.contains(kind)) {
                softly.assertThat(leases(bao)).as("leases after " + what).isZero();
            }
            awaitNobody(database);
            App.Result again = run(
                    bench,
                    vault,
                    command,
                    database,
                    Map.of("VAULT_ADDR", bao.address().toString()));
            softly.assertThat(again.exitCode()).as(what + again.text()).isZero();
            return result.exitCode();
        } finally {
            bao.api().write("sys/leases/revoke-prefix/" + CREDENTIALS, Map.of("sync", true));
            bench.drop(database);
        }
    }

    private static App.Result run(
            FaultBench bench,
            AgentExecutorVault vault,
            FaultCommand command,
            Postgres.Database database,
            Map<String, String> environment) {
        Path place = FaultBench.place();
        try {
            return bench.app(database, bench.server().port(), command.arguments(bench.bundle(), place))
                    .env(vault.environment())
                    .env("SCHEMAJOB_VAULT_DATABASE_ROLE", CREDENTIALS)
                    .env("SCHEMAJOB_OWNER_ROLE", FaultBench.USER)
                    .env(environment)
                    .run();
        } finally {
            TemporaryFolders.delete(place);
        }
    }

    static void awaitNobody(Postgres.Database database) {
        try (OtherSession eye = OtherSession.ofSuperuser(database)) {
            eye.await("SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database()"
                    + " AND application_name LIKE 'schemajob/%'");
        }
    }

    /** Vault revokes those of a token behind its answer. */
    private static int leases(OpenBao bao) {
        int left = bao.api().leases(CREDENTIALS);
        for (int i = 0; left > 0 && i < 100; i++) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            left = bao.api().leases(CREDENTIALS);
        }
        assertThat(left).isNotNegative();
        return left;
    }
}
