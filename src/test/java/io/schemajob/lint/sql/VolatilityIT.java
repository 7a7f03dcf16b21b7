package io.schemajob.lint.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No function that we take for stable is volatile on the oldest or newest server, under any of its signatures. */
class VolatilityIT {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void stableFunctionsAreStable(int major) throws SQLException {
        List<List<String>> rows = Rows.of(
                Postgres.version(major).createDatabase(),
                "SELECT DISTINCT proname, provolatile FROM pg_proc WHERE pronamespace = 'pg_catalog'::regnamespace");
        Set<String> known = rows.stream().map(row -> row.get(0)).collect(Collectors.toSet());
        Set<String> unstable = rows.stream()
                .filter(row -> row.get(1).equals("v"))
                .map(row -> row.get(0))
                .collect(Collectors.toSet());
        assertThat(Volatility.STABLE.stream().filter(unstable::contains)).isEmpty();
        // What the parser turns into another function has no row under its own name.
        assertThat(Volatility.STABLE.stream().filter(name -> !known.contains(name)))
                .allMatch(name -> List.of("trim", "date_bin").contains(name));
    }
}
