package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.GitFolder;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SarifSchema;
import io.schemajob.testing.ScriptFolder;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code check} tells of a pull request: without a server, and on a scratch database of which nothing is left. */
class CheckIT {
    private static final String DATABASES = "SELECT datname FROM pg_database ORDER BY 1";

    private final Postgres server = Postgres.version(16);

    private Cli onServer(ScriptFolder folder) {
        Cli cli = Cli.of(folder, server.createDatabase());
        server.superuserExecute("ALTER ROLE " + cli.database().user() + " CREATEDB");
        return cli;
    }

    private static JsonNode details(App.Result result) {
        return Cli.json(result.out()).path("details");
    }

    private static List<String> found(App.Result result) {
        List<String> found = new ArrayList<>();
        details(result)
                .path("findings")
                .forEach(finding -> found.add("%s %s %s:%d"
                        .formatted(
                                finding.path("level").asText(),
                                finding.path("rule").asText(),
                                finding.path("file").asText(),
                                finding.path("line").asInt())));
        return found;
    }

    private static List<String> steps(App.Result result) {
        List<String> steps = new ArrayList<>();
        details(result)
                .path("steps")
                .forEach(step -> steps.add(
                        step.path("result").asText() + " " + step.path("name").asText()));
        return steps;
    }

    /** Its table of rows is not there before the first script, nor after the last down script. */
    @Test
    void aBundleThatDeclaresRowsIsRunUpDownAndUp() {
        Cli cli = new Cli("agent-executor", onServer(ScriptFolder.create()).database());
        App.Result result = cli.app("check").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.text()).contains("the same again");
    }

    @Test
    void aGoodBundleIsRunUpDownAndUpAndNothingIsLeft() {
        Cli cli = onServer(Shop.golangMigrate());
        List<String> before = cli.rows(DATABASES);
        App.Result result = cli.app("check", "--output", "json").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(steps(result))
                .containsExactly(
                        "passed bundle",
                        "passed declared schema",
                        "skipped base branch",
                        "passed lint",
                        "passed up",
                        "passed verify",
                        "passed declared",
                        "passed down",
                        "passed rolled back",
                        "passed up again",
                        "passed the same again");
        assertThat(cli.rows(DATABASES)).isEqualTo(before);
        assertThat(cli.rows("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .containsExactly("0");
    }

    @Test
    void whatOnlyARunShowsIsToldAtItsPlace() {
        ScriptFolder folder = Shop.golangMigrate()
                .with("migrations/002_orders.down.sql", "DROP TABLE orders;\nCREATE TABLE forgotten (n int);\n")
                .with("migrations/001_items.up.sql", "\n" + Shop.ITEMS + "ALTER TABLE items ADD extra int;\n");
        Cli cli = onServer(folder);
        List<String> before = cli.rows(DATABASES);
        App.Result result = cli.fails(ExitStatus.FINDINGS, "check", "--output", "json");
        assertThat(steps(result)).contains("failed declared", "failed rolled back", "failed the same again");
        String prefix = ".*scripts/" + folder.path().getFileName() + "/";
        assertThat(found(result))
                .anySatisfy(line -> assertThat(line).matches("error drift " + prefix + "schema.yaml:2"))
                .anySatisfy(line ->
                        assertThat(line).matches("error rolled-back " + prefix + "migrations/001_items.down.sql:1"));
        assertThat(cli.rows(DATABASES)).isEqualTo(before);

        folder.with("migrations/003_index.up.sql", "\nCREATE INDEX CONCURRENTLY i\nON orders (nowhere);\n");
        App.Result broken = cli.fails(ExitStatus.FINDINGS, "check", "--output", "github");
        assertThat(broken.out())
                .containsPattern(
                        "(?m)^::error file=" + prefix + "migrations/003_index.up.sql,line=[23],title=schemajob up::");
        assertThat(cli.rows(DATABASES)).isEqualTo(before);
    }

    /** What was found before the server was needed is told, whatever the server does. */
    @Test
    void findingsAreToldWhereTheServerIsNotReached() {
        ScriptFolder folder = Shop.golangMigrate()
                .with("migrations/003_index.up.sql", "CREATE INDEX orders_item\n    ON orders (item);\n");
        App.Result result = Cli.failed(
                ExitStatus.UNAVAILABLE,
                App.of("check", "--bundle", folder.path().toString(), "--output", "json")
                        .env("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
                        .env("SCHEMAJOB_CONNECT_TIMEOUT", "1s")
                        .run());
        assertThat(steps(result)).contains("failed lint", "failed scratch database");
        assertThat(found(result)).anySatisfy(line -> assertThat(line)
                .startsWith("error index-not-concurrent ")
                .endsWith("migrations/003_index.up.sql:1"));
    }

    /** Each sort of finding, at the line that is to be changed; the excerpt behind a place may read like one. */
    @Test
    void findingsStandAtTheirLines() {
        ScriptFolder folder = Shop.golangMigrate()
                .with("migrations/001_items.up.sql", "\n\n" + Shop.ITEMS + "ALTER TABLE items\n    ADD extra int;\n")
                .with("verify/some.sql", "SELECT 1;\n")
                .with(
                        "migrations/003_index.up.sql",
                        "SELECT 1;\n-- in a transaction\nCREATE INDEX orders_item\n" + "    ON orders (item);\n");
        Cli cli = onServer(folder);
        List<String> lines = places(cli, folder);
        String declared = folder.read("schema.yaml");
        assertThat(declared.lines().toList().get(1)).contains("items:");
        assertThat(lines)
                .contains(
                        "drift schema.yaml:2",
                        "violation verify/some.sql:1",
                        "index-not-concurrent migrations/003_index.up.sql:3");

        folder.with("schema.yaml", declared.replace("name: {type: text", "name: {type: uuid"));
        assertThat(places(cli, folder)).contains("drift schema.yaml:5");

        folder.with(
                "migrations/004_wrong name.up.sql",
                "SELECT 1;\n\nSELECT ', script a.sql, line 9' AS x,\n       nowhere\n  FROM items;\n");
        assertThat(places(cli, folder)).contains("up migrations/004_wrong name.up.sql:4");

        folder.with("schema.yaml", declared.replace("primary_key: [id]", "primary_key: [id]\n    colour: red"));
        assertThat(places(cli, folder)).contains("bundle schema.yaml:7");
        folder.with("schema.yaml", declared).with("migrations/004_wrong name.up.sql", "\nBEGIN;\nSELECT 1;\n");
        folder.with("migrations/005_b.up.sql", "SELECT 1;\nROLLBACK;\n");
        assertThat(places(cli, folder))
                .contains(
                        "unreadable-script migrations/004_wrong name.up.sql:2",
                        "unreadable-script migrations/005_b.up.sql:2",
                        "up migrations/004_wrong name.up.sql:2",
                        "up migrations/005_b.up.sql:2");
    }

    private static List<String> places(Cli cli, ScriptFolder folder) {
        App.Result result = cli.fails(ExitStatus.FINDINGS, "check", "--output", "sarif");
        JsonNode sarif = Cli.json(result.out());
        assertThat(SarifSchema.problems(sarif)).isEmpty();
        List<String> places = new ArrayList<>();
        String prefix = "^.*/" + folder.path().getFileName() + "/";
        sarif.at("/runs/0/results").forEach(found -> {
            JsonNode place = found.at("/locations/0/physicalLocation");
            String path = URI.create(place.at("/artifactLocation/uri").asText()).getPath();
            places.add("%s %s:%d"
                    .formatted(
                            found.path("ruleId").asText(),
                            path.replaceFirst(prefix, ""),
                            place.at("/region/startLine").asInt()));
        });
        return places;
    }

    @Test
    void schemaYamlIsRenewedAndKept() {
        ScriptFolder folder = Shop.golangMigrate();
        Cli cli = onServer(folder);
        assertThat(cli.app("new", "Add stock").run().out()).contains("004_add_stock.up.sql");
        assertThat(folder.read("schema/003.yaml")).isEqualTo(folder.read("schema.yaml"));
        folder.with("migrations/004_add_stock.up.sql", "ALTER TABLE items ADD stock int;")
                .with("migrations/004_add_stock.down.sql", "ALTER TABLE items DROP stock;");
        App.Result stale = cli.fails(ExitStatus.FINDINGS, "check");
        assertThat(stale.out()).contains("failed   declared", "column items.stock");
        App.Result renewed = cli.app("check", "--write").run();
        assertThat(renewed.exitCode()).as(renewed.text()).isZero();
        assertThat(folder.read("schema.yaml")).contains("stock:");
        assertThat(folder.read("schema/003.yaml")).doesNotContain("stock");
    }

    @Test
    void withoutAServerTheScriptsAreReadAndComparedWithTheBase() {
        GitFolder git = GitFolder.create()
                .with("db/migrations/001_a.up.sql", "CREATE TABLE a (n int);")
                .with("db/migrations/001_a.down.sql", "DROP TABLE a;")
                .with("db/schema.yaml", "tables: {}\n")
                .commit("one");
        git.run("checkout", "-q", "-b", "feature");
        git.with("db/migrations/002_b.up.sql", "CREATE TABLE b (n int);\nCREATE INDEX i ON a (n);\n")
                .with("db/migrations/004_d.up.sql", "SELECT 1;")
                .with("db/migrations/001_a.up.sql", "CREATE TABLE a (m int);")
                .commit("two");
        git.run("checkout", "-q", "main");
        git.with("db/migrations/003_c.up.sql", "SELECT 1;")
                .with("db/migrations/004_x.up.sql", "SELECT 1;")
                .commit("three");
        git.run("checkout", "-q", "feature");
        ScriptFolder folder = git.files();

        String bundle = folder.path().resolve("db").toString();
        App.Result result = Cli.failed(
                ExitStatus.FINDINGS,
                App.of("check", "--bundle", bundle, "--base", "main", "--output", "json")
                        .run());
        assertThat(steps(result)).contains("failed base branch", "failed lint", "skipped scratch database");
        assertThat(found(result))
                .contains(
                        "error changed-script db/migrations/001_a.up.sql:1",
                        "error out-of-order db/migrations/002_b.up.sql:1",
                        "error version-collision db/migrations/004_d.up.sql:1",
                        "warning stale-schema db/schema.yaml:1",
                        "error index-not-concurrent db/migrations/002_b.up.sql:2",
                        "warning missing-down db/migrations/002_b.up.sql:1");
        assertThat(details(result).at("/findings/0/link").asText())
                .startsWith("https://")
                .contains("/blob/v", "#");

        App.Result sarif = Cli.failed(
                ExitStatus.FINDINGS,
                App.of("check", "--bundle", bundle, "--offline", "--output", "sarif")
                        .run());
        assertThat(SarifSchema.problems(Cli.json(sarif.out()))).isEmpty();
        assertThat(sarif.err()).contains("database: Not contacted.").doesNotContain("scratch database is dropped");
        assertThat(Cli.json(sarif.out())
                        .at("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("db/migrations/002_b.up.sql");
        folder.with("db/migrations/005_e.up.sql", "SELECT 'never closed;");
        App.Result junit = Cli.failed(
                ExitStatus.FINDINGS,
                App.of("check", "--bundle", bundle, "--output", "junit").run());
        assertThat(junit.out()).contains("<testcase classname=\"db\" name=\"lint\"><failure", "005_e.up.sql:1");

        Cli.failed(
                ExitStatus.CONFIG,
                App.of("check", "--bundle", bundle, "--base", "no/such").run());
        Cli.failed(
                ExitStatus.CONFIG,
                App.of("check", "--bundle", bundle, "--write").run());
        Cli.failed(
                ExitStatus.CONFIG, App.of("check", "--bundle", bundle + "/none").run());
        assertThat(App.of("lint", "--bundle", bundle, "--output", "sarif").run().exitCode())
                .isEqualTo(64);
    }
}
