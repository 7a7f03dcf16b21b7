package io.schemajob.bundle.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.Refusal;
import io.schemajob.bundle.script.Migration;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveSourceTest {
    @TempDir
    Path folder;

    private interface Content {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private Path archive(Content content) {
        Path file = folder.resolve("shop.tar.gz");
        try (OutputStream out = Files.newOutputStream(file);
                TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            content.write(tar);
            tar.finish();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void file(TarArchiveOutputStream tar, String path, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void entry(TarArchiveOutputStream tar, String path, byte type) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path, type, true);
        entry.setLinkName("/etc/passwd");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void zeros(TarArchiveOutputStream tar, String path, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(path);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        byte[] block = new byte[1 << 20];
        for (long written = 0; written < size; written += block.length) {
            tar.write(block, 0, (int) Math.min(block.length, size - written));
        }
        tar.closeArchiveEntry();
    }

    private Failure refusal(Content content) {
        Path file = archive(content);
        return Refusal.of(() -> BundleLoader.load(file.toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "./", "shop/", "./shop/"})
    void aFolderPackedInAnyUsualWayIsRead(String prefix) {
        Path file = archive(tar -> {
            if (!prefix.isEmpty()) {
                entry(tar, prefix, TarConstants.LF_DIR);
            }
            entry(tar, prefix + "migrations/", TarConstants.LF_DIR);
            file(tar, prefix + "migrations/1_a.up.sql", "select 1;");
            file(tar, prefix + "migrations/._1_a.up.sql", "\0 metadata of macOS");
            file(tar, prefix + "schema.yaml", "x: 1");
            file(tar, prefix + "docs/pages/readme.md", "ignored");
        });
        Bundle bundle = BundleLoader.load(file.toString());
        assertThat(bundle.name()).isEqualTo("shop");
        assertThat(bundle.origin()).isEqualTo(file.toString());
        assertThat(bundle.migrations())
                .singleElement()
                .satisfies(migration -> assertThat(migration.up().path()).isEqualTo("migrations/1_a.up.sql"));
        assertThat(bundle.files()).containsOnlyKeys("schema.yaml");
    }

    @Test
    void theFolderMigrationsIsNotMistakenForATopFolder() {
        Path file = archive(tar -> file(tar, "migrations/1_a.up.sql", "select 1;"));
        assertThat(BundleLoader.load(file.toString()).migrations()).hasSize(1);
    }

    @Test
    void theShortSuffixIsKnownToo() throws IOException {
        Path file = archive(tar -> file(tar, "1_a.up.sql", "select 1;"));
        Path renamed = Files.move(file, folder.resolve("store.tgz"));
        assertThat(BundleLoader.load(renamed.toString()).name()).isEqualTo("store");
    }

    @Test
    void longNamesAreRead() {
        String name = "1_" + "long_".repeat(40) + "name.up.sql";
        Path file = archive(tar -> file(tar, "shop/" + name, "select 1;"));
        assertThat(BundleLoader.load(file.toString()).migrations().get(0).up().name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/1_a.up.sql", "//etc/1_a.up.sql"})
    void absolutePathsAreRefused(String path) {
        assertThat(refusal(tar -> file(tar, path, "select 1;")).message())
                .isEqualTo(path + ": the archive holds an absolute path.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../1_a.up.sql", "migrations/../../1_a.up.sql", "a/..", ".."})
    void pathsThatLeadOutAreRefused(String path) {
        assertThat(refusal(tar -> file(tar, path, "select 1;")).message())
                .isEqualTo(path + ": the archive holds a path that leads out of it.");
    }

    @ParameterizedTest
    @ValueSource(
            bytes = {
                TarConstants.LF_SYMLINK,
                TarConstants.LF_LINK,
                TarConstants.LF_CHR,
                TarConstants.LF_BLK,
                TarConstants.LF_FIFO
            })
    void linksAndDevicesAreRefused(byte type) {
        Failure failure = refusal(tar -> {
            file(tar, "1_a.up.sql", "select 1;");
            entry(tar, "notes.txt", type);
        });
        assertThat(failure.message()).startsWith("notes.txt: the archive holds something else than files and folders");
    }

    @Test
    void duplicatesAreRefused() {
        Failure failure = refusal(tar -> {
            file(tar, "1_a.up.sql", "select 1;");
            file(tar, "./1_a.up.sql", "select 2;");
        });
        assertThat(failure.message()).isEqualTo("1_a.up.sql: is in the archive twice.");
    }

    @Test
    void tooManyEntriesAreRefused() {
        Failure failure = refusal(tar -> {
            for (int i = 0; i <= 20_000; i++) {
                file(tar, i + "_a.up.sql", "");
            }
        });
        assertThat(failure.message()).endsWith(": more than 20000 entries, the limit.");
    }

    @Test
    void aHugeScriptIsRefusedByItsName() {
        Failure failure = refusal(tar -> zeros(tar, "migrations/1_a.up.sql", 200L << 20));
        assertThat(failure.message()).isEqualTo("migrations/1_a.up.sql: the file has 200 MiB, the limit is 100 MiB.");
    }

    @Test
    void anArchiveThatUnpacksToTooMuchIsRefused() {
        Failure failure = refusal(tar -> {
            zeros(tar, "a.bin", 129L << 20);
            zeros(tar, "b.bin", 129L << 20);
        });
        assertThat(failure.message()).endsWith("shop.tar.gz: it unpacks to more than 256 MiB, the limit.");
    }

    @Test
    void anArchiveWithoutScriptsIsRefused() {
        assertThat(refusal(tar -> file(tar, "readme.md", "x")).message()).endsWith(": no migration script there.");
    }

    @Test
    void tenThousandScriptsLoadWithoutAMinutesWait() {
        Path file = archive(tar -> {
            for (int i = 1; i <= 10_000; i++) {
                file(tar, "migrations/%05d_step.up.sql".formatted(i), "create table t%d (a int);\n".formatted(i));
            }
        });
        long start = System.nanoTime();
        Bundle bundle = BundleLoader.load(file.toString());
        for (Migration migration : bundle.migrations()) {
            assertThat(bundle.migration(migration.version())).isPresent();
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - start);
        assertThat(bundle.migrations()).hasSize(10_000);
        assertThat(taken).isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void corruptArchivesAreRefused() throws IOException {
        Path file = archive(tar -> file(tar, "1_a.up.sql", "select 1; -- " + new Random(1).nextLong()));
        byte[] sound = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(sound, sound.length / 2));
        assertThat(Refusal.of(() -> BundleLoader.load(file.toString())).message())
                .contains(": not a sound .tar.gz");

        byte[] wrongSum = sound.clone();
        wrongSum[sound.length - 8] ^= 1;
        Files.write(file, wrongSum);
        assertThat(Refusal.of(() -> BundleLoader.load(file.toString())).message())
                .contains(": not a sound .tar.gz");

        Files.write(file, new byte[0]);
        assertThat(Refusal.of(() -> BundleLoader.load(file.toString())).message())
                .contains(": not a sound .tar.gz");
        Files.writeString(file, "no archive at all");
        assertThat(Refusal.of(() -> BundleLoader.load(file.toString())).message())
                .contains(": not a sound .tar.gz");
    }

    /** Only the tar is damaged, so that the damage reaches its reader and is not found by gzip's checksum. */
    @Test
    void noDamageEndsInAnythingButARefusal() throws IOException {
        Path file = archive(tar -> {
            entry(tar, "shop/", TarConstants.LF_DIR);
            file(tar, "shop/" + "1_" + "x".repeat(120) + ".up.sql", "select 1;");
        });
        byte[] tar;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            tar = in.readAllBytes();
        }
        Random random = new Random(42);
        for (int i = 0; i < 500; i++) {
            byte[] damaged = tar.clone();
            for (int j = 0; j <= i % 4; j++) {
                damaged[random.nextInt(3_072)] = (byte) random.nextInt(256);
            }
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(damaged);
            }
            assertThatCode(() -> loadLeniently(file)).doesNotThrowAnyException();
        }
    }

    private static void loadLeniently(Path file) {
        try {
            BundleLoader.load(file.toString());
        } catch (SchemajobException e) {
            assertThat(e.failure().where()).isNotBlank();
        }
    }
}
