package io.schemajob.testing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real golang-migrate, built below {@code target/go} once, working on the scripts of a bundle. */
public final class GolangMigrate {
    private static final String VERSION = "v4.20.0";
    private static final Path FOLDER = Path.of(System.getProperty("basedir", "."), "target", "go", VERSION)
            .toAbsolutePath()
            .normalize();
    private static final Path BINARY = FOLDER.resolve("migrate");

    private final Path scripts;
    private final Postgres.Database database;

    private GolangMigrate(Path scripts, Postgres.Database database) {
        this.scripts = scripts;
        this.database = database;
    }

    /** On these scripts and this database; skips the test where the tool cannot be built. */
    public static GolangMigrate on(Path scripts, Postgres.Database database) {
        build();
        return new GolangMigrate(scripts, database);
    }

    /** Runs a command that has to succeed and returns what it prints. */
    public String run(String... arguments) {
        Outcome outcome = outcome(arguments);
        if (outcome.exitCode != 0) {
            throw new AssertionError("migrate " + String.join(" ", arguments) + ": " + outcome.output);
        }
        return outcome.output;
    }

    /** Runs a command that has to fail. */
    public String fails(String... arguments) {
        Outcome outcome = outcome(arguments);
        if (outcome.exitCode == 0) {
            throw new AssertionError("migrate " + String.join(" ", arguments) + " succeeded: " + outcome.output);
        }
        return outcome.output;
    }

    private Outcome outcome(String... arguments) {
        String url = "postgres://%s:%s@127.0.0.1:%d/%s?sslmode=disable"
                .formatted(
                        database.user(), database.password(), database.server().port(), database.name());
        List<String> line = new ArrayList<>(List.of(BINARY.toString(), "-path", scripts.toString(), "-database", url));
        line.addAll(List.of(arguments));
        try {
            return execute(new ProcessBuilder(line));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private record Outcome(int exitCode, String output) {}

    private static synchronized void build() {
        if (Files.isExecutable(BINARY)) {
            return;
        }
        try {
            Files.createDirectories(FOLDER);
            try (FileChannel channel = FileChannel.open(
                            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid() && !Files.isExecutable(BINARY)) {
                    install();
                }
            }
        } catch (IOException e) {
            throw Parts.missing("golang-migrate, which cannot be built (" + e.getMessage() + "),");
        }
    }

    private static void install() throws IOException {
        ProcessBuilder go = new ProcessBuilder(
                GoToolchain.program().toString(),
                "install",
                "-tags",
                "postgres",
                "github.com/golang-migrate/migrate/v4/cmd/migrate@" + VERSION);
        go.directory(FOLDER.toFile());
        go.environment().put("GOBIN", FOLDER.toString());
        Outcome outcome = execute(go);
        if (outcome.exitCode != 0) {
            throw new IOException(outcome.output);
        }
    }

    private static Outcome execute(ProcessBuilder builder) throws IOException {
        Path log = Files.createTempFile("golang-migrate", ".log");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        try {
            if (!process.waitFor(10, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IOException(builder.command().get(0) + " did not end within ten minutes");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        String output = Files.readString(log).strip();
        Files.delete(log);
        return new Outcome(process.exitValue(), output);
    }
}
