package io.schemajob.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An OpenBao as it is after its installation, an administrator's command line, and a cluster that reviews tokens. */
public final class VaultSetup implements AutoCloseable {
    public static final Path SCRIPT = Path.of("vault/setup.sh");
    public static final String ROLE = "agent-executor";
    public static final String SECRET = "kv/bizmatters/agent-executor/postgres";
    public static final String CREDENTIALS = "database/creds/agent-executor";

    private final Path folder;
    private final OpenBao bao = OpenBao.start();
    private final TestCa authority = TestCa.create();
    private final ServiceAccountTokens tokens = ServiceAccountTokens.rs256();
    private final TokenReview review = TokenReview.start(authority, tokens);

    public VaultSetup(Path folder) {
        this.folder = folder;
    }

    public OpenBao bao() {
        return bao;
    }

    /** The folder with one command: {@code bao}, or the same under the name {@code vault}. */
    public Path command(String name) {
        try {
            Path commands = Files.createDirectories(folder.resolve("command-" + name));
            Path link = commands.resolve(name);
            return Files.exists(link)
                    ? commands
                    : Files.createSymbolicLink(link, OpenBao.program()).getParent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The script with an administrator's login and the connection to store. */
    public Program setup(UnixShell shell, String command, Postgres.Database database, String... arguments) {
        Path password = file("password", database.password() + "\n");
        Path admin = file("admin-password", database.server().password() + "\n");
        return shell.script(command(command), SCRIPT, arguments)
                .env("HOME", folder.toString())
                .env("VAULT_ADDR", bao.address().toString())
                .env("VAULT_TOKEN", bao.api().token())
                .env("KUBERNETES_HOST", review.address())
                .env("KUBERNETES_CA", authority.certificate().toString())
                .env("PGHOST", database.server().host())
                .env("PGPORT", String.valueOf(database.server().port()))
                .env("PGDATABASE", database.name())
                .env("PGUSER", database.user())
                .env("PGPASSWORD_FILE", password.toString())
                .env("PGSSLMODE", "disable")
                .env("ADMIN_USER", database.server().user())
                .env("ADMIN_PASSWORD_FILE", admin.toString());
    }

    /** What dynamic credentials need besides. */
    public static Map<String, String> dynamic(Postgres.Database database) {
        return Map.of("SCHEMAJOB_VAULT_DATABASE_ROLE", CREDENTIALS, "SCHEMAJOB_OWNER_ROLE", database.user());
    }

    /** Runs the script; neither what it prints nor what it is called with has a password. */
    public static Program.Result succeeds(Program setup, Postgres.Database database) {
        Program.Result result = setup.run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.text())
                .doesNotContain(database.password(), database.server().password());
        return result;
    }

    /** The job with the settings that the script has prepared for it. */
    public App job(URI address) {
        return job(address, "migrate");
    }

    /** Another command of it. */
    public App job(URI address, String... command) {
        Path token = file("token", token(ROLE));
        return App.of(command)
                .env("SCHEMAJOB_BUNDLE", ROLE)
                .env("VAULT_ADDR", address.toString())
                .env("SCHEMAJOB_VAULT_ROLE", ROLE)
                .env("SCHEMAJOB_VAULT_SECRET", SECRET)
                .env("SCHEMAJOB_VAULT_TOKEN_FILE", token.toString());
    }

    /** What the kubelet would mount for an account of the namespace bizmatters. */
    public String token(String account) {
        return token(account, "vault");
    }

    public String token(String account, String audience) {
        return tokens.sign("bizmatters", account, audience, Duration.ofMinutes(10));
    }

    /** A Vault token of the job. */
    public String login() {
        return bao.api()
                .write("auth/kubernetes/login", Map.of("role", ROLE, "jwt", token(ROLE)))
                .path("auth")
                .path("client_token")
                .asText();
    }

    private Path file(String name, String content) {
        try {
            return Files.writeString(folder.resolve(name), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        review.close();
        bao.close();
    }
}
