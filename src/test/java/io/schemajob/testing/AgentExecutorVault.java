package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What the deployment guide of the agent executor has an operator prepare in Vault: the secret {@code
 * kv/bizmatters/agent-executor/postgres}, a policy that may read it, and a Kubernetes login role for the service account
 * {@code agent-executor} in the namespace {@code bizmatters}.
 */
public final class AgentExecutorVault implements AutoCloseable {
    public static final String SECRET = "kv/bizmatters/agent-executor/postgres";
    public static final String NAME = "agent-executor";
    public static final String NAMESPACE = "bizmatters";
    public static final String AUDIENCE = "vault";

    private final OpenBao bao;
    private final String bundle;
    private final ServiceAccountTokens tokens = ServiceAccountTokens.rs256();
    private final TokenReview review;

    private AgentExecutorVault(OpenBao bao, String bundle) {
        this.bao = bao;
        this.bundle = bundle;
        TestCa authority = TestCa.create();
        this.review = TokenReview.start(authority, tokens);
        prepare(authority);
    }

    /** In a server that is closed by whoever started it. */
    public static AgentExecutorVault in(OpenBao bao) {
        return in(bao, NAME);
    }

    /** The same for another bundle: account, role and secret have its name. */
    public static AgentExecutorVault in(OpenBao bao, String bundle) {
        return new AgentExecutorVault(bao, bundle);
    }

    private String secret() {
        return SECRET.replace(NAME, bundle);
    }

    /** Stores the connection that the job is to use. */
    public void store(Postgres.Database database) {
        Postgres server = database.server();
        store(server.host(), server.port(), database.name(), database.user(), database.password());
    }

    public void store(String host, int port, String database, String username, String password) {
        bao.api()
                .putSecret(
                        "kv",
                        secret().substring("kv/".length()),
                        Map.of(
                                "host",
                                host,
                                "port",
                                Integer.toString(port),
                                "database",
                                database,
                                "username",
                                username,
                                "password",
                                password));
    }

    /** A further Kubernetes login role for the same service account. */
    public void loginRole(String role, Map<String, ?> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("bound_service_account_names", bundle);
        all.put("bound_service_account_namespaces", NAMESPACE);
        all.put("audience", AUDIENCE);
        bao.api().write("auth/kubernetes/role/" + role, all);
    }

    /** A token of the job's service account, in a file as the kubelet mounts it. */
    public Path tokenFile(Duration validity) {
        return tokenFile(tokens.sign(NAMESPACE, bundle, AUDIENCE, validity));
    }

    /** Any text in the place of the token. */
    public Path tokenFile(String content) {
        try {
            Path file = Files.createTempFile("serviceaccount", ".token");
            file.toFile().deleteOnExit();
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Signs tokens that the review accepts, of other accounts too. */
    public ServiceAccountTokens tokens() {
        return tokens;
    }

    public TokenReview review() {
        return review;
    }

    /** The environment of the job's container; a map of one's own to add to. */
    public Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        environment.put("VAULT_ADDR", bao.address().toString());
        environment.put("SCHEMAJOB_VAULT_ROLE", bundle);
        environment.put("SCHEMAJOB_VAULT_SECRET", secret());
        environment.put(
                "SCHEMAJOB_VAULT_TOKEN_FILE", tokenFile(Duration.ofMinutes(10)).toString());
        return environment;
    }

    @Override
    public void close() {
        review.close();
    }

    private void prepare(TestCa authority) {
        OpenBaoApi api = bao.api();
        api.mountKv("kv", 2);
        api.policy(bundle, "path \"kv/data/bizmatters/%s/*\" { capabilities = [\"read\"] }".formatted(bundle));
        api.enableAuth("kubernetes", "kubernetes");
        try {
            api.write(
                    "auth/kubernetes/config",
                    Map.of(
                            "kubernetes_host",
                            review.address(),
                            "kubernetes_ca_cert",
                            Files.readString(authority.certificate()),
                            "disable_local_ca_jwt",
                            true));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        loginRole(bundle, Map.of("token_policies", bundle));
    }
}
