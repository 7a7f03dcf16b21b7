package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A password of every character that has ever broken a client, through every door but Vault's, in a process without a
 * locale, as containers are. {@link App} makes sure that it shows up nowhere.
 */
class PasswordsIT {
    private static final String NASTY = "@:/?#%&+ '\"\\,=;$(x)`{}[]<>|^~!*\u00e4\u00f6\u00df\u20ac\u6f22\ud83d\udd11";

    private static Postgres.Database database;

    @TempDir
    Path folder;

    @BeforeAll
    static void createRole() {
        Postgres.Database plain = Postgres.version(16).createDatabase();
        String user = plain.name() + "_n\u00e4sty @:/";
        plain.server().createRole(user, NASTY);
        plain.execute("GRANT CREATE, USAGE ON SCHEMA public TO \"" + user + "\"");
        database = new Postgres.Database(plain.server(), plain.name(), user, NASTY);
    }

    private static App info() {
        return App.of("info", "--bundle", "agent-executor", "--verbose").secret(NASTY);
    }

    private static App withoutPassword() {
        return info().env("PGHOST", "127.0.0.1")
                .env("PGPORT", String.valueOf(database.server().port()))
                .env("PGDATABASE", database.name())
                .env("PGUSER", database.user());
    }

    @Test
    void throughVariablesFileAndUrl() throws Exception {
        Cli.succeeded(withoutPassword().env("PGPASSWORD", NASTY).run());

        String escaped = NASTY.replace("\\", "\\\\").replace(":", "\\:");
        String user = database.user().replace(":", "\\:");
        Path file = Files.writeString(
                folder.resolve("pgpass"),
                "*:1:*:*:wrong\n127.0.0.1:*:%s:%s:%s\n".formatted(database.name(), user, escaped));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Cli.succeeded(withoutPassword().env("PGPASSFILE", file.toString()).run());

        Cli.succeeded(info().env("DATABASE_URL", url("postgresql", NASTY)).run());
        Cli.succeeded(info().env("STORAGE__POSTGRES_URL", url("postgresql+asyncpg", NASTY))
                .run());
    }

    @Test
    void wrongOnesAreDeniedAndNotShown() {
        String wrong = NASTY + "canary";
        App.Result url = info().secret(wrong)
                .env("DATABASE_URL", url("postgresql", wrong))
                .run();
        Cli.failedWithTrace(ExitStatus.ACCESS_DENIED, url);
        assertThat(url.text()).doesNotContain("canary");
        App.Result variable = withoutPassword().env("PGPASSWORD", wrong).run();
        Cli.failedWithTrace(ExitStatus.ACCESS_DENIED, variable);
        assertThat(variable.text()).doesNotContain("canary");
        App.Result unencoded = info().secret("can/ary-word")
                .env("DATABASE_URL", "postgresql://app:can/ary-word@127.0.0.1/db")
                .run();
        Cli.failedWithTrace(ExitStatus.CONFIG, unencoded);
        assertThat(unencoded.text()).contains("DATABASE_URL").doesNotContain("ary-word");
    }

    private static String url(String scheme, String password) {
        return "%s://%s:%s@127.0.0.1:%d/%s"
                .formatted(
                        scheme,
                        encode(database.user()),
                        encode(password),
                        database.server().port(),
                        database.name());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
