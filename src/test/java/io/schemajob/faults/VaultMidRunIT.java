package io.schemajob.faults;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.App;
import io.schemajob.testing.Matrix;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.WireProxy;
import io.schemajob.testing.WireProxy.Moment;
import io.schemajob.testing.WireProxy.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * What becomes of Vault, or of what Vault gave, while a migration talks to PostgreSQL: at each of its messages Vault is sealed, the lease of
 * its user ends early, or its token is revoked, and its user with it.
 */
class VaultMidRunIT {
    private static final String MOUNT = "team/database";
    private static final String CREDENTIALS = MOUNT + "/creds/long";

    private static final List<FaultStage> STAGES = List.of(
            FaultStage.CONNECT,
            FaultStage.PASSWORD,
            FaultStage.FACTS,
            FaultStage.SESSION,
            FaultStage.LOCK,
            FaultStage.HISTORY,
            FaultStage.HISTORY_TABLE,
            FaultStage.SECOND_SESSION,
            FaultStage.FIRST_SCRIPT,
            FaultStage.FIRST_COMMIT,
            FaultStage.INDEX,
            FaultStage.LAST_COMMIT,
            FaultStage.VERIFY,
            FaultStage.CHECK,
            FaultStage.UNLOCK);

    private static final int OK = ExitStatus.OK.code();

    /** What happens, and how the run has to end. */
    private enum Event {
        /** All is known that the run needs. */
        SEALED(OpenBao::seal),
        /** The user is dropped: a login reads the secret anew, and what the sessions that are there may still do is the server's to say. */
        LEASE_ENDED(bao -> bao.api().write("sys/leases/revoke-prefix/" + CREDENTIALS, Map.of("sync", true))),
        TOKEN_REVOKED(bao -> bao.api().write("sys/leases/revoke-prefix/auth/kubernetes/login", Map.of("sync", true)));

        private final Consumer<OpenBao> happen;

        Event(Consumer<OpenBao> happen) {
            this.happen = happen;
        }

        Set<Integer> codes(FaultStage stage) {
            if (this == SEALED) {
                return Set.of(OK);
            }
            // Vault drops the user at a time of its own: the index may be made by then, and its row refused.
            return this == LEASE_ENDED && FaultExpectation.isLogin(stage)
                    ? Set.of(OK)
                    : Set.of(OK, ExitStatus.ACCESS_DENIED.code(), ExitStatus.MIGRATION_PARTIAL.code());
        }
    }

    @Test
    void vaultMayChangeItsMindAtEveryMessage() {
        SoftAssertions softly = new SoftAssertions();
        Set<String> cells = new TreeSet<>();
        try (FaultBench bench = new FaultBench(FaultBundle.create(), 17);
                OpenBao bao = OpenBao.start();
                AgentExecutorVault vault = AgentExecutorVault.in(bao)) {
            VaultFaultIT.prepare(bench, bao, vault);
            for (Event event : Event.values()) {
                for (FaultStage stage : STAGES) {
                    if (Matrix.FULL || (stage.ordinal() + event.ordinal()) % Event.values().length == 0) {
                        int code = cell(bench, bao, vault, event, stage, softly);
                        cells.add("%s %s %d".formatted(stage, event, code));
                    }
                }
            }
        }
        System.out.printf("%d cells of Vault in mid-run%n%s%n", cells.size(), String.join("\n", cells));
        softly.assertAll();
    }

    private static int cell(
            FaultBench bench,
            OpenBao bao,
            AgentExecutorVault vault,
            Event event,
            FaultStage stage,
            SoftAssertions softly) {
        Postgres.Database database = bench.database(FaultCommand.MIGRATE);
        Point point = new Point(
                stage.message(), stage == FaultStage.LAST_COMMIT ? 3 : Math.abs(stage.number()), Moment.BEFORE);
        try (WireProxy proxy = new WireProxy(bench.server(), point, session -> event.happen.accept(bao))) {
            vault.store("127.0.0.1", proxy.port(), database.name(), database.user(), database.password());
            App.Result result = run(bench, vault, database, proxy.port());
            String what = "%s at %s%n%s".formatted(event, stage, result.text());
            softly.assertThat(proxy.struck()).as(what).isTrue();
            softly.assertThat(event.codes(stage)).as(what).contains(result.exitCode());
            if (event == Event.SEALED) {
                bao.unseal();
            }
            VaultFaultIT.awaitNobody(database);
            softly.assertThat(DatabaseDump.of(database).halfApplied("public"))
                    .as(what)
                    .isEmpty();
            App.Result again = run(bench, vault, database, proxy.port());
            softly.assertThat(again.exitCode()).as(what + again.text()).isZero();
            return result.exitCode();
        } finally {
            bao.api().write("sys/leases/revoke-prefix/" + CREDENTIALS, Map.of("sync", true));
            bench.drop(database);
        }
    }

    private static App.Result run(FaultBench bench, AgentExecutorVault vault, Postgres.Database database, int port) {
        List<String> line = new ArrayList<>(FaultCommand.MIGRATE.arguments(bench.bundle(), null));
        return bench.app(database, port, line)
                .env(vault.environment())
                .env("SCHEMAJOB_VAULT_DATABASE_ROLE", CREDENTIALS)
                .env("SCHEMAJOB_OWNER_ROLE", FaultBench.USER)
                .env("SCHEMAJOB_CONNECT_TIMEOUT", "3s")
                .run();
    }
}
