package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command new, and its alias revision, as their users see them; no database is needed. */
class NewIT {
    @TempDir
    Path bundle;

    private App app(String... line) {
        return App.command(Stream.concat(Stream.of(line), Stream.of("--bundle", bundle.toString()))
                .toArray(String[]::new));
    }

    @Test
    void createsPairsThatAreNeverOverwritten() throws Exception {
        Files.createDirectory(bundle.resolve("migrations"));
        Files.writeString(bundle.resolve("migrations/009_shop.up.sql"), "CREATE TABLE shop (id bigint);\n");
        App.Result first = Cli.succeeded(app("new", "Add orders").run());
        assertThat(first.out())
                .isEqualTo(
                        """
                        migrations/010_add_orders.up.sql
                        migrations/010_add_orders.down.sql
                        Next: fill both, then schemajob lint, then schemajob migrate --dry-run
                        """);
        assertThat(Files.readString(bundle.resolve("migrations/010_add_orders.up.sql")))
                .isEqualTo("-- title: Add orders\n\n");

        App.Result second = Cli.succeeded(
                app("revision", "-m", "Add orders", "--output", "json").run());
        JsonNode script = Cli.json(second.out()).at("/details/scripts/0");
        assertThat(script.path("version").textValue()).isEqualTo("011");
        assertThat(script.path("up").textValue()).isEqualTo("migrations/011_add_orders.up.sql");
        assertThat(bundle.resolve(script.path("down").textValue())).exists();
        try (Stream<Path> files = Files.list(bundle.resolve("migrations"))) {
            assertThat(files).hasSize(5);
        }
    }

    @Test
    void refuses() {
        App.Result builtIn = Cli.failed(
                ExitStatus.CONFIG,
                App.command("new", "x", "--bundle", "agent-executor").run());
        assertThat(builtIn.err()).contains("The bundle agent-executor is built in; new scripts need a folder.");
        Cli.failed(ExitStatus.USAGE, app("new").run());
        Cli.failed(ExitStatus.USAGE, app("revision", "one", "-m", "two").run());
        Cli.failed(ExitStatus.USAGE, app("new", "???").run());
        Cli.failed(ExitStatus.CONFIG, App.command("new", "x").run());
    }
}
