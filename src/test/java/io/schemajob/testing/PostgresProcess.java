package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One data directory and the server process that runs on it.
 *
 * <p>The server is the child of a shell that waits for the end of its input: whether this JVM ends well, badly or by
 * SIGKILL, the pipe closes and the shell ends the server. PostgreSQL refuses to run as root, so then it runs as nobody.
 */
final class PostgresProcess {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    /**
     * The word read from the input is the signal to end with: INT is a fast shutdown, QUIT an immediate one. Without a
     * word the JVM is dead, and nobody else will clear the data away.
     */
    private static final String GUARD =
            """
            "$@" & server=$!
            if read -r signal; then
                kill -"$signal" $server
                wait $server
            else
                kill -QUIT $server
                wait $server
                rm -rf "$0"/*
            fi
            """;

    private static final String CONFIGURATION =
            """
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = off
            synchronous_commit = off
            full_page_writes = off
            # What a test finds in the statistics must not depend on when autovacuum comes by.
            autovacuum = off
            max_connections = 100
            shared_buffers = 32MB
            timezone = 'UTC'
            log_timezone = 'UTC'
            """;

    private static final long START_SECONDS = 60;

    static {
        try {
            DataFolders.sweep();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final int major;
    private final Path home;
    private final Path data;
    private final int port;
    private Process guard;

    private PostgresProcess(int major, Path home, Path data) throws IOException {
        this.major = major;
        this.home = home;
        this.data = data;
        this.port = freePort();
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    }

    /** With data that are copied, as making them takes a second of processor time. */
    static PostgresProcess initialise(int major, String user, String password) throws IOException {
        Path home = PostgresBinaries.home(major);
        Path made = cluster(home, user, password);
        PostgresProcess process = new PostgresProcess(major, home, freshFolder(major));
        run("cp", "-a", made + "/.", process.data.toString());
        return process;
    }

    /** Data as {@code initdb} makes them, once a machine for each build of the server. */
    private static synchronized Path cluster(Path home, String user, String password) throws IOException {
        String key = Integer.toHexString((user + ScramVerifier.of(password) + CONFIGURATION).hashCode());
        Path made = home.resolveSibling("cluster-" + home.getFileName() + "-" + key);
        try (FileChannel channel = FileChannel.open(
                        home.resolveSibling("cluster.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var ignored = channel.lock()) {
            if (!Files.exists(made)) {
                Path fresh = Files.createTempDirectory(home.getParent(), "initdb");
                handOver(fresh);
                initdb(home, fresh, user, password);
                append(fresh.resolve("postgresql.conf"), CONFIGURATION);
                Files.move(fresh, made);
            }
        }
        return made;
    }

    private static void initdb(Path home, Path data, String user, String password) throws IOException {
        Path secret = Files.writeString(data.resolveSibling(data.getFileName() + ".pw"), ScramVerifier.of(password));
        handOver(secret);
        run(
                home.resolve("bin/initdb").toString(),
                "--pgdata=" + data,
                "--username=" + user,
                "--pwfile=" + secret,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
        Files.delete(secret);
    }

    int major() {
        return major;
    }

    int port() {
        return port;
    }

    /** A copy of the data of a stopped server. */
    PostgresProcess copy() throws IOException {
        PostgresProcess copy = new PostgresProcess(major, home, freshFolder(major));
        run("cp", "-a", data + "/.", copy.data.toString());
        return copy;
    }

    /** Of a server that has not been started; as {@code initdb --waldir} does it. */
    void moveWal(Path folder) throws IOException {
        Path wal = data.resolve("pg_wal");
        run("sh", "-c", "mv \"$0\"/* \"$1\" && rmdir \"$0\" && ln -s \"$1\" \"$0\"", wal.toString(), folder.toString());
    }

    /** Adds text to a file of the data directory, or makes the file. */
    void append(String file, String text) throws IOException {
        append(data.resolve(file), text);
    }

    private static void append(Path path, String text) throws IOException {
        Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        handOver(path);
    }

    synchronized void start() {
        if (guard != null) {
            return;
        }
        List<String> command = asServerUser("sh", "-c", GUARD, data.toString());
        command.addAll(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString(), "-p", "" + port));
        try {
            guard = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                    .start();
            awaitReady();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void stop() {
        end("INT\n");
    }

    synchronized void abort() {
        end("QUIT\n");
    }

    synchronized void delete() {
        end("QUIT\n");
        TemporaryFolders.delete(data);
        TemporaryFolders.delete(logFile());
    }

    String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end(String signal) {
        if (guard == null) {
            return;
        }
        try (var input = guard.getOutputStream()) {
            input.write(signal.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            // The shell is gone already; its server with it.
        }
        try {
            if (!guard.waitFor(START_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("PostgreSQL does not stop: " + log());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        guard = null;
    }

    /** The last line of {@code postmaster.pid} tells the server's state (src/include/utils/pidfile.h). */
    private void awaitReady() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (System.nanoTime() < deadline && guard.isAlive()) {
            if (Files.exists(pidFile)) {
                List<String> lines = Files.readAllLines(pidFile);
                if (lines.size() >= 8 && lines.get(7).startsWith("ready")) {
                    return;
                }
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }
        String log = log();
        end("QUIT\n");
        throw new IOException("PostgreSQL " + major + " does not start: " + log);
    }

    private Path logFile() {
        return data.resolveSibling(data.getFileName() + ".log");
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(asServerUser(command))
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static List<String> asServerUser(String... command) {
        List<String> whole = new ArrayList<>(ROOT ? AS_NOBODY : List.of());
        whole.addAll(List.of(command));
        return whole;
    }

    private static Path freshFolder(int major) throws IOException {
        Path folder = DataFolders.create(major);
        handOver(folder);
        return folder;
    }

    private static void handOver(Path path) throws IOException {
        if (ROOT) {
            Files.setAttribute(path, "unix:uid", 65534);
            Files.setAttribute(path, "unix:gid", 65534);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
