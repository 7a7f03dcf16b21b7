package io.schemajob.autogenerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pairs of schemas of all kinds, in {@code src/test/resources/catalog/pairs}: the scripts lead from one to the other, back
 * and from nothing to exactly what PostgreSQL has when people make it, or say by name what they leave to a person.
 */
class SchemaPairIT {
    private static final int MAJOR = 16;
    private static final List<String> FILES =
            List.of("functions", "types", "tables", "dependants", "partitions", "key-parts", "remade");

    private static final Map<Integer, Postgres.Database> DATABASES = new HashMap<>();

    /** On the middle version, or on the newest where that is too old for the pair. */
    private static Postgres.Database database(int since) throws SQLException {
        int major = since > MAJOR ? Postgres.NEWEST : MAJOR;
        if (!DATABASES.containsKey(major)) {
            DATABASES.put(major, Postgres.version(major).createDatabase());
            for (String role : List.of("pair_reader", "pair_writer")) {
                Postgres.version(major).role(role);
            }
        }
        return DATABASES.get(major);
    }

    static Stream<SchemaPair> pairs() {
        String only = System.getProperty("schemajob.pair", "");
        return FILES.stream().flatMap(file -> of(file).stream()).filter(pair -> pair.name()
                .contains(only));
    }

    static List<SchemaPair> of(String file) {
        return SchemaPair.parse(resource(file));
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
    void leadsThereBackAndFromNothing(SchemaPair pair) throws SQLException {
        assertThat(PairRun.failures(database(pair.since()), pair)).isEmpty();
    }

    /** Java's regular expressions and descents into expressions must not need a stack that grows with them. */
    @Test
    void textsMayBeLongAndExpressionsDeep() throws SQLException {
        String literal = "'" + "x'' ".repeat(20_000) + "'";
        String words = IntStream.range(0, 3_000).mapToObj("'w%d'"::formatted).collect(Collectors.joining(", "));
        String either = IntStream.range(0, 2_000).mapToObj("c = %d"::formatted).collect(Collectors.joining(" OR "));
        String chain = String.join(" || ", Collections.nCopies(2_000, "b"));
        String calls = "lower(".repeat(300) + "b" + ")".repeat(300);
        String made =
                """
                CREATE TABLE t (a text DEFAULT %s, b varchar(10), c int, CONSTRAINT words CHECK (b IN (%s)),
                    CONSTRAINT either CHECK (%s));
                CREATE INDEX i ON t (%s);
                CREATE VIEW v AS SELECT %s AS x FROM t;
                CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $$ SELECT %s $$;
                COMMENT ON TABLE t IS %s;
                """
                        .formatted(literal, words, either, calls, chain, literal, literal);
        Postgres.Database database = database(0);
        SchemaPair pair = new SchemaPair("long", 0, "", "", made, List.of(), List.of(), List.of());
        new CancellationToken()
                .guard("as a run", Duration.ofMinutes(1), () -> assertThat(PairRun.failures(database, pair))
                        .isEmpty());
    }
}
