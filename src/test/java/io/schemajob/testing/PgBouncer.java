package io.schemajob.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real PgBouncer (Debian package {@code pgbouncer}) in front of one database, on the loopback interface. It refuses to
 * run as root, so then it runs as nobody. It ends with this JVM, even a killed one, as its input is a pipe that a shell
 * watches.
 */
public final class PgBouncer implements AutoCloseable {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));
    private static final String GUARD =
            """
            "$@" & bouncer=$!
            read -r _
            kill -TERM $bouncer
            wait $bouncer
            """;
    private static final long START_SECONDS = 20;

    private final Postgres.Database database;
    private final int port;
    private final Path folder;
    private final Process guard;

    private PgBouncer(Postgres.Database database, int port, Path folder, Process guard) {
        this.database = database;
        this.port = port;
        this.folder = folder;
        this.guard = guard;
    }

    /**
     * Starts one; a missing program is a missing part.
     *
     * @param mode PgBouncer's {@code pool_mode}
     * @param more further lines of its configuration, such as {@code default_pool_size = 1}
     */
    public static PgBouncer start(Postgres.Database database, String mode, String... more) {
        Path program = Parts.program("pgbouncer", "apt-get install pgbouncer");
        try {
            int port = freePort();
            Path folder = Files.createTempDirectory("pgbouncer");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path users = folder.resolve("users.txt");
            Files.writeString(users, "\"%s\" \"%s\"%n".formatted(database.user(), database.password()));
            Path configuration = folder.resolve("pgbouncer.ini");
            Files.writeString(
                    configuration,
                    """
                    [databases]
                    %s = host=127.0.0.1 port=%d
                    [pgbouncer]
                    listen_addr = 127.0.0.1
                    listen_port = %d
                    unix_socket_dir =
                    auth_type = plain
                    auth_file = %s
                    pool_mode = %s
                    %s
                    """
                            .formatted(
                                    database.name(),
                                    database.server().port(),
                                    port,
                                    users,
                                    mode,
                                    String.join("\n", more)));
            List<String> command = new ArrayList<>();
            if (ROOT) {
                command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
            }
            command.addAll(List.of("sh", "-c", GUARD, "guard", program.toString(), configuration.toString()));
            Process guard = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            PgBouncer bouncer = new PgBouncer(database, port, folder, guard);
            bouncer.awaitReady();
            return bouncer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The run connects through this pooler instead of directly. */
    public App inFrontOf(App app) {
        return app.env("PGPORT", String.valueOf(port));
    }

    /** A session through the pooler, as the owner of the database. */
    public OtherSession session() {
        return OtherSession.at(port, database);
    }

    private void awaitReady() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
                return;
            } catch (IOException e) {
                if (System.nanoTime() > end || !guard.isAlive()) {
                    throw new IOException("PgBouncer does not start: " + Files.readString(folder.resolve("log")), e);
                }
                sleep();
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
            guard.waitFor(START_SECONDS, TimeUnit.SECONDS);
            TemporaryFolders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
