package io.schemajob.database.libpq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.database.connect.ConnectionSettings;
import io.schemajob.database.connect.DatabaseHost;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibpqVariablesTest {
    @TempDir
    Path folder;

    private static Map<String, String> variables(String... namesAndValues) {
        Map<String, String> variables = new HashMap<>(Map.of("PGHOST", "db", "PGUSER", "app"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            variables.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return variables;
    }

    @Test
    void readsEveryVariable() {
        ConnectionSettings settings = Connections.variables(variables(
                "PGPORT", "5433",
                "PGDATABASE", "shop",
                "PGPASSWORD", "secret",
                "PGSSLMODE", "verify-ca",
                "PGSSLROOTCERT", "/etc/ca.crt"));
        assertThat(settings.source()).isEqualTo("the PG* variables");
        assertThat(settings.hosts()).containsExactly(new DatabaseHost("db", null, 5433, "secret"));
        assertThat(settings.database()).isEqualTo("shop");
        assertThat(settings.user()).isEqualTo("app");
        assertThat(settings.tls().mode()).isEqualTo("verify-ca");
        assertThat(settings.tls().rootCert()).isEqualTo(Path.of("/etc/ca.crt"));
    }

    @Test
    void emptyVariablesAreUnset() {
        ConnectionSettings settings = Connections.variables(
                variables("PGPORT", "", "PGDATABASE", "", "PGPASSWORD", "", "PGSSLMODE", "", "PGPASSFILE", ""));
        assertThat(settings.hosts()).containsExactly(new DatabaseHost("db", 5432));
        assertThat(settings.database()).isEqualTo("app");
        assertThat(settings.tls().mode()).isEqualTo("prefer");
    }

    @Property
    void aPasswordIsTakenAsItIs(@ForAll String password) {
        ConnectionSettings settings = Connections.variables(variables("PGPASSWORD", password));
        assertThat(settings.hosts().get(0).password()).isEqualTo(password.isEmpty() ? null : password);
        assertThat(settings).hasToString("app@db:5432/app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b        |           | a:5432,b:5432",
                "a,b        | 5433      | a:5433,b:5433",
                "a, b       | 1,2       | a:1,b:2",
                "a,b        | ,2        | a:5432,b:2",
                "::1        | 5433      | [::1]:5433",
                "[fe80::2]  |           | [fe80::2]:5432",
            })
    void readsSeveralHostsAndAddresses(String hosts, String ports, String address) {
        Map<String, String> variables = variables("PGHOST", hosts, "PGPORT", ports == null ? "" : ports);
        assertThat(Connections.variables(variables).address()).isEqualTo(address + "/app");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PGUSER    |              | does not say the user",
                "PGPORT    | 543x         | port \"543x\"",
                "PGPORT    | 1,2          | 1 hosts but 2 ports",
                "PGSSLMODE | yes          | sslmode \"yes\"",
                "PGHOST    | /run/pg      | Unix socket",
                "PGHOST    | @abstract    | Unix socket",
                "PGHOST    | a,,b         | is empty",
            })
    void mistakesAreNamed(String name, String value, String part) {
        SchemajobException e = catchThrowableOfType(
                SchemajobException.class, () -> Connections.variables(variables(name, value == null ? "" : value)));
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).contains(part);
    }

    @Test
    void isPresentWithAHost() {
        assertThat(new Connections(Connections.PUBLIC, Map.of("PGHOST", "db")).reader.hasVariables())
                .isTrue();
        assertThat(new Connections(Connections.PUBLIC, Map.of("PGHOSTADDR", "10.0.0.1")).reader.hasVariables())
                .isTrue();
        assertThat(new Connections(Connections.PUBLIC, Map.of("PGSERVICE", "shop")).reader.hasVariables())
                .isTrue();
        assertThat(new Connections(Connections.PUBLIC, Map.of("PGHOST", "")).reader.hasVariables())
                .isFalse();
        assertThat(new Connections(Connections.PUBLIC, Map.of("PGUSER", "app")).reader.hasVariables())
                .isFalse();
    }

    @Test
    void thePasswordFileIsReadOnlyWithoutAPassword() throws IOException {
        Path file = Files.writeString(folder.resolve("pgpass"), "db:5432:app:app:from file\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(Connections.variables(variables("PGPASSFILE", file.toString()))
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo("from file");
        assertThat(Connections.variables(variables("PGPASSFILE", "/nowhere", "PGPASSWORD", "direct"))
                        .hosts()
                        .get(0)
                        .password())
                .isEqualTo("direct");
    }
}
