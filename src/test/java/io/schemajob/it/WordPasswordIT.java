package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password that is a word of ours changes none of our words, and what others say does not show it. */
class WordPasswordIT {
    @ParameterizedTest
    @ValueSource(strings = {"app", "success", "a", "1"})
    void ourWordsStayAndTheirsAreMasked(String password) {
        Postgres.Database plain = Postgres.version(16).createDatabase();
        String user = "word_" + plain.name();
        Postgres.version(16).createRole(user, password);
        plain.execute("GRANT ALL ON SCHEMA public TO " + user);
        ScriptFolder folder = ScriptFolder.create()
                .with(
                        "001_a.up.sql",
                        "CREATE TABLE a (id int); DO $$ BEGIN RAISE NOTICE 'says password=%s;'; END $$;"
                                .formatted(password));
        App.Result result = app(folder, plain, user, password).run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.out())
                .contains("==> Migration 001 applied successfully", "NOTICE: says password=***;")
                .doesNotContain("password=" + password);
        JsonNode message = Cli.json(result.termination());
        assertThat(message.path("status").asText()).isEqualTo("success");
        assertThat(message.path("toVersion").asText()).isEqualTo("001");

        folder.with(
                "002_b.up.sql", "DO $$ BEGIN RAISE EXCEPTION 'cannot reach u:%s@host'; END $$;".formatted(password));
        App.Result failed = app(folder, plain, user, password).run();
        assertThat(failed.exitCode()).as(failed.text()).isEqualTo(80);
        assertThat(failed.err())
                .contains("cannot reach u:***@host", "Migration 002 failed at 002_b.up.sql line 1 (statement 1 of 1)");
        assertThat(failed.text() + failed.termination() + failed.report()).doesNotContain("u:" + password + "@");
        assertThat(Cli.json(failed.termination()).path("error").asText()).contains("u:***@host");
    }

    private static App app(ScriptFolder folder, Postgres.Database plain, String user, String password) {
        return App.of("migrate", "--bundle", folder.path().toString(), "--report", folder.path() + "/report.json")
                .env("PGHOST", "127.0.0.1")
                .env("PGPORT", String.valueOf(plain.server().port()))
                .env("PGDATABASE", plain.name())
                .env("PGUSER", user)
                .env("SCHEMAJOB_REPORT", folder.path() + "/report.json")
                .env("PGPASSFILE", pgpass(folder, password));
    }

    private static String pgpass(ScriptFolder folder, String password) {
        Path file = folder.path().resolveSibling(folder.path().getFileName() + ".pgpass");
        try {
            Files.writeString(file, "*:*:*:*:" + password + "\n");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toString();
    }
}
