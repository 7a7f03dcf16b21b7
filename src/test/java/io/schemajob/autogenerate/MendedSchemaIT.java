package io.schemajob.autogenerate;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Matrix;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Rows;
import io.schemajob.testing.SchemaDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What scripts must not lose though no declaration tells it: privileges and owners, passwords of user mappings, triggers,
 * where a sequence stands. A schema is declared and then damaged; after the scripts a dump with all of that is as it was.
 */
class MendedSchemaIT {
    private static final Map<Integer, Postgres.Database> DATABASES = new TreeMap<>();
    private static final Map<Integer, Connection> CONNECTIONS = new TreeMap<>();

    /**
     * A case.
     *
     * @param since the oldest server that has it
     * @param declared whether owners and privileges are
     * @param made statements for the healthy schema
     * @param damage statements that damage it
     * @param left what is left to a person
     * @param asked a query whose answer is the same afterwards
     */
    record Case(String name, int since, boolean declared, String made, String damage, List<String> left, String asked) {
        static List<Case> all(String text) {
            List<Case> cases = new ArrayList<>();
            for (String part : text.split("(?m)^-- CASE ")) {
                if (!part.isBlank() && !part.startsWith("--")) {
                    cases.add(of(part));
                }
            }
            return cases;
        }

        private static Case of(String part) {
            Map<String, String> sections = new LinkedHashMap<>();
            String[] texts = part.split("(?m)^-- (?=(?:SINCE|DECLARED|MADE|DAMAGE|LEFT|ASKED)\\b)");
            for (String section : texts) {
                String title = section.split("\\s", 2)[0];
                sections.put(title, section.substring(title.length()).strip());
            }
            return new Case(
                    texts[0].strip(),
                    Integer.parseInt(sections.getOrDefault("SINCE", "14")),
                    sections.containsKey("DECLARED"),
                    sections.get("MADE"),
                    sections.get("DAMAGE"),
                    sections.getOrDefault("LEFT", "")
                            .lines()
                            .filter(line -> !line.isBlank())
                            .toList(),
                    sections.get("ASKED"));
        }
    }

    static Stream<Arguments> cases() throws IOException {
        try (InputStream in = MendedSchemaIT.class.getResourceAsStream("/catalog/mended.sql")) {
            List<Case> cases = Case.all(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            String only = System.getProperty("schemajob.case", "");
            return Matrix.MAJORS.stream().flatMap(major -> cases.stream()
                    .filter(one -> one.since() <= major && one.name().contains(only))
                    .map(one -> Arguments.of(major, one.name(), one)));
        }
    }

    @AfterAll
    static void close() throws SQLException {
        for (Connection connection : CONNECTIONS.values()) {
            connection.close();
        }
    }

    private static Connection connection(int major) throws SQLException {
        if (!CONNECTIONS.containsKey(major)) {
            DATABASES.put(major, Postgres.version(major).createDatabase());
            Connection connection = DATABASES.get(major).planningOnce();
            CONNECTIONS.put(major, connection);
            for (String role : List.of("pair_reader", "pair_writer")) {
                Postgres.version(major).role(role);
            }
        }
        return CONNECTIONS.get(major);
    }

    @ParameterizedTest(name = "PostgreSQL {0}: {1}")
    @MethodSource("cases")
    void losesNothing(int major, String name, Case one) throws SQLException {
        Connection connection = connection(major);
        SchemaState.clear(connection, "");
        run(connection, one.made());
        SchemaState healthy = SchemaState.of(connection, one.declared())
                .withCensus(connection)
                .withPartitionsDeclared();
        String whole = SchemaDump.withPrivileges(DATABASES.get(major));
        List<List<String>> answer = one.asked() == null ? List.of() : Rows.of(connection, one.asked());
        run(connection, one.damage());
        SchemaState damaged = SchemaState.of(connection, one.declared()).withCensus(connection);
        Lead lead = new Lead(connection, name, true);
        lead.lead("mended", damaged, healthy, one.left(), false);
        assertThat(lead.failures()).isEmpty();
        if (one.left().isEmpty()) {
            assertThat(SchemaDump.difference(whole, SchemaDump.withPrivileges(DATABASES.get(major))))
                    .isEmpty();
            assertThat(one.asked() == null ? List.of() : Rows.of(connection, one.asked()))
                    .isEqualTo(answer);
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String part : SchemaState.split(sql)) {
                statement.execute(part);
            }
        }
    }
}
