package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import org.junit.jupiter.api.Test;

/** Owners and privileges as users of the commands see them; each single one is tried in the catalog's tests. */
class PrivilegesIT {
    private static final String OPTIONAL = "owners and privileges";

    private final ScriptFolder folder = ScriptFolder.create();
    private final Postgres.Database database = Postgres.version(17).createDatabase();
    private final Cli cli = Cli.of(folder, database);

    @Test
    void areComparedWhereTheBundleAsksForIt() throws Exception {
        try (var administrator = database.superuser();
                var statement = administrator.createStatement()) {
            statement.execute(
                    "DO $$ BEGIN IF to_regrole('it_reader') IS NULL THEN CREATE ROLE it_reader; END IF; END $$");
        }
        folder.with(
                        "001_shop.up.sql",
                        "CREATE TABLE orders (id bigint PRIMARY KEY, total int); GRANT SELECT ON orders TO it_reader;\n")
                .with("001_shop.down.sql", "DROP TABLE orders;\n");
        cli.succeeds("migrate");
        String yaml = folder.path().resolve("schema.yaml").toString();
        assertThat(cli.succeeds("snapshot", "--file", yaml).text()).contains(OPTIONAL);
        assertThat(folder.read("schema.yaml"))
                .contains("not compared: " + OPTIONAL)
                .doesNotContain("it_reader");
        App.Result silent = cli.succeeds("verify");
        assertThat(silent.text())
                .contains("Compared: table 1, column 2, primary key 1; " + OPTIONAL + " are not compared");
        assertThat(json("verify").path("notCompared").toString()).contains(OPTIONAL);

        folder.with("bundle.yaml", "privileges: declared\n");
        assertThat(cli.fails(ExitStatus.CONFIG, "verify").err())
                .contains("bundle.yaml says privileges: declared")
                .contains("schemajob snapshot");
        cli.succeeds("snapshot", "--file", yaml);
        assertThat(folder.read("schema.yaml"))
                .contains("privileges: declared", "owner: " + database.user(), "it_reader: select");
        assertThat(cli.succeeds("verify").text()).doesNotContain("are not compared");
        JsonNode compared = json("verify").path("compared");
        assertThat(compared.path("privilege").asInt()).isPositive();
        assertThat(compared.path("column").asInt()).isEqualTo(2);

        database.execute("GRANT DELETE ON orders TO it_reader; GRANT SELECT (total) ON orders TO PUBLIC");
        assertThat(cli.fails(ExitStatus.VERIFICATION_FAILED, "migrate").text())
                .contains("privileges of it_reader on table orders")
                .contains("privileges of public on column orders.total");
        cli.succeeds("new", "mend", "--autogenerate");
        assertThat(folder.read("002_mend.up.sql"))
                .contains("REVOKE DELETE ON TABLE orders FROM it_reader;")
                .contains("FROM PUBLIC;");
        cli.succeeds("migrate");

        folder.with("schema.yaml", folder.read("schema.yaml").replace("it_reader: select", "it_nobody: select"));
        assertThat(cli.fails(ExitStatus.VERIFICATION_FAILED, "verify").text()).contains("there is no role it_nobody");
    }

    private JsonNode json(String command) throws Exception {
        return new ObjectMapper().readTree(cli.prints(command, "--output", "json"));
    }
}
