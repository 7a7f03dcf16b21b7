package io.schemajob.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.Connector;
import io.schemajob.database.connect.Login;
import io.schemajob.database.connect.SessionSettings;
import io.schemajob.database.libpq.ConnectionReader;
import io.schemajob.database.libpq.RunSchema;
import io.schemajob.database.watch.WatchedSocket;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.testing.FakeServer;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Promptly;
import io.schemajob.testing.RecordingLog;
import io.schemajob.testing.TestCa;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tries every row of the table in docs/configuration.md: in a URL and as a variable, against real servers. */
class ConnectionParametersIT {
    /** A row: what it says of a parameter, its variable, or both. */
    private record Row(String keyword, String variable, String treatment, List<String> accepted, String why) {
        String name() {
            return keyword == null ? variable : keyword;
        }

        List<String> names() {
            return Stream.of(keyword, variable).filter(Objects::nonNull).toList();
        }
    }

    @TempDir
    static Path folder;

    private static final Pattern SUCCESS =
            Pattern.compile("(user|db|app|work_mem|tls|version|dn|idle|interval|count)=");

    private static List<Row> table;
    private static Map<String, ConnectionTrials.Trial> trials;
    private static TestCa ca;
    private static Postgres server;
    /** Those that no server tells of; each has a test of its own below. */
    private static final Set<String> OWN_TESTS =
            Set.of("connect_timeout", "load_balance_hosts", "sslnegotiation", "sslsni");

    @BeforeAll
    static void startServers() throws Exception {
        table = table();
        ca = TestCa.create();
        server = Postgres.dedicated(18).tls(ca).start();
        TestCa.Certificate certificate = ca.issue("certified", "dns:certified");
        server.createRole("certified", "only-for-tests-1");
        server.createRole("trusted", "only-for-tests-2");
        server.createRole("plain", "only-for-tests-3");
        Path hba;
        try (Connection connection = server.superuser()) {
            hba = Path.of(text(connection, "SHOW hba_file"));
        }
        Files.copy(ca.certificate(), hba.resolveSibling("ca.crt"));
        Files.writeString(
                hba,
                "hostssl all certified 127.0.0.1/32 cert\nhost all trusted 127.0.0.1/32 trust\n"
                        + "host all plain 127.0.0.1/32 password\n" + Files.readString(hba));
        server.superuserExecute("ALTER SYSTEM SET ssl_ca_file = 'ca.crt'");
        server.restart();
        trials = new ConnectionTrials(folder).make(ca, certificate, Postgres.version(16));
    }

    @AfterAll
    static void stopServers() {
        server.close();
    }

