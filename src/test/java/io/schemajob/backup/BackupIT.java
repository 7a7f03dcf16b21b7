package io.schemajob.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.App;
import io.schemajob.testing.CatalogText;
import io.schemajob.testing.DocBlock;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.PgVector;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import io.schemajob.testing.SchemajobCommand;
import io.schemajob.testing.UnixShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A backup of each bundle, restored as docs/backup.md says, has the same rows and the same catalog. */
class BackupIT {
    private static final String PAGE = "docs/backup.md";

    /** What our own statements about the rows of each bundle are: every kind of value that could suffer on the way. */
    private static final Map<String, String> ROWS = Map.of(
            "agent-executor",
            """
            INSERT INTO checkpoints (thread_id, checkpoint_id, checkpoint, metadata)
            SELECT 'thread ' || n, 'c' || n, jsonb_build_object('n', n, 'text', repeat('ä€漢🔑"\\ ', 20)), '{"a": null}'
            FROM generate_series(1, 2000) n;
            INSERT INTO checkpoint_blobs (thread_id, channel, version, type, blob)
            SELECT 't', 'messages', n::text, 'msgpack', decode(repeat('00ff0a5c27', n), 'hex') FROM generate_series(1, 300) n;
            INSERT INTO checkpoint_blobs (thread_id, channel, version, type) VALUES (E'\\t\\\\N\\n''', 'null', '1', 'empty');
            INSERT INTO checkpoint_writes (thread_id, checkpoint_id, task_id, idx, channel, blob)
            SELECT 't', 'c', 'task', n, 'x', '' FROM generate_series(1, 50) n
            """,
            "agent-platform",
            """
            INSERT INTO agents (name, agent_type) SELECT 'agent ' || n, 'master_operator' FROM generate_series(1, 30) n;
            INSERT INTO workflows (name, definition, created_by, tags)
            SELECT 'flow of ' || name, '{"steps": [1, 2]}', id, ARRAY['a b', 'c,d', NULL, '"'] FROM agents;
            INSERT INTO tasks (title, assigned_agent_id, workflow_id) SELECT 'Übung ' || name, created_by, id FROM workflows
            """,
            "bindu",
            """
            INSERT INTO contexts (id) VALUES ('00000000-0000-0000-0000-000000000001');
            INSERT INTO tasks (id, context_id, kind, state, state_timestamp)
            SELECT gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'task', 'submitted',
                   timestamptz '2024-12-07 00:00:00.123456+02' + n * interval '1 day' FROM generate_series(1, 40) n;
            INSERT INTO task_feedback (task_id, feedback_data) SELECT id, '{"stars": 5}' FROM tasks
            """,
            "minion",
            """
            INSERT INTO agents (name, temperature) SELECT 'minion ' || n, 0.35 FROM generate_series(1, 20) n;
            INSERT INTO memories (agent_id, key, content, embedding)
            SELECT id, 'k', 'remember ' || name, array_fill(0.1::real, ARRAY[1536])::vector FROM agents;
            INSERT INTO sessions (agent_id, expires_at) SELECT id, now() + interval '1 hour' FROM agents;
            INSERT INTO metrics (agent_id, metric_name, metric_type, value) SELECT id, 'm', 'gauge', 1e-300 FROM agents
            """);

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"BUSYBOX, agent-executor, 18", "DEBIAN, agent-platform, 16", "DEBIAN, bindu, 18", "DEBIAN, minion, 16"})
    void restoresWithEqualContent(UnixShell shell, String bundle, int major) throws Exception {
        Postgres.Database original = database(bundle, major);
        migrate(bundle, original);
        try (OtherSession application = OtherSession.of(original)) {
            application.execute(ROWS.get(bundle));
        }
        BackupFixture room = BackupFixture.of(folder, original);
        Path dump = room.kept(room.backup(shell, major, tables(bundle).toArray(String[]::new)));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dump)))
                .isEqualTo("rw-------");

        Postgres.Database empty = database(bundle, major);
        Program.Result restored = restore(bundle, major, dump, empty);

        assertThat(restored.exitCode()).as(restored.text()).isZero();
        assertThat(rows(bundle, empty)).isEqualTo(rows(bundle, original));
        assertThat(catalog(empty)).isEqualTo(catalog(original));
    }

    /** The page gives the value of BACKUP_TABLES for each bundle, and it is all that the bundle declares. */
    @Test
    void theListsOfTheDocsAreComplete() {
        for (String bundle : BundleLoader.builtInNames()) {
            Schema schema = SchemaYaml.read(
                    BundleLoader.load(bundle).file("schema.yaml").orElseThrow());
            assertThat(tables(bundle))
                    .contains("public.flyway_schema_history")
                    .hasSize(schema.tables().size() + 1)
                    .containsAll(schema.tables().keySet().stream()
                            .map(name -> "public." + name)
                            .toList());
        }
    }

    private Program.Result restore(String bundle, int major, Path dump, Postgres.Database target) throws IOException {
        Path block = Files.writeString(
                folder.resolve("restore.sh"), "set -e\n" + DocBlock.text(PAGE, BackupIT.class, "restore"));
        Path commands = SchemajobCommand.in(folder.resolve("bin"));
        StringBuilder connection = new StringBuilder();
        PostgresClient.environment(target)
                .forEach((name, value) -> connection.append("export %s='%s'%n".formatted(name, value)));
        Path file = Files.writeString(folder.resolve("target.sh"), connection);
        return Program.of("/bin/sh", block.toString())
                .in(folder)
                .env("PATH", commands + ":" + PostgresClient.bin(major) + ":/usr/bin:/bin")
                .env("SCHEMAJOB_BUNDLE", bundle)
                .env("PG_ENV_FILE", file.toString())
                .env("BACKUP_TABLES", String.join(" ", tables(bundle)))
                .env("DUMP", dump.toString())
                .run();
    }

    private static Postgres.Database database(String bundle, int major) throws Exception {
        Postgres.Database database = Postgres.version(major).createDatabase();
        if (bundle.equals("minion")) {
            PgVector.install(major);
            try (OtherSession administrator = OtherSession.ofSuperuser(database)) {
                administrator.execute("CREATE EXTENSION vector");
            }
        }
        return database;
    }

    private static void migrate(String bundle, Postgres.Database database) {
        App.Result result =
                App.of("migrate", "--bundle", bundle).database(database).run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    /** As the page lists them. */
    private static List<String> tables(String bundle) {
        Matcher row =
                Pattern.compile("(?m)^\\| `" + bundle + "` \\| `([^`]+)` \\|$").matcher(page());
        assertThat(row.find()).as(bundle).isTrue();
        return List.of(row.group(1).split(" "));
    }

    private static String page() {
        try {
            return Files.readString(Path.of(PAGE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, List<String>> rows(String bundle, Postgres.Database database) {
        Map<String, List<String>> rows = new TreeMap<>();
        try (OtherSession session = OtherSession.of(database)) {
            for (String table : tables(bundle)) {
                rows.put(table, session.rows("SELECT t::text FROM " + table + " t ORDER BY 1"));
            }
            if (bundle.equals("bindu")) {
                rows.put("sequence", session.rows("SELECT last_value, is_called FROM task_feedback_id_seq"));
            }
        }
        return rows;
    }

    private static List<String> catalog(Postgres.Database database) {
        return CatalogText.of(database).stream()
                .map(line -> line.replace(database.user(), "OWNER"))
                .sorted()
                .toList();
    }
}
