package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The termination message and the report file. {@link Cli} looks at the message of every other run too. */
class LeftBehindIT {
    @TempDir
    Path folder;

    private final ScriptFolder scripts = ScriptFolder.create().with("001_a.up.sql", "CREATE TABLE a (id int);");

    @Test
    void theReportTellsEverythingOnSuccessAndOnFailure() {
        Cli cli = Cli.of(scripts, Postgres.version(16).createDatabase());
        Path report = folder.resolve("report.json");
        App.Result success = Cli.succeeded(
                cli.app("migrate").env("SCHEMAJOB_REPORT", report.toString()).run());
        JsonNode node = Cli.json(success.report());
        assertThat(node.path("command").asText()).isEqualTo("migrate");
        assertThat(node.path("scripts").get(0).asText()).isEqualTo("001_a.up.sql");
        assertThat(node.path("fromVersion").isNull()).isTrue();
        assertThat(node.path("toVersion").asText()).isEqualTo("001");
        assertThat(node.path("durationMs").asLong()).isPositive();

        scripts.with("001_a.up.sql", "CREATE TABLE b (id int);");
        App.Result failure = Cli.failed(
                ExitStatus.HISTORY_INVALID,
                cli.app("migrate", "--report", report.toString())
                        .env("SCHEMAJOB_REPORT", report.toString())
                        .run());
        JsonNode why = Cli.json(failure.report());
        assertThat(why.path("exitName").asText()).isEqualTo("HISTORY_INVALID");
        assertThat(why.path("databaseState").asText()).contains("Nothing was changed");
        assertThat(why.path("hint").asText()).contains("schemajob repair");
        assertThat(why.path("where").asText()).contains(scripts.path().toString());
    }

    @Test
    void theDefaultPlaceIsNotCreatedOutsideOfKubernetes() {
        Path kubernetes = Path.of("/dev/termination-log");
        Assumptions.assumeFalse(Files.exists(kubernetes), "this test runs in a Kubernetes pod");
        App.Result result =
                App.of("bundles").env("SCHEMAJOB_TERMINATION_LOG", "").run();
        assertThat(result.exitCode()).isZero();
        assertThat(kubernetes).doesNotExist();
    }

    @Test
    void placesThatCannotBeWrittenAreToldAndTheResultStands() {
        App.Result result = App.of("bundles", "--report", "/no/such/folder/report.json")
                .env("SCHEMAJOB_TERMINATION_LOG", "/no/such/folder/termination")
                .run();
        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .contains("WARNING: The termination message could not be written to /no/such/folder/termination")
                .contains("WARNING: The report could not be written");
    }
}
