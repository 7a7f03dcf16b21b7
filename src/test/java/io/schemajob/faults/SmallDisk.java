package io.schemajob.faults;

import io.schemajob.testing.Postgres;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file system in memory, which can be filled: with room for one database, the write-ahead log of which is elsewhere, as on a server that
 * survives this; or with room for a write-ahead log.
 */
final class SmallDisk implements AutoCloseable {
    private static final String TABLESPACE = "small";
    private static final boolean POSSIBLE = tried();

    private final Path folder;
    private final Path filler;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /** Whether this machine lets us mount one. */
    static boolean possible() {
        return POSSIBLE;
    }

    private static boolean tried() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return false;
        }
        Path folder = TemporaryFolders.create("small-disk");
        boolean possible = mount(folder) && unmount(folder);
        TemporaryFolders.delete(folder);
        return possible;
    }

    static SmallDisk create() {
        Path folder = TemporaryFolders.create("small-disk");
        if (!mount(folder)) {
            throw new IllegalStateException("cannot mount");
        }
        return new SmallDisk(folder);
    }

    /** As a tablespace. */
    static SmallDisk of(Postgres server) {
        SmallDisk disk = create();
        server.superuserExecute("CREATE TABLESPACE " + TABLESPACE + " LOCATION '" + disk.folder + "'");
        return disk;
    }

    Path folder() {
        return folder;
    }

    /** For CREATE DATABASE. */
    static String clause() {
        return " TABLESPACE " + TABLESPACE;
    }

    void fill() {
        byte[] block = new byte[4096];
        try (OutputStream file = Files.newOutputStream(filler)) {
            while (true) {
                file.write(block);
            }
        } catch (IOException e) {
            // No space left on device.
        }
    }

    void empty() {
        try {
            Files.deleteIfExists(filler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a server that has ended. */
    @Override
    public void close() {
        unmount(folder);
        TemporaryFolders.delete(folder);
    }

    private static boolean mount(Path folder) {
        return execute(
                "mount", "-t", "tmpfs", "-o", "size=64m,mode=700,uid=65534,gid=65534", "none", folder.toString());
    }

    private static boolean unmount(Path folder) {
        return execute("umount", "-l", folder.toString());
    }

    private static boolean execute(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
