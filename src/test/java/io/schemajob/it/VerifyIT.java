package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code verify} and the last step of {@code migrate}, as a pod ends; what is compared is tried in the catalog's tests. */
class VerifyIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void noFalseAlarmAndEveryDamageNamedOnEveryVersion(int major) throws Exception {
        Postgres.Database database = migrated(major);
        App.Result clean = verify(database, "--output", "json").run();
        assertThat(clean.exitCode()).as(clean.text()).isZero();
        assertThat(new ObjectMapper().readTree(clean.out()).path("findings")).isEmpty();
        database.execute(
                """
                ALTER TABLE checkpoints DROP COLUMN parent_checkpoint_id;
                ALTER TABLE checkpoints ALTER COLUMN metadata DROP DEFAULT;
                ALTER TABLE checkpoint_writes ALTER COLUMN idx TYPE bigint;
                ALTER TABLE checkpoint_writes ALTER COLUMN channel DROP NOT NULL;
                ALTER TABLE checkpoint_blobs DROP CONSTRAINT checkpoint_blobs_pkey;
                DROP INDEX checkpoint_writes_thread_id_idx;
                DROP INDEX checkpoint_blobs_thread_id_idx;
                CREATE INDEX checkpoint_blobs_thread_id_idx ON checkpoint_blobs (channel);
                DELETE FROM checkpoint_migrations;
                """);
        App.Result damaged = verify(database, "--output", "json").run();
        assertThat(damaged.exitCode()).as(damaged.text()).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
        JsonNode report = new ObjectMapper().readTree(damaged.out());
        assertThat(report.path("verified").asBoolean(true)).isFalse();
        assertThat(report.path("drift").asInt()).isEqualTo(8);
        assertThat(report.path("findings").toString())
                .contains("checkpoints.parent_checkpoint_id")
                .contains("checkpoints.metadata")
                .contains("checkpoint_writes.idx")
                .contains("checkpoint_writes.channel")
                .contains("primary key")
                .contains("checkpoint_writes_thread_id_idx")
                .contains("checkpoint_blobs_thread_id_idx")
                .contains("checkpoint_migrations");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM checkpoint_migrations | checkpoint_migrations",
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'checkpoints_thread_id_idx'::regclass"
                        + " | checkpoints_thread_id_idx",
            })
    void driftFailsAMigrationThatHadNothingToDo(String damage, String named) throws Exception {
        Postgres.Database database = migrated(16);
        try (var administrator = database.superuser();
                var statement = administrator.createStatement()) {
            statement.execute(damage);
        }
        App.Result result = App.command("migrate", "--bundle", "agent-executor")
                .database(database)
                .run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
        assertThat(result.err()).contains(named).contains("next:");
        assertThat(result.out()).contains("already applied. Skipping.").contains(named);
        App.Result unverified = App.command("migrate", "--bundle", "agent-executor", "--no-verify")
                .database(database)
                .run();
        assertThat(unverified.exitCode()).as(unverified.text()).isZero();
    }

    @Test
    void aForeignOwnerIsDriftWhenAnOwnerRoleIsSet() throws Exception {
        Postgres.Database database = migrated(16);
        try (var administrator = database.superuser();
                var statement = administrator.createStatement()) {
            statement.execute("ALTER TABLE checkpoint_blobs OWNER TO postgres");
            statement.execute("GRANT ALL ON checkpoint_blobs TO " + database.user());
        }
        assertThat(verify(database).run().exitCode()).isZero();
        App.Result result = verify(database, "--owner-role", database.user()).run();
        assertThat(result.exitCode()).as(result.text()).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
        assertThat(result.err()).contains("checkpoint_blobs").contains("owner");
    }

    @Test
    void checksOfTheBundleAndUndeclaredVersions() throws Exception {
        Files.createDirectories(folder.resolve("migrations"));
        Files.createDirectories(folder.resolve("verify"));
        Files.writeString(
                folder.resolve("migrations/001_a.up.sql"), "CREATE TABLE a (n int); INSERT INTO a VALUES (7);");
        Files.writeString(folder.resolve("migrations/002_b.up.sql"), "CREATE TABLE b (n int);");
        Files.writeString(folder.resolve("verify/small.sql"), "SELECT n AS too_big FROM a WHERE n > 5");
        Files.writeString(
                folder.resolve("schema.yaml"),
                "tables: {a: {columns: {n: {type: int}}}, b: {columns: {n: {type: int}}}}");
        Postgres.Database database = Postgres.version(16).createDatabase();
        App.Result first = App.command("migrate", "001", "--bundle", folder.toString())
                .database(database)
                .run();
        assertThat(first.exitCode()).as(first.text()).isZero();
        assertThat(first.out()).contains("Nothing is declared for version 001");
        App.Result head =
                App.command("--bundle", folder.toString()).database(database).run();
        assertThat(head.exitCode()).as(head.text()).isEqualTo(ExitStatus.VERIFICATION_FAILED.code());
        assertThat(head.text()).contains("verify/small.sql").contains("too_big=7");
        database.execute("UPDATE a SET n = 1");
        App.Result mended = App.command("verify", "--bundle", folder.toString())
                .database(database)
                .run();
        assertThat(mended.exitCode()).as(mended.text()).isZero();
        assertThat(mended.out()).contains("All 2 tables verified successfully");

        Files.delete(folder.resolve("schema.yaml"));
        App.Result checked = App.command("verify", "--bundle", folder.toString())
                .database(database)
                .run();
        assertThat(checked.exitCode()).as(checked.text()).isZero();
        assertThat(checked.out())
                .contains("Nothing is declared for version 002; running the checks alone")
                .contains("0 extension(s) are there, 1 check(s) found nothing; the schema was not compared")
                .doesNotContain("nothing was compared", "successfully");
        assertThat(checked.termination()).contains("\"verified\":null");
        Files.writeString(folder.resolve("schema.yaml"), "tables: {}");
        App.Result empty = App.command("verify", "--bundle", folder.toString())
                .database(database)
                .run();
        assertThat(empty.out()).contains("The declared schema is empty");
        assertThat(empty.termination()).contains("\"verified\":null");
    }

    @Test
    void aSnapshotDeclaresWhatIsThere() throws Exception {
        Postgres.Database database = migrated(16);
        database.execute("ALTER TABLE checkpoints ADD COLUMN note text NOT NULL DEFAULT 'none'");
        Path bundle = folder.resolve("own");
        Files.createDirectories(bundle);
        Files.writeString(bundle.resolve("001_own.up.sql"), "SELECT 1;");
        App.Result written = App.command("snapshot", "--bundle", bundle.toString(), "--rows", "checkpoint_migrations")
                .database(database)
                .run();
        assertThat(written.exitCode()).as(written.text()).isZero();
        Files.writeString(bundle.resolve("schema.yaml"), written.out());
        assertThat(written.out()).contains("note: {type: text, nullable: false, default: \"'none'\"}");
        database.execute("DROP TABLE flyway_schema_history");
        App.Result clean = App.command("verify", "--bundle", bundle.toString())
                .database(database)
                .run();
        assertThat(clean.exitCode()).as(clean.text()).isZero();
    }

    private static Postgres.Database migrated(int major) {
        Postgres.Database database = Postgres.version(major).createDatabase();
        App.Result result = App.command("migrate", "--bundle", "agent-executor")
                .database(database)
                .run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        return database;
    }

    private static App verify(Postgres.Database database, String... options) {
        String[] arguments = new String[options.length + 3];
        System.arraycopy(new String[] {"verify", "--bundle", "agent-executor"}, 0, arguments, 0, 3);
        System.arraycopy(options, 0, arguments, 3, options.length);
        return App.command(arguments).database(database);
    }
}
