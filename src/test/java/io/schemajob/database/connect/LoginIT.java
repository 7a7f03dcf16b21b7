package io.schemajob.database.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.database.libpq.ConnectionReader;
import io.schemajob.database.libpq.RunSchema;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.ClientKeys;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.RecordingLog;
import io.schemajob.testing.TestCa;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters of libpq whose effect only a real server shows. */
class LoginIT {
    private static TestCa ca;
    private static Postgres server;
    private static TestCa.Certificate certificate;

    @TempDir
    Path folder;

    @BeforeAll
    static void startServer() throws Exception {
        ca = TestCa.create();
        server = Postgres.dedicated(18).tls(ca).start();
        certificate = ca.issue("certified", "dns:certified");
        server.createRole("certified", "only-for-tests-1");
        server.createRole("trusted", "only-for-tests-2");
        server.createRole("plain", "only-for-tests-3");
        server.createRole("secure", "only-for-tests-4");
        server.createRole("insecure", "only-for-tests-5");
        Path hba = Path.of(ask("hba_file"));
        Files.copy(ca.certificate(), hba.resolveSibling("ca.crt"));
        Files.writeString(
                hba,
                "hostssl all certified 127.0.0.1/32 cert\nhost all trusted 127.0.0.1/32 trust\n"
                        + "host all plain 127.0.0.1/32 password\nhostssl all secure 127.0.0.1/32 trust\n"
                        + "hostnossl all insecure 127.0.0.1/32 trust\nhost all secure,insecure 127.0.0.1/32 reject\n"
                        + Files.readString(hba));
        server.superuserExecute("ALTER SYSTEM SET ssl_ca_file = 'ca.crt'");
        server.restart();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static String ask(String setting) throws Exception {
        try (Connection connection = server.superuser()) {
            return text(connection, "SHOW " + setting);
        }
    }

    private static String text(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(String user, String query, String... variables) {
        return connect(server.port(), user, query, variables);
    }

    private static Connection connect(int port, String user, String query, String... variables) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", "/no/home"));
        for (int i = 0; i < variables.length; i += 2) {
            environment.put(variables[i], variables[i + 1]);
        }
        ConnectionSettings settings = new ConnectionReader(environment, new RunSchema("public", false), null, w -> {})
                .fromText("DATABASE_URL", "postgresql://%s@127.0.0.1:%d/postgres?%s".formatted(user, port, query));
        SessionSettings session = new SessionSettings(
                "schemajob/test", "public", null, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(3));
        return new Connector(settings, session, new CancellationToken(), new RecordingLog()).connect();
    }

    private static SchemajobException refused(String user, String query, String... variables) {
        SchemajobException e = catchThrowableOfType(
                SchemajobException.class, () -> connect(user, query, variables).close());
        assertThat(e).as(user + " " + query).isNotNull();
        return e;
    }

    private static void refusedWith(String words, String user, String query, String... variables) {
        SchemajobException e = refused(user, query, variables);
        assertThat(e.status()).as(e.failure().message()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).contains(words);
    }

    private Path file(String name, byte[] content, String mode) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    @Test
    void everyFormOfAClientsKeyLogsIn() throws Exception {
        Map<String, byte[]> forms = ClientKeys.forms(certificate, "key-password");
        byte[] pkcs8 = forms.get("pkcs8.der");
        for (Map.Entry<String, byte[]> form : forms.entrySet()) {
            Path key = file(form.getKey(), form.getValue(), "rw-------");
            try (Connection connection = connect(
                    "certified",
                    "sslmode=verify-full&sslcertmode=require&sslpassword=key-password&sslkey=" + key,
                    "PGSSLCERT",
                    certificate.certificate().toString(),
                    "PGSSLROOTCERT",
                    ca.certificate().toString())) {
                assertThat(text(connection, "SELECT client_dn FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                        .as(form.getKey())
                        .isEqualTo("/CN=certified");
            }
        }
        String query = "sslmode=require&sslcert=" + certificate.certificate() + "&sslkey=";
        Path locked = file("locked", forms.get("encrypted.pem"), "rw-------");
        refusedWith("there is no sslpassword", "certified", query + locked);
        refusedWith("cannot be decrypted", "certified", query + locked + "&sslpassword=wrong");
        refusedWith("may be read by others", "certified", query + file("open", pkcs8, "rw-r--r--"));
        refusedWith("cannot be used", "certified", query + file("broken", "x".getBytes(), "rw-------"));
        refusedWith("no certificate to read", "certified", "sslmode=require&sslcert=/no/such&sslkey=/no/such");
        assertThat(refused("certified", "sslmode=require").status()).isEqualTo(ExitStatus.ACCESS_DENIED);
        refusedWith(
                "sslcertmode \"require\" in DATABASE_URL needs TLS", "trusted", "sslmode=disable&sslcertmode=require");
    }

    @Test
    void theServerIsCheckedAsTheParametersSay() throws Exception {
        String trusted = "sslrootcert=" + ca.certificate();
        connect("trusted", "host=localhost&hostaddr=127.0.0.1&sslmode=verify-full&" + trusted)
                .close();
        refusedWith("is not trusted", "trusted", "host=elsewhere&hostaddr=127.0.0.1&sslmode=verify-full&" + trusted);
        connect("trusted", "host=elsewhere&hostaddr=127.0.0.1&sslmode=verify-ca&" + trusted)
                .close();
        String stranger = "sslrootcert=" + TestCa.create().certificate();
        refusedWith("is not trusted", "trusted", "sslmode=require&" + stranger);
        try (Connection plain = connect("trusted", "sslmode=prefer&" + stranger)) {
            assertThat(text(plain, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("f");
        }
        try (Connection direct = connect(
                "trusted", "sslmode=require&sslnegotiation=direct&ssl_max_protocol_version=TLSv1.2&" + trusted)) {
            assertThat(text(direct, "SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid()"))
                    .isEqualTo("TLSv1.2");
        }
    }

    @Test
    void encryptionIsAskedForAsSslmodeSays() throws Exception {
        String encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
        String[][] known = {
            {"trusted", "allow", "f"},
            {"trusted", "prefer", "t"},
            {"trusted", "disable", "f"},
            {"trusted", "require", "t"},
            {"secure", "allow", "t"},
            {"secure", "prefer", "t"},
            {"secure", "require", "t"},
            {"insecure", "allow", "f"},
            {"insecure", "prefer", "f"},
            {"insecure", "disable", "f"},
        };
        for (String[] row : known) {
            try (Connection connection = connect(row[0], "sslmode=" + row[1])) {
                assertThat(text(connection, encrypted))
                        .as(row[0] + " " + row[1])
                        .isEqualTo(row[2]);
            }
        }
        assertThat(refused("secure", "sslmode=disable").status()).isEqualTo(ExitStatus.ACCESS_DENIED);
        assertThat(refused("insecure", "sslmode=require").status()).isEqualTo(ExitStatus.ACCESS_DENIED);
        String own = "sslrootcert=" + ca.certificate() + "&sslmode=verify-ca&sslcrl=";
        connect("secure", own + ca.revocationList(false)).close();
        refusedWith("is not trusted", "secure", own + ca.revocationList(true));
        refusedWith("cannot be read", "secure", own + "/no/such");
        refusedWith("sslmode=verify-full", "secure", "sslrootcert=system");
        // Falls back to a connection without TLS, on which no certificate can be asked for.
        String stranger = "sslrootcert=" + TestCa.create().certificate();
        refusedWith("sslcertmode=require", "trusted", "sslmode=prefer&sslcertmode=require&" + stranger);
        refusedWith("sslcertmode=require", "trusted", "sslmode=allow&sslcertmode=require");
    }

    @Test
    void theServerMayOnlyAskAsItIsAllowedTo() throws Exception {
        String password = "password=" + server.password() + "&";
        connect(server.user(), password + "require_auth=scram-sha-256&channel_binding=require&sslmode=require")
                .close();
        connect(server.user(), password + "require_auth=!none,!password").close();
        connect("plain", "password=only-for-tests-3&require_auth=password").close();
        connect("trusted", "require_auth=none").close();
        connect(server.user(), password + "require_auth=md5,scram-sha-256").close();
        connect("trusted", "require_auth=!scram-sha-256").close();
        refusedWith("require_auth=!scram-sha-256,!md5", server.user(), password + "require_auth=!scram-sha-256,!md5");
        refusedWith("require_auth=none", server.user(), password + "require_auth=none");
        refusedWith("require_auth=!none", "trusted", "require_auth=!none");
        refusedWith("require_auth=scram-sha-256", "plain", "password=x&require_auth=scram-sha-256");
        refusedWith("require_auth=!password", "plain", "password=x&require_auth=!password");
        refusedWith("asks for no login", "trusted", "require_auth=scram-sha-256");
        refusedWith("hannel binding", "trusted", "channel_binding=require&sslmode=require");
        refusedWith("hannel Binding", server.user(), password + "channel_binding=require&sslmode=disable");
        refusedWith("asks for a password of user plain", "plain", "sslmode=prefer");
        SchemajobException broken = refused(server.user(), "password=" + server.password() + "%0A");
        assertThat(broken.status()).isEqualTo(ExitStatus.ACCESS_DENIED);
        assertThat(broken.failure().hint()).contains("The password has a line break (\\n) at its end.");
    }

    @Test
    void optionsAndNamesReachTheSession() throws Exception {
        try (Connection connection =
                connect("trusted", "options=-c%20work_mem%3D7MB%20--my.own%3Da%5C%20b&application_name=release")) {
            assertThat(text(connection, "SHOW work_mem")).isEqualTo("7MB");
            assertThat(text(connection, "SHOW my.own")).isEqualTo("a b");
            assertThat(text(connection, "SHOW application_name")).isEqualTo("release");
        }
        try (Connection connection = connect("trusted", "fallback_application_name=f", "PGOPTIONS", "-cwork_mem=6MB")) {
            assertThat(text(connection, "SHOW work_mem")).isEqualTo("6MB");
            assertThat(text(connection, "SHOW application_name")).isEqualTo("f");
        }
        refusedWith("no_such_setting", "trusted", "options=-cno_such_setting%3D1");
    }

    @Test
    void theKindOfServerIsChosen() throws Exception {
        server.superuserExecute("ALTER ROLE trusted RESET ALL");
        String two = "host=127.0.0.1,127.0.0.1&port=1," + server.port();
        for (String attributes : new String[] {"any", "read-write", "primary", "prefer-standby"}) {
            connect("trusted", two + "&target_session_attrs=" + attributes).close();
        }
        for (String attributes : new String[] {"read-only", "standby"}) {
            SchemajobException e = refused("trusted", two + "&target_session_attrs=" + attributes);
            assertThat(e.status()).isEqualTo(ExitStatus.UNAVAILABLE);
            assertThat(e.failure().message()).contains("127.0.0.1:1", "target_session_attrs=" + attributes);
        }
        assertThat(refused("trusted", "host=no-such-host.invalid").failure().message())
                .contains("\"no-such-host.invalid\" has no address");
    }

    @Test
    void aServerWithoutTlsIsNotOneThatAsksForAPassword() {
        SchemajobException e = catchThrowableOfType(
                SchemajobException.class, () -> connect(Postgres.version(16).port(), "nobody", "sslmode=require")
                        .close());
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).contains("does not support SSL").doesNotContain("asks for a password");
    }

    @Test
    void aServerThatAsksForGssIsNotUnavailable() throws Exception {
        for (byte code : new byte[] {7, 9}) {
            SchemajobException e = refusedByServerThatSays(new byte[] {'R', 0, 0, 0, 8, 0, 0, 0, code});
            assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
            assertThat(e.failure().message()).contains("GSSAPI", "pg_hba.conf");
        }
    }

    /** Nothing is wrong with the settings: the server is slow, or somebody has a lock that a trigger of the login wants. */
    @Test
    void aTimeOutOfTheServerDuringTheLoginIsUnavailable() {
        server.superuserExecute("CREATE TABLE held ()");
        server.superuserExecute("GRANT ALL ON held TO trusted");
        server.superuserExecute("CREATE FUNCTION slow_login() RETURNS event_trigger LANGUAGE plpgsql AS"
                + " $$BEGIN IF session_user = 'trusted' THEN LOCK TABLE held; END IF; END$$");
        try (OtherSession holder = OtherSession.ofSuperuser(new Postgres.Database(server, "postgres", "", ""))) {
            holder.execute("CREATE EVENT TRIGGER slow_login ON login EXECUTE FUNCTION slow_login()");
            holder.execute("BEGIN", "LOCK TABLE held");
            for (String limit : List.of("transaction_timeout", "lock_timeout")) {
                server.superuserExecute("ALTER ROLE trusted SET " + limit + " = '100ms'");
                SchemajobException e = refused("trusted", "");
                assertThat(e.status()).as(e.failure().message()).isEqualTo(ExitStatus.UNAVAILABLE);
                assertThat(e.failure().message())
                        .contains("ended the login of user trusted", limit.replace("_timeout", " timeout"));
                server.superuserExecute("ALTER ROLE trusted RESET ALL");
            }
        } finally {
            server.superuserExecute("DROP EVENT TRIGGER slow_login");
        }
    }

    @Test
    void aServerThatWaitedTooLongForTheLoginIsUnavailable() throws Exception {
        String error = "SFATAL\0C57014\0Mcanceling authentication due to timeout\0\0";
        ByteBuffer message = ByteBuffer.allocate(1 + Integer.BYTES + error.length());
        message.put((byte) 'E').putInt(Integer.BYTES + error.length()).put(error.getBytes(StandardCharsets.US_ASCII));
        SchemajobException e = refusedByServerThatSays(message.array());
        assertThat(e.status()).isEqualTo(ExitStatus.UNAVAILABLE);
        assertThat(e.failure().message()).contains("canceling authentication due to timeout");
    }

    private static SchemajobException refusedByServerThatSays(byte[] answer) throws Exception {
        try (ServerSocket fake = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> answer(fake, answer));
            thread.start();
            SchemajobException e = catchThrowableOfType(
                    SchemajobException.class,
                    () -> connect(fake.getLocalPort(), "app", "sslmode=disable").close());
            fake.close();
            thread.join();
            return e;
        }
    }

    /** Reads the startup message of whoever comes, and gives one answer. */
    private static void answer(ServerSocket fake, byte[] answer) {
        while (!fake.isClosed()) {
            try (Socket socket = fake.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                in.readNBytes(in.readInt() - 4);
                socket.getOutputStream().write(answer);
                in.read();
            } catch (IOException e) {
                // The client has gone.
            }
        }
    }
}
