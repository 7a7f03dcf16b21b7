package io.schemajob.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * A real OpenBao server on a free port of the loopback interface, initialised and unsealed, that keeps its data over a
 * stop and a start. Its process ends with {@link #close()} or with this process.
 *
 * <p>Needs Python 3 with pip; where that cannot be had, see {@link MissingPart}.
 */
public final class OpenBao implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Path folder;
    private final URI address;
    private final OpenBaoApi api;
    private final Thread hook = new Thread(this::kill, "openbao-shutdown");
    private Process process;
    private String unsealKey;

    private OpenBao(Path folder, URI address, TestCa authority) {
        this.folder = folder;
        this.address = address;
        this.api = new OpenBaoApi(address, authority);
    }

    /** Without TLS. */
    public static OpenBao start() {
        return start(null);
    }

    /** With TLS, and a certificate of this authority for {@code localhost} and {@code 127.0.0.1}. */
    public static OpenBao start(TestCa authority) {
        return start(authority, "dns:localhost", "ip:127.0.0.1");
    }

    /** With TLS, and a certificate for {@code dns:localhost} and whatever other names are wanted. */
    public static OpenBao start(TestCa authority, String... names) {
        Path program = OpenBaoBinary.path();
        try {
            Path folder = Files.createTempDirectory(OpenBaoBinary.dataFolder(), "server-");
            String scheme = authority == null ? "http" : "https";
            OpenBao bao = new OpenBao(folder, URI.create(scheme + "://localhost:" + freePorts()), authority);
            Files.writeString(
                    folder.resolve("config.hcl"),
                    bao.configuration(authority == null ? null : authority.issue("localhost", names)));
            Files.createDirectory(folder.resolve("raft"));
            Runtime.getRuntime().addShutdownHook(bao.hook);
            bao.launch(program);
            bao.initialise();
            return bao;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI address() {
        return address;
    }

    /** The command line of the same version, in the same executable. */
    public static Path program() {
        return OpenBaoBinary.path();
    }

    /** Everything that can be asked of the server, with the rights of its root token. */
    public OpenBaoApi api() {
        return api;
    }

    /** From now on every request is answered with 503. */
    public void seal() {
        api.write("sys/seal", Map.of());
    }

    public void unseal() {
        api.write("sys/unseal", Map.of("key", unsealKey));
        awaitReady();
    }

    /** Ends the process as a crash would: nothing listens any more. */
    public void stop() {
        kill();
    }

    /** Starts the process again, with its data, on the same port, and unseals it. */
    public void restart() {
        try {
            launch(OpenBaoBinary.path());
            awaitListening();
            unseal();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        kill();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // This process is on its way out, and the hook is running.
        }
        TemporaryFolders.delete(folder);
    }

    private void initialise() {
        awaitListening();
        JsonNode keys = api.write("sys/init", Map.of("secret_shares", 1, "secret_threshold", 1));
        unsealKey = keys.path("keys").path(0).asText();
        api.useToken(keys.path("root_token").asText());
        unseal();
    }

    private void launch(Path program) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(program.toString(), "server", "-config=" + folder.resolve("config.hcl"));
        // What the developer's shell says about other servers is not meant for this one.
        builder.environment().keySet().removeIf(name -> name.startsWith("BAO_") || name.startsWith("VAULT_"));
        builder.environment().put("HOME", folder.toString());
        builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("server.log").toFile()));
        process = builder.start();
    }

    private void kill() {
        if (process != null) {
            process.destroyForcibly();
            try {
                process.waitFor(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void awaitListening() {
        await("listening", List.of(200, 429, 501, 503));
    }

    private void awaitReady() {
        await("ready", List.of(200));
    }

    private void await(String what, List<Integer> statuses) {
        long end = System.nanoTime() + READY_WITHIN.toNanos();
        while (!statuses.contains(api.health())) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("OpenBao is not " + what + "; see " + folder.resolve("server.log"));
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private String configuration(TestCa.Certificate certificate) {
        String tls = certificate == null
                ? "tls_disable = true"
                : "tls_cert_file = \"" + certificate.certificate() + "\"\n  tls_key_file = \""
                        + certificate.privateKey() + "\"";
        return """
                storage "raft" {
                  path = "%s"
                  node_id = "single"
                  performance_multiplier = 1
                }
                listener "tcp" {
                  address = "127.0.0.1:%d"
                  %s
                }
                api_addr = "%s"
                cluster_addr = "https://127.0.0.1:%d"
                log_level = "info"
                """
                .formatted(folder.resolve("raft"), address.getPort(), tls, address, address.getPort() + 1);
    }

    /** OpenBao takes the port after the one it is told for its cluster, so both have to be free. */
    private static int freePorts() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (free(port) && free(port + 1)) {
                return port;
            }
        }
        throw new IOException("no two free ports");
    }

    private static boolean free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
