package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.ScriptFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a run: the log as JSON, metrics, and what a statement does that takes long. */
class MonitoringIT {
    private static final Path SCHEMA = Path.of("docs/json-log.schema.json");
    private static final Pattern METRIC =
            Pattern.compile("(\\w+)\\{command=\"([^\"]*)\",bundle=\"([^\"]*)\"(,version=\"[^\"]*\")?} (-?[0-9.]+)");

    private final Postgres.Database db = Postgres.version(16).createDatabase();

    @TempDir
    Path folder;

    /** Every event of the schema occurs, and no line has a field that the schema does not know. */
    @Test
    void everyLineOfTheJsonLogIsAsTheSchemaSays() throws IOException {
        ScriptFolder scripts = ScriptFolder.create()
                .with(
                        "migrations/001_first.up.sql",
                        "CREATE TABLE first (n int); DO $$ BEGIN RAISE NOTICE 'said'; END $$;")
                .with("migrations/002_second.up.sql", "SELECT 1 / 0;")
                .with("bundle.yaml", "name: shop\n");
        Set<String> events = new TreeSet<>(
                events(scripts.migrate(db, "--log-format", "json", "--verbose").run()));
        scripts.with("migrations/002_second.up.sql", "CREATE TABLE second (n int);");
        events.addAll(events(scripts.migrate(db, "--log-format", "json").run()));
        Path targets = Files.writeString(folder.resolve("targets.yaml"), "targets:\n- {name: alpha, schema: alpha}\n");
        events.addAll(events(App.command(
                        "fleet",
                        "migrate",
                        "--targets",
                        targets.toString(),
                        "--log-format",
                        "json",
                        "--bundle",
                        scripts.path().toString())
                .database(db)
                .run()));
        // Progress needs rows that take seconds; its fields are held by ProgressTest and ConsoleLogTest.
        assertThat(events).contains("step", "detail", "output", "debug", "failure");
    }

    private static List<String> events(App.Result result) throws IOException {
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(Files.readString(SCHEMA));
        List<String> lines = (result.out() + result.err()).lines().toList();
        assertThat(lines).isNotEmpty();
        for (String line : lines) {
            assertThat(schema.validate(line, InputFormat.JSON)).as(line).isEmpty();
        }
        return lines.stream()
                .map(Cli::json)
                .map(line -> line.path("event").asText())
                .toList();
    }

    @Test
    void metricsAreWhatTheRunReports() throws IOException {
        ScriptFolder scripts = ScriptFolder.create()
                .with("migrations/001_first.up.sql", "CREATE TABLE first (n int);")
                .with("schema.yaml", "tables: {first: {columns: {n: {type: integer}}}}")
                .with("bundle.yaml", "name: shop\n");
        Path file = folder.resolve("schemajob.prom");
        App.Result done = scripts.migrate(db, "--metrics-file", file.toString()).run();
        assertThat(done.exitCode()).as(done.text()).isZero();
        Map<String, Double> metrics = metrics(file);
        assertThat(metrics)
                .containsEntry("schemajob_exit_code", 0.0)
                .containsEntry("schemajob_success", 1.0)
                .containsEntry("schemajob_scripts", 1.0)
                .containsEntry("schemajob_verified", 1.0)
                .containsEntry("schemajob_drift", 0.0)
                .containsKeys("schemajob_duration_seconds", "schemajob_end_timestamp_seconds");
        assertThat(Files.readString(file)).contains("command=\"migrate\",bundle=\"shop\",version=\"001\"} 1\n");

        db.execute("ALTER TABLE first ALTER COLUMN n TYPE bigint");
        App.Result drift = scripts.migrate(db)
                .env("SCHEMAJOB_METRICS_FILE", file.toString())
                .run();
        JsonNode message = Cli.json(drift.termination());
        assertThat(metrics(file))
                .containsEntry("schemajob_exit_code", (double) drift.exitCode())
                .containsEntry("schemajob_success", 0.0)
                .containsEntry("schemajob_verified", 0.0)
                .containsEntry("schemajob_drift", message.path("drift").asDouble())
                .containsEntry("schemajob_scripts", 0.0);

        App.Result nowhere = scripts.migrate(
                        db, "--metrics-file", folder.resolve("no/such/folder").toString())
                .run();
        assertThat(nowhere.exitCode()).isEqualTo(drift.exitCode());
        assertThat(nowhere.err()).contains("WARNING: The file of metrics could not be written");
    }

