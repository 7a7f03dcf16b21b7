package io.schemajob.autogenerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pairs of schemas of all kinds, in {@code src/test/resources/catalog/pairs}: the scripts lead from one to the other, back
 * and from nothing to exactly what PostgreSQL has when people make it, or say by name what they leave to a person.
 */
class SchemaPairIT {
    private static final int MAJOR = 16;
    private static final List<String> FILES = List.of("functions", "types", "tables", "dependants", "partitions");

    private static Postgres.Database database;

    @BeforeAll
    static void create() throws Exception {
        database = Postgres.version(MAJOR).createDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            for (String role : Set.of("pair_reader", "pair_writer")) {
                statement.execute("CREATE ROLE " + role);
            }
        }
    }

    static Stream<SchemaPair> pairs() {
        return FILES.stream().flatMap(file -> SchemaPair.parse(resource(file)).stream());
    }

    private static String resource(String file) {
        try (InputStream in = SchemaPairIT.class.getResourceAsStream("/catalog/pairs/" + file + ".sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void leadsThereBackAndFromNothing(SchemaPair pair) {
        assertThat(PairRun.failures(database, pair)).isEmpty();
    }
}
