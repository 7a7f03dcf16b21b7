package io.schemajob.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.ExitStatus;
import io.schemajob.report.SchemajobException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibpqEnvironmentTest {
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
        ConnectionSettings settings = LibpqEnvironment.read(variables(
                "PGPORT", "5433",
                "PGDATABASE", "shop",
                "PGPASSWORD", "secret",
                "PGSSLMODE", "verify-ca",
                "PGSSLROOTCERT", "/etc/ca.crt"));
        assertThat(settings)
                .isEqualTo(new ConnectionSettings(
                        "the PG* variables",
                        List.of(new HostPort("db", 5433)),
                        "shop",
                        "app",
                        "secret",
                        "verify-ca",
                        "/etc/ca.crt"));
    }

    @Test
    void emptyVariablesAreUnset() {
        ConnectionSettings settings = LibpqEnvironment.read(
                variables("PGPORT", "", "PGDATABASE", "", "PGPASSWORD", "", "PGSSLMODE", "", "PGPASSFILE", ""));
        assertThat(settings)
                .isEqualTo(new ConnectionSettings(
                        "the PG* variables", List.of(new HostPort("db", 5432)), "app", "app", null, "prefer", null));
    }

    @Property
    void aPasswordIsTakenAsItIs(@ForAll String password) {
        ConnectionSettings settings = LibpqEnvironment.read(variables("PGPASSWORD", password));
        assertThat(settings.password()).isEqualTo(password.isEmpty() ? null : password);
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
        assertThat(LibpqEnvironment.read(variables).address()).isEqualTo(address + "/app");
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
                SchemajobException.class, () -> LibpqEnvironment.read(variables(name, value == null ? "" : value)));
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).contains(part);
    }

    @Test
    void isPresentWithAHost() {
        assertThat(LibpqEnvironment.present(Map.of("PGHOST", "db"))).isTrue();
        assertThat(LibpqEnvironment.present(Map.of("PGHOST", ""))).isFalse();
        assertThat(LibpqEnvironment.present(Map.of("PGUSER", "app"))).isFalse();
    }

    @Test
    void thePasswordFileIsReadOnlyWithoutAPassword() throws IOException {
        Path file = Files.writeString(folder.resolve("pgpass"), "db:5432:app:app:from file\n");
        assertThat(LibpqEnvironment.read(variables("PGPASSFILE", file.toString()))
                        .password())
                .isEqualTo("from file");
        assertThat(LibpqEnvironment.read(variables("PGPASSFILE", "/nowhere", "PGPASSWORD", "direct"))
                        .password())
                .isEqualTo("direct");
    }
}
