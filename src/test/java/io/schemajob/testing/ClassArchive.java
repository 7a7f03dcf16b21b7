package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * An archive of the classes that a migration loads (AppCDS), made once for each build of the jar: a process that starts with
 * it takes a third less of processor time. Forks that come at once make one.
 */
final class ClassArchive {
    private static final long LONGEST_SECONDS = 60;
    private static final ConcurrentHashMap<Path, List<String>> OPTIONS = new ConcurrentHashMap<>();

    private ClassArchive() {}

    /** What Java is to be started with. */
    static List<String> options(Path jar) {
        return OPTIONS.computeIfAbsent(jar, ClassArchive::find);
    }

    private static List<String> find(Path jar) {
        try {
            Path folder =
                    Files.createDirectories(jar.toAbsolutePath().getParent().resolveSibling("class-archive"));
            Path archive = folder.resolve(key(jar) + ".jsa");
            if (!Files.exists(archive)) {
                make(jar, archive);
            }
            // Whatever Java has to say of an archive is no output of the program.
            return List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Other for another build and another Java. */
    private static String key(Path jar) throws IOException {
        long key = System.getProperty("java.vm.version").hashCode();
        try (Stream<Path> files = Files.walk(jar.toAbsolutePath().getParent())) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                key = 31 * key + Files.getLastModifiedTime(file).toMillis();
                key = 31 * key + Files.size(file);
            }
        }
        return Long.toHexString(key);
    }

    private static void make(Path jar, Path archive) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        archive.resolveSibling("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (Files.exists(archive)) {
                return;
            }
            try (Stream<Path> files = Files.list(archive.getParent())) {
                for (Path old :
                        files.filter(file -> file.toString().endsWith(".jsa")).toList()) {
                    Files.delete(old);
                }
            }
            Path half = archive.resolveSibling("half");
            Files.deleteIfExists(half);
            train(jar, half);
            Files.move(half, archive, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** A run that meets most of what runs do: a connection, Flyway, the catalog and its comparison. */
    private static void train(Path jar, Path archive) throws IOException {
        List<String> line = new ArrayList<>(List.of(App.java().toString()));
        line.addAll(App.QUICK);
        line.addAll(List.of("-XX:ArchiveClassesAtExit=" + archive, "-Xlog:disable", "-jar", jar.toString()));
        line.addAll(List.of("migrate", "--bundle", "agent-executor", "--termination-log", "/dev/null"));
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().clear();
        builder.environment()
                .putAll(JobRun.environment(Postgres.version(Postgres.NEWEST).createDatabase()));
        Path output = archive.resolveSibling("training.log");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            if (!Files.exists(archive)) {
                throw new IllegalStateException("Java made no archive of the classes: " + Files.readString(output));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
