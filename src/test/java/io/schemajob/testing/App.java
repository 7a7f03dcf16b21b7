package io.schemajob.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.cli.CommandRun;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The packaged application as a process of its own: the jar, or the native executable where the build made one. Its
 * environment is exactly what a test gives it. Every run checks that no password or token that it was given shows up in
 * its arguments, output, termination message or report.
 *
 * <pre>
 * App.Result result = App.of("migrate", "--bundle", "agent-executor").database(db).run();
 * assertThat(result.exitCode()).as(result.text()).isZero();
 * </pre>
 */
public final class App {
    private static final Duration LONGEST_RUN = Duration.ofMinutes(3);
    /** For everybody, as some runs are another user's. */
    private static final Path TERMINATION_LOGS = TemporaryFolders.create("termination");

    /** What Java itself reads. */
    private static final Set<String> OF_A_JVM = Set.of("LC_ALL", "LANG", "TZ", "JAVA_TOOL_OPTIONS");

    /** Many short processes on few cores: the quick compiler is the faster one. */
    static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    static {
        try {
            Files.setPosixFilePermissions(TERMINATION_LOGS, PosixFilePermissions.fromString("rwxrwxrwx"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final List<String> arguments;
    private final Map<String, String> environment = new HashMap<>();
    private final Set<String> secrets = new HashSet<>();

    private final List<String> properties = new ArrayList<>();

    private List<String> starter = List.of();
    private boolean processWanted;

    private App(List<String> arguments, boolean processWanted) {
        this.arguments = arguments;
        this.processWanted = processWanted;
    }

    /** As a process of its own. */
    public static App of(String... arguments) {
        return new App(List.of(arguments), true);
    }

    /**
     * As a command that may run in the JVM of the test, which takes a tenth of the processor time of a process: the same
     * command line, settings, log and exit code. It is a process with {@code -Pfull}, as the native executable, where it is
     * {@linkplain #start() started} or where the test sets something of a JVM.
     */
    public static App command(String... arguments) {
        return new App(List.of(arguments), Matrix.FULL || !isJar());
    }

    public App env(String name, String value) {
        environment.put(name, value);
        processWanted |= OF_A_JVM.contains(name);
        if (!value.isEmpty() && (name.equals("PGPASSWORD") || name.equals("VAULT_TOKEN"))) {
            secrets.add(value);
        }
        return this;
    }

    public App env(Map<String, String> values) {
        values.forEach(this::env);
        return this;
    }

    /** Connects by libpq's variables, as the owner of the database. */
    public App database(Postgres.Database database) {
        return env("PGHOST", "127.0.0.1")
                .env("PGPORT", String.valueOf(database.server().port()))
                .env("PGDATABASE", database.name())
                .env("PGUSER", database.user())
                .env("PGPASSWORD", database.password());
    }

    /** Something that must occur nowhere in what the process prints or writes; passwords and tokens are known already. */
    public App secret(String value) {
        secrets.add(value);
        return this;
    }

    /** Sets a Java property, such as an internal limit that a test cannot wait for. */
    public App property(String name, String value) {
        processWanted = true;
        properties.add("-D" + name + "=" + value);
        return this;
    }

    /** Limits the memory of the process, such as {@code 64m}. */
    public App memory(String heap) {
        processWanted = true;
        properties.add("-Xmx" + heap);
        return this;
    }

    /** For what only a process has, such as streams that are files. */
    public App asProcess() {
        processWanted = true;
        return this;
    }

    /** Is started by another command, which gets ours as its last arguments and becomes it. */
    public App startedBy(List<String> command) {
        processWanted = true;
        starter = List.copyOf(command);
        return this;
    }

    /** Whether it is the jar that is run, and not the executable. */
    public static boolean isJar() {
        return program().endsWith(".jar");
    }

    static String program() {
        return System.getProperty("schemajob.app", "target/quarkus-app/quarkus-run.jar");
    }

    /** Runs to the end; a run that hangs fails the test. */
    public Result run() {
        return processWanted ? start().await() : runHere();
    }

    private Result runHere() {
        environment.putIfAbsent("SCHEMAJOB_TERMINATION_LOG", freshTerminationLog());
        secrets.forEach(secret -> assertThat(arguments).noneMatch(argument -> argument.contains(secret)));
        CommandRun run = CommandRun.of(environment, arguments, LONGEST_RUN);
        return result(run.exitCode(), run.out(), run.err(), environment, secrets);
    }

    private static Result result(
            int exitCode, String out, String err, Map<String, String> environment, Set<String> secrets) {
        Result result = new Result(
                exitCode,
                out,
                err,
                file(environment.get("SCHEMAJOB_TERMINATION_LOG")),
                file(environment.get("SCHEMAJOB_REPORT")));
        for (String secret : secrets) {
            assertThat(result.text() + result.termination() + result.report())
                    .as("no secret in any output")
                    .doesNotContain(secret);
        }
        return result;
    }

    private static String file(String name) {
        try {
            return name != null && Files.isRegularFile(Path.of(name)) ? Files.readString(Path.of(name)) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts and returns at once. */
    public Running start() {
        try {
            environment.putIfAbsent("SCHEMAJOB_TERMINATION_LOG", freshTerminationLog());
            secrets.forEach(secret -> assertThat(commandLine()).noneMatch(argument -> argument.contains(secret)));
            ProcessBuilder builder = new ProcessBuilder(commandLine());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.redirectInput(
                    ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            return new Running(builder.start(), Map.copyOf(environment), Set.copyOf(secrets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String freshTerminationLog() {
        return TERMINATION_LOGS.resolve(NUMBER.incrementAndGet() + ".json").toString();
    }

    /** The Java that runs the tests runs the jar too. */
    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /** Java, for many short runs of this jar. */
    static List<String> jvm(Path jar) {
        List<String> line = new ArrayList<>(List.of(java().toString()));
        line.addAll(QUICK);
        line.addAll(ClassArchive.options(jar));
        return line;
    }

    private List<String> commandLine() {
        String app = program();
        List<String> line = new ArrayList<>(starter);
        if (app.endsWith(".jar")) {
            // Java does not use an archive that was made of the same jar under another name.
            Path jar = Path.of(app).toAbsolutePath();
            line.addAll(jvm(jar));
            line.addAll(properties);
            line.add("-jar");
            line.add(jar.toString());
        } else {
            line.add(app);
            line.addAll(properties);
        }
        line.addAll(arguments);
        return line;
    }

    /** A process that has not ended yet. */
    public static final class Running {
        private final Process process;
        private final Map<String, String> environment;
        private final Set<String> secrets;
        private final Pump out;
        private final Pump err;

        private Running(Process process, Map<String, String> environment, Set<String> secrets) {
            this.process = process;
            this.environment = environment;
            this.secrets = secrets;
            this.out = new Pump(process.getInputStream());
            this.err = new Pump(process.getErrorStream());
        }

        public Process process() {
            return process;
        }

        /** What it has printed so far, standard output first. */
        public String text() {
            return out.text() + err.text();
        }

        /** Waits until it has printed the words. */
        public Running awaitText(String words) {
            long end = System.nanoTime() + LONGEST_RUN.toNanos();
            while (!text().contains(words)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new AssertionError("\"" + words + "\" was never printed:\n" + text());
                }
                pause();
            }
            return this;
        }

        /** SIGTERM, as Kubernetes sends it. Through the handle, as {@code Process.destroy} would close the output. */
        public Running terminate() {
            process.toHandle().destroy();
            return this;
        }

        /** SIGINT, as Ctrl-C sends it. */
        public Running interrupt() {
            return signal("INT");
        }

        /** Any signal, by its name without SIG. */
        public Running signal(String name) {
            try {
                new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid())
                        .start()
                        .waitFor();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** SIGKILL. */
        public Running kill() {
            process.toHandle().destroyForcibly();
            return this;
        }

        public Result await() {
            try {
                if (!process.waitFor(LONGEST_RUN.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError("The run did not end within " + LONGEST_RUN + ":\n" + text());
                }
                out.join();
                err.join();
                return result(process.exitValue(), out.text(), err.text(), environment, secrets);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static void pause() {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /**
     * How a run ended.
     *
     * @param termination the termination message, or null if none was written
     * @param report the report file, or null if none was asked for
     */
    public record Result(int exitCode, String out, String err, String termination, String report) {
        /** Everything it printed, standard output first. */
        public String text() {
            return out + err;
        }
    }

    /** Empties a pipe, so that the process never waits for its reader. */
    private static final class Pump extends Thread {
        private final InputStream in;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Pump(InputStream in) {
            this.in = in;
            setDaemon(true);
            start();
        }

        @Override
        public void run() {
            try {
                byte[] buffer = new byte[8192];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (bytes) {
                        bytes.write(buffer, 0, n);
                    }
                }
            } catch (IOException e) {
                // The process was killed.
            }
        }

        String text() {
            synchronized (bytes) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
        }
    }
}