    private static List<Row> table() throws IOException {
        List<String> page = Files.readAllLines(Path.of("docs/configuration.md"));
        int head = page.indexOf("| parameter | variable | | what |");
        return page.subList(head + 2, page.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(ConnectionParametersIT::row)
                .toList();
    }

    private static Row row(String line) {
        String[] cells = line.substring(2, line.length() - 2).split(" \\| ");
        String[] treatment = cells[2].split(", but for ");
        List<String> accepted = treatment.length == 1
                ? List.of()
                : Arrays.stream(treatment[1].split(", "))
                        .map(ConnectionParametersIT::name)
                        .toList();
        return new Row(name(cells[0]), name(cells[1]), treatment[0], accepted, cells[3]);
    }

    private static String name(String cell) {
        return cell.equals("–") ? null : cell.replace("`", "");
    }

    /** Names in capitals are variables. */
    private static ConnectionSettings read(Map<String, String> said) {
        Map<String, String> environment = new HashMap<>(Map.of("HOME", "/no/home"));
        List<String> query = new ArrayList<>();
        said.forEach((name, value) -> {
            if (name.startsWith("PG")) {
                environment.put(name, value);
            } else {
                String encoded =
                        URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
                query.add(name + "=" + encoded);
            }
        });
        return new ConnectionReader(environment, new RunSchema("public", false), null, warning -> {})
                .fromText("DATABASE_URL", "postgresql://?" + String.join("&", query));
    }

    private static Map<String, String> said(Map<String, String> beside, String name, String value) {
        Map<String, String> said = new HashMap<>(
                Map.of("host", "127.0.0.1", "port", "" + server.port(), "user", "trusted", "dbname", "postgres"));
        said.putAll(beside);
        if (name != null) {
            Row row = table.stream()
                    .filter(any -> name.equals(any.variable()))
                    .findFirst()
                    .orElse(null);
            if (row != null && row.keyword() != null) {
                said.remove(row.keyword());
            }
            said.put(name, value);
        }
        return said;
    }

    /** What can be seen of a connection, or why there is none. */
    private static String tell(Map<String, String> said, Duration limit) throws Exception {
        SessionSettings session =
                new SessionSettings("schemajob/test", "public", null, Duration.ZERO, Duration.ZERO, limit);
        try {
            ConnectionSettings settings = read(said);
            try (Connection connection =
                    new Connector(settings, session, new CancellationToken(), new RecordingLog()).connect()) {
                return text(
                                connection,
                                "SELECT format('user=%s db=%s app=%s work_mem=%s tls=%s version=%s dn=%s ', current_user,"
                                        + " current_database(), current_setting('application_name'),"
                                        + " current_setting('work_mem'), ssl, version, client_dn)"
                                        + " FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
                        + keepalives(settings, session);
            }
        } catch (SchemajobException e) {
            return e.status() + " " + e.failure().message();
        }
    }

    private static String keepalives(ConnectionSettings settings, SessionSettings session) throws Exception {
        AtomicReference<WatchedSocket> socket = new AtomicReference<>();
        Login login = new Login(settings, session, (connection, opened) -> socket.set(opened), Duration.ZERO);
        long end = System.nanoTime() + Promptly.LIMIT.toNanos();
        try (Connection connection =
                login.open(settings.hosts().get(settings.hosts().size() - 1), InetAddress.getLoopbackAddress(), end)) {
            return "idle=%d interval=%d count=%d"
                    .formatted(
                            socket.get().getOption(ExtendedSocketOptions.TCP_KEEPIDLE),
                            socket.get().getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL),
                            socket.get().getOption(ExtendedSocketOptions.TCP_KEEPCOUNT));
        }
    }

    private static String text(Connection connection, String sql) throws Exception {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Stream<Row> rows(String treatment) {
        List<Row> rows =
                table.stream().filter(row -> row.treatment().equals(treatment)).toList();
        assertThat(rows).isNotEmpty();
        return rows.stream();
    }

    static Stream<Row> honoured() {
        return rows("honoured").filter(row -> !OWN_TESTS.contains(row.name()));
    }

    static Stream<Row> refused() {
        return rows("refused");
    }

    @ParameterizedTest
    @MethodSource("honoured")
    void whatIsHonouredHasItsEffect(Row row) throws Exception {
        ConnectionTrials.Trial trial = trials.get(row.name());
        assertThat(trial).as("a trial of " + row.name()).isNotNull();
        // Only what succeeds needs time: what cannot be reached would be tried again until the limit.
        Duration limit = SUCCESS.matcher(trial.effect()).lookingAt() ? Promptly.LIMIT : Duration.ofMillis(1);
        assertThat(tell(said(trial.beside(), null, null), Duration.ofMillis(1)))
                .as("without " + row.name())
                .doesNotContain(trial.effect());
        for (String name : row.names()) {
            assertThat(tell(said(trial.beside(), name, trial.value()), limit))
                    .as(name)
                    .contains(trial.effect());
        }
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsRefusedIsRefusedByNameWithWhatToDo(Row row) {
        for (String name : row.names()) {
            Map<String, String> said = said(Map.of(), name, "sample");
            SchemajobException e = catchThrowableOfType(SchemajobException.class, () -> read(said));
            assertThat(e).as(name).isNotNull();
            assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
            assertThat(e.failure().databaseState()).isEqualTo("Not contacted.");
            assertThat(e.failure().message()).contains(name, "cannot be honoured", row.why());
            ConnectionSettings without = read(said(Map.of(), null, null));
            for (String value : row.accepted()) {
                for (String spelling : List.of(value, value.toUpperCase(Locale.ROOT))) {
                    assertThat(same(read(said(Map.of(), name, spelling)), without))
                            .as(name + "=" + spelling)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void whatIsHarmlessChangesNothing() throws Exception {
        ConnectionSettings without = read(said(Map.of(), null, null));
        String outcome = tell(said(Map.of(), null, null), Promptly.LIMIT);
        Map<String, String> all = new HashMap<>();
        rows("harmless").forEach(row -> row.names().forEach(name -> {
            assertThat(same(read(said(Map.of(), name, "1")), without)).as(name).isTrue();
            all.put(name, "1");
        }));
        assertThat(outcome).contains("user=trusted");
        assertThat(tell(said(all, null, null), Promptly.LIMIT)).isEqualTo(outcome);
    }

    /** Apart from the list of what was said. */
    private static boolean same(ConnectionSettings one, ConnectionSettings other) {
        return one.hosts().equals(other.hosts())
                && one.target() == other.target()
                && one.shuffled() == other.shuffled()
                && one.toString().equals(other.toString())
                && one.tls().equals(other.tls())
                && one.login().equals(other.login())
                && Objects.equals(one.options(), other.options())
                && Objects.equals(one.applicationName(), other.applicationName())
                && Objects.equals(one.attemptTimeout(), other.attemptTimeout());
    }

    private static List<String> namesOf(String keyword) {
        return table.stream()
                .filter(row -> keyword.equals(row.keyword()))
                .findFirst()
                .orElseThrow()
                .names();
    }

    @Test
    void connectTimeoutLeavesTimeForTheNextHost() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            Map<String, String> beside =
                    Map.of("host", "127.0.0.1,127.0.0.1", "port", silent.getLocalPort() + "," + server.port());
            for (String name : namesOf("connect_timeout")) {
                long start = System.nanoTime();
                assertThat(tell(said(beside, name, "1"), Promptly.LIMIT)).contains("user=trusted");
                // Our own limit is ten seconds.
                assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            }
        }
    }

    @Test
    void loadBalanceHostsTriesThemInAnyOrder() throws Exception {
        Map<String, String> beside = Map.of("host", "127.0.0.1,127.0.0.1", "port", "1,2");
        String inOrder = tell(said(beside, null, null), Duration.ofNanos(1));
        assertThat(inOrder).contains("127.0.0.1:1/postgres could");
        for (String name : namesOf("load_balance_hosts")) {
            Set<String> orders = new HashSet<>();
            // Chance misses one of two orders once in 2^50 times.
            for (int i = 0; i < 50 && orders.size() < 2; i++) {
                orders.add(tell(said(beside, name, "random"), Duration.ofNanos(1)));
            }
            assertThat(orders).hasSize(2).contains(inOrder);
        }
    }

    @Test
    void tlsBeginsAtOnceAndSendsNoNameWhereItIsToldSo() throws Exception {
        Map<String, String> localhost = Map.of("host", "localhost", "hostaddr", "127.0.0.1", "sslmode", "require");
        String[] hello = {"\u0016"};
        assertThat(firstBytes(localhost, null, null)).startsWith("\0\0\0\b");
        for (String name : namesOf("sslnegotiation")) {
            assertThat(firstBytes(localhost, name, "direct"))
                    .startsWith(hello[0])
                    .contains("localhost");
        }
        Map<String, String> direct = new HashMap<>(localhost);
        direct.put("sslnegotiation", "direct");
        for (String name : namesOf("sslsni")) {
            assertThat(firstBytes(direct, name, "0")).startsWith(hello[0]).doesNotContain("localhost");
        }
    }

    private static String firstBytes(Map<String, String> beside, String name, String value) throws Exception {
        try (FakeServer fake = new FakeServer()) {
            Map<String, String> there = new HashMap<>(beside);
            there.put("port", "" + fake.port());
            tell(said(there, name, value), Duration.ofMillis(1));
            return fake.firstBytes();
        }
    }
}
