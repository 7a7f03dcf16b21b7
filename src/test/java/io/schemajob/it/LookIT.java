package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands that look, and the one that writes down what somebody else has done. */
class LookIT {
    private final Postgres.Database database = Postgres.version(16).createDatabase();
    private final ScriptFolder folder = ScriptFolder.create()
            .with("bundle.yaml", "name: shop\ntitle: Orders of a shop\npostgresql: 14\n")
            .with("001_first.up.sql", "CREATE TABLE first (id int);")
            .with("002_second.up.sql", "CREATE TABLE second (id int);")
            .with("003_third.up.sql", "CREATE TABLE third (id int);");
    private final Cli cli = Cli.of(folder, database);

    @Test
    void aFreshDatabaseHasNoVersionAndLookingLeavesItSo() {
        assertThat(cli.succeeds("current").out()).isEmpty();
        App.Result info = cli.succeeds("info", "--output", "json");
        JsonNode whole = Cli.json(info.out());
        assertThat(whole.path("details").path("current").isNull()).isTrue();
        assertThat(whole.path("details").path("pending").asInt()).isEqualTo(3);
        App.Result pending = cli.fails(ExitStatus.FINDINGS, "info", "--exit-code");
        assertThat(pending.out()).containsPattern("001 +first +pending").contains("Current version: none; 3 pending");
        assertThat(CatalogText.of(database)).noneMatch(line -> line.startsWith("relation"));
    }

    @Test
    void tellsWhatIsAppliedAndPending() {
        cli.succeeds("migrate", "+1");
        App.Result text = cli.succeeds("info");
        assertThat(text.out().lines())
                .anyMatch(line -> line.matches("001 +first +applied +20\\d\\d-.*Z +" + database.user() + " +\\d+ ms"))
                .anyMatch(line -> line.matches("002 +second +pending"));

        App.Result json = cli.succeeds("history", "--output", "json");
        JsonNode whole = Cli.json(json.out());
        assertThat(json.out().lines()).hasSize(1);
        assertThat(json.err()).contains("==> Verifying database connection...");
        assertThat(whole.path("exitCode").asInt(-1)).isZero();
        assertThat(whole.path("bundle").asText()).isEqualTo("shop");
        JsonNode first = whole.path("details").path("migrations").get(0);
        assertThat(first.path("version").asText()).isEqualTo("001");
        assertThat(first.path("state").asText()).isEqualTo("applied");
        assertThat(first.path("installedBy").asText()).isEqualTo(database.user());
        assertThat(whole.path("details").path("migrations").get(1).path("state").asText())
                .isEqualTo("pending");

        App.Result current = cli.app("current", "--exit-code").run();
        assertThat(current.out()).isEqualTo("001\n");
        assertThat(current.exitCode()).isEqualTo(85);
        cli.succeeds("migrate");
        assertThat(cli.succeeds("current", "--exit-code").out()).isEqualTo("003\n");
        assertThat(cli.succeeds("info", "--exit-code", "--verbose").out())
                .contains("-- 003_third.up.sql\n    | CREATE TABLE third (id int);");
    }

    @Test
    void aJsonResultIsOneObjectOnStandardOutputAlsoForFailures() {
        App.Result migrated = cli.succeeds("migrate", "--output", "json");
        JsonNode whole = Cli.json(migrated.out());
        assertThat(whole.path("scripts")).hasSize(3);
        assertThat(migrated.err()).contains("==> Migration 003 applied successfully");
        App.Result failed = cli.fails(ExitStatus.USAGE, "migrate", "17", "--output", "json");
        assertThat(Cli.json(failed.out()).path("exitCode").asInt()).isEqualTo(64);
        assertThat(Cli.json(failed.out()).path("databaseState").asText()).contains("Nothing was changed");
        assertThat(failed.out().lines()).hasSize(1);
    }

    @Test
    void aJsonLogIsOneObjectALine() {
        App.Result migrated =
                cli.app("migrate").env("SCHEMAJOB_LOG_FORMAT", "json").run();
        List<JsonNode> lines = migrated.out().lines().map(Cli::json).toList();
        assertThat(migrated.err()).isEmpty();
        assertThat(lines).allMatch(line -> line.hasNonNull("time") && line.hasNonNull("message"));
        assertThat(lines)
                .extracting(line -> line.path("message").asText())
                .contains("Migration 003 applied successfully", "CREATE TABLE");
    }

    @Test
    void recordsVersionsWithoutRunningThem() {
        database.execute("CREATE TABLE first (id int); CREATE TABLE second (id int)");
        App.Result recorded = cli.succeeds("stamp", "2");
        assertThat(recorded.out())
                .contains("Recorded 2 migration(s) as applied without running them; the history is at 002");
        assertThat(cli.applied()).containsExactly("001", "002");
        App.Result below = cli.fails(ExitStatus.USAGE, "baseline", "001");
        assertThat(below.err()).contains("The history is at 002 already");
        assertThat(cli.fails(ExitStatus.USAGE, "baseline", "17").err())
                .contains("\"17\" is not a version of bundle shop");
        assertThat(cli.fails(ExitStatus.USAGE, "baseline", "+1").err()).contains("\"+1\" is not a version");
        cli.succeeds("migrate");
        assertThat(cli.applied()).containsExactly("001", "002", "003");
        assertThat(cli.succeeds("baseline", "head").out()).contains("Recorded 0 migration(s)");
    }

    @Test
    void listsBundles() {
        App.Result text = cli.succeeds("bundles");
        assertThat(text.out())
                .containsPattern("agent-executor +001 +1 +14\\+ +built in +LangGraph checkpoint storage")
                .containsPattern("shop +003 +3 +14\\+ +" + folder.path() + " +Orders of a shop");
        JsonNode bundles = Cli.json(cli.succeeds("bundles", "--output", "json").out())
                .path("details")
                .path("bundles");
        assertThat(bundles).anySatisfy(bundle -> {
            assertThat(bundle.path("name").asText()).isEqualTo("shop");
            assertThat(bundle.path("migrations").asInt()).isEqualTo(3);
        });
    }

    @Test
    void tellsWhatCountsAndHidesSecrets() {
        App.Result text = cli.app("settings", "--lock-timeout", "7s")
                .env("SCHEMAJOB_LOCK_WAIT", "8s")
                .env("PGHOST", "db.example.org")
                .env("PGPASSWORD", "correct-horse")
                .env("VAULT_TOKEN", "s.battery-staple")
                .env("DATABASE_URL", "postgresql://u:secret-in-a-url@h/d")
                .run();
        assertThat(text.exitCode()).isZero();
        assertThat(text.out())
                .containsPattern("lock-timeout +7s +option --lock-timeout")
                .containsPattern("lock-wait +8s +variable SCHEMAJOB_LOCK_WAIT")
                .containsPattern("lock-retries +10 +default")
                .containsPattern("report +not set")
                .containsPattern("PGHOST +db\\.example\\.org +variable PGHOST")
                .containsPattern("PGPASSWORD +\\*\\*\\* +variable PGPASSWORD")
                .containsPattern("DATABASE_URL +\\*\\*\\* +variable DATABASE_URL")
                .doesNotContain("correct-horse", "battery-staple", "secret-in-a-url");
        JsonNode settings = Cli.json(
                        cli.succeeds("settings", "--output", "json").out())
                .path("details")
                .path("settings");
        assertThat(settings).anySatisfy(setting -> {
            assertThat(setting.path("name").asText()).isEqualTo("schema");
            assertThat(setting.path("source").asText()).isNotEmpty();
        });
    }
}
