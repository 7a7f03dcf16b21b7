package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The data of test servers, each folder and file named by the JVM that made it. A JVM clears its own away when it ends;
 * what one left that was killed together with its servers is cleared away by the next, or the disk fills.
 */
final class DataFolders {
    private static final Pattern NAME = Pattern.compile("data-\\d+-(\\d+)-.*");

    private DataFolders() {}

    /** A new, empty folder for a server of this major version. */
    static Path create(int major) throws IOException {
        return Files.createTempDirectory(
                PostgresBinaries.temporaryFolder(),
                "data-" + major + "-" + ProcessHandle.current().pid() + "-");
    }

    /** Deletes what JVMs left that are no more. */
    static void sweep() throws IOException {
        if (!Files.exists(PostgresBinaries.temporaryFolder())) {
            return;
        }
        try (Stream<Path> files = Files.list(PostgresBinaries.temporaryFolder())) {
            List<Path> left = files.filter(DataFolders::isLeft).toList();
            left.forEach(TemporaryFolders::delete);
        } catch (UncheckedIOException e) {
            // Another JVM is clearing away the same, or the guard of a server that has just been killed is.
        }
    }

    private static boolean isLeft(Path path) {
        Matcher name = NAME.matcher(path.getFileName().toString());
        return name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty();
    }
}
