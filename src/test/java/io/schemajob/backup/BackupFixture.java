package io.schemajob.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import io.schemajob.testing.Program;
import io.schemajob.testing.UnixShell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the pod of a backup has: the file with the connection, which our own command has written, and a volume.
 *
 * @param database that is backed up
 * @param file with the connection
 * @param volume that the dumps go to
 */
record BackupFixture(Postgres.Database database, Path file, Path volume) {
    static final Path SCRIPT = Path.of("helm/schemajob/files/backup.sh");
    static final String NAME = "agent-executor";
    static final String DUMP = NAME + "-\\d{8}T\\d{6}Z-\\w{6}\\.dump";

    /** As the init container of a backup leaves it. */
    static BackupFixture of(Path folder, Postgres.Database database) {
        try {
            Path volume = Files.createDirectory(folder.resolve("backups"));
            Path file = folder.resolve("pg_env.sh");
            App.Result written = App.of("credentials", "--file", file.toString())
                    .database(database)
                    .run();
            assertThat(written.exitCode()).as(written.text()).isZero();
            return new BackupFixture(database, file, volume);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The container of the backup, ready to run. */
    Program backup(UnixShell shell, int major, String... tables) {
        return shell.script(PostgresClient.bin(major), SCRIPT).env(settings(tables));
    }

    /** The settings of the script. */
    Map<String, String> settings(String... tables) {
        return Map.of(
                "PG_ENV_FILE", file.toString(),
                "BACKUP_DIR", volume.toString(),
                "BACKUP_NAME", NAME,
                "BACKUP_TABLES", String.join(" ", tables));
    }

    /** Runs a backup that has to succeed, and returns the dump. */
    Path kept(Program backup) {
        List<String> before = files();
        Program.Result result = backup.run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.text()).doesNotContain(database.password());
        List<String> fresh =
                files().stream().filter(name -> !before.contains(name)).toList();
        assertThat(fresh).as(result.text()).singleElement().asString().matches(DUMP);
        return volume.resolve(fresh.get(0));
    }

    /** A backup that ended badly has left the volume as it was, and has not shown the password. */
    void assertNothingKept(Program.Result result, int exitCode, List<String> before) {
        assertThat(result.exitCode()).as(result.text()).isEqualTo(exitCode);
        assertThat(result.text()).contains("ERROR: ").doesNotContain(database.password());
        assertThat(files()).isEqualTo(before);
    }

    /** Everything in the volume, hidden files too. */
    List<String> files() {
        try (Stream<Path> files = Files.list(volume)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
