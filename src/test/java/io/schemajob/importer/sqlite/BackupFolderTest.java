package io.schemajob.importer.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupFolderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void removesOwnOldCopiesAndNothingElse() throws IOException {
        BackupFolder backups = new BackupFolder(folder, Path.of("/data/agents.db"));
        Path old = Files.createFile(backups.fresh(NOW.minus(Duration.ofDays(31))));
        Path young = Files.createFile(backups.fresh(NOW.minus(Duration.ofDays(29))));
        Path ofAnother =
                Files.createFile(new BackupFolder(folder, Path.of("tasks.db")).fresh(NOW.minus(Duration.ofDays(31))));
        Path foreign = Files.createFile(folder.resolve("agents.db.schemajob-old.db"));
        Path source = Files.createFile(folder.resolve("agents.db"));
        assertThat(backups.removeOlderThan(Duration.ofDays(30), NOW)).containsExactly(old);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
        assertThat(ofAnother).exists();
        assertThat(foreign).exists();
        assertThat(source).exists();
    }
}