    private static Map<String, Double> metrics(Path file) throws IOException {
        String text = Files.readString(file);
        assertThat(text).endsWith("# EOF\n");
        Set<String> typed = new HashSet<>();
        Map<String, Double> values = new TreeMap<>();
        for (String line : text.lines().toList()) {
            Matcher metric = METRIC.matcher(line);
            if (line.startsWith("# TYPE ")) {
                assertThat(typed.add(line.split(" ")[2]))
                        .as("told once: " + line)
                        .isTrue();
            } else if (!line.startsWith("#")) {
                assertThat(metric.matches()).as(line).isTrue();
                assertThat(typed).contains(metric.group(1));
                values.put(metric.group(1), Double.valueOf(metric.group(5)));
            }
        }
        return values;
    }

    /** One waits for a table that somebody has locked, one for the end of somebody's transaction. */
    @Test
    void aStatementThatTakesLongIsTold() {
        Postgres.Database other = Postgres.version(18).createDatabase();
        ScriptFolder alter = ScriptFolder.create().with("001_busy.up.sql", "CREATE TABLE busy (n int);");
        ScriptFolder index = ScriptFolder.create().with("001_busy.up.sql", "CREATE TABLE busy (n int);");
        assertThat(alter.migrate(db).run().exitCode()).isZero();
        assertThat(index.migrate(other).run().exitCode()).isZero();
        alter.with("002_alter.up.sql", "ALTER TABLE busy ADD COLUMN m int;");
        index.with("002_index.up.sql", "CREATE INDEX CONCURRENTLY busy_n ON busy (n);");
        try (OtherSession locks = OtherSession.of(db);
                OtherSession writes = OtherSession.of(other)) {
            locks.execute("SET application_name = 'shop'", "BEGIN", "LOCK TABLE busy IN ACCESS SHARE MODE");
            writes.execute("SET application_name = 'shop'", "BEGIN", "INSERT INTO busy VALUES (1)");
            CompletableFuture<App.Result> altered =
                    CompletableFuture.supplyAsync(() -> tried(alter, db, "--lock-timeout", "7s"));
            CompletableFuture<App.Result> indexed = CompletableFuture.supplyAsync(() -> tried(index, other));
            sleep(6_500);
            writes.execute("COMMIT");
            App.Result waited = altered.join();
            assertThat(waited.exitCode()).as(waited.text()).isEqualTo(75);
            assertThat(waited.text())
                    .containsPattern(
                            "The statement has run for \\d s: waits for AccessExclusiveLock on busy, in the way"
                                    + " of which is pid \\d+, application shop")
                    // And the failure, as after a retry.
                    .containsPattern("it waited for AccessExclusiveLock on busy, in the way of which was pid \\d+");
            App.Result built = indexed.join();
            assertThat(built.exitCode()).as(built.text()).isZero();
            assertThat(built.text())
                    .containsPattern("The statement has run for \\d s: waits for ShareLock on virtualxid, in the way of"
                            + " which is pid \\d+, application shop.*; create index concurrently: waiting for writers"
                            + " before build, 0 of 1 \\(0 %\\)");
        }
    }

    private static App.Result tried(ScriptFolder scripts, Postgres.Database database, String... more) {
        String[] line = new String[more.length + 2];
        line[0] = "--lock-retries";
        line[1] = "1";
        System.arraycopy(more, 0, line, 2, more.length);
        return scripts.migrate(database, line).run();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
