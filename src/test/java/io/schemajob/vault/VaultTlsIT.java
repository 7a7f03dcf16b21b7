package io.schemajob.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.AgentExecutorVault;
import io.schemajob.testing.OpenBao;
import io.schemajob.testing.TestCa;
import io.schemajob.vault.settings.VaultSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLS to a real OpenBao whose certificate is of a private authority. */
@Timeout(60)
class VaultTlsIT {
    private static TestCa authority;

    @AutoClose
    private static OpenBao bao;

    @AutoClose
    private static AgentExecutorVault vault;

    /** A TLS error that were taken for one that passes would make its test time out. */
    private final VaultRun run = new VaultRun().patient(Duration.ofMinutes(10));

    private Map<String, String> environment;

    @BeforeAll
    static void start() {
        authority = TestCa.create();
        bao = OpenBao.start(authority, "dns:localhost");
        vault = AgentExecutorVault.in(bao);
        vault.store("postgres.example", 5432, "agent_executor", "agent_executor_user", VaultRun.CANARY);
    }

    @BeforeEach
    void prepare() {
        environment = vault.environment();
        environment.put(VaultSettings.CA_CERT, authority.certificate().toString());
    }

    @Test
    void privateAuthorityIsAccepted() {
        try (VaultSession session = run.open(environment)) {
            assertThat(session.postgresCredentials().require("password")).isEqualTo(VaultRun.CANARY);
        }
    }

    @Test
    void wrongAuthorityIsRefusedWithItsOwnMessage() {
        Path other = TestCa.create().certificate();
        environment.put(VaultSettings.CA_CERT, other.toString());

        run.fails(environment, ExitStatus.CONFIG)
                .contains("shows a certificate that is not signed by the authority in " + other + " (VAULT_CACERT)");
    }

    @Test
    void privateAuthorityIsRefusedUnlessNamed() {
        environment.remove(VaultSettings.CA_CERT);

        run.fails(environment, ExitStatus.CONFIG)
                .contains("not signed by an authority that this image knows", "name it in VAULT_CACERT");
    }

    @Test
    void certificateForOtherNamesIsRefusedWithItsOwnMessage() {
        environment.put(VaultSettings.ADDRESS, bao.address().toString().replace("localhost", "127.0.0.1"));

        run.fails(environment, ExitStatus.CONFIG).contains("for other names than '127.0.0.1'");
    }

    @Test
    void plainHttpToTheTlsPortIsNamed() {
        environment.put(VaultSettings.ADDRESS, bao.address().toString().replace("https", "http"));

        run.fails(environment, ExitStatus.CONFIG).contains("expects TLS", "https://");
    }

    @Test
    void tlsToAPlainPortIsNamed() {
        try (OpenBao plain = OpenBao.start()) {
            environment.put(VaultSettings.ADDRESS, plain.address().toString().replace("http", "https"));

            run.fails(environment, ExitStatus.CONFIG).contains("does not speak TLS");
        }
    }

    @Test
    void unusableCaFilesAreNamed() {
        environment.put(VaultSettings.CA_CERT, "/nowhere/ca.pem");
        run.fails(environment, ExitStatus.CONFIG).contains("VAULT_CACERT: the file /nowhere/ca.pem cannot be read");

        environment.put(VaultSettings.CA_CERT, vault.tokenFile("").toString());
        run.fails(environment, ExitStatus.CONFIG).contains("holds no certificate");

        environment.put(
                VaultSettings.CA_CERT,
                vault.tokenFile("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                        .toString());
        run.fails(environment, ExitStatus.CONFIG).contains("is not a PEM file of certificates");
    }
}
