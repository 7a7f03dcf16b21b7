package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.PostgresClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * No class of objects is forgotten: PostgreSQL's own catalogs are asked for every sort of object that can be made, and each is
 * either compared or named as not compared. A catalog that a later version adds fails this test.
 */
class KindCoverageIT {
    static final List<Integer> MAJORS = Postgres.MAJORS;

    /** What the older part of the model compares. */
    private static final Set<String> MODEL = Set.of(
            "table",
            "view",
            "materialized view",
            "sequence",
            "composite type",
            "type",
            "index",
            "function",
            "procedure",
            "table constraint",
            "domain constraint",
            "default value",
            "trigger",
            "extension",
            "table column",
            "schema");

    /** What is part of another object, and compared with it. */
    private static final Set<String> PARTS =
            Set.of("toast table", "operator of access method", "function of access method");

    /** Catalogs of what is data or part of a type, which {@code pg_identify_object} does not know. */
    private static final Set<String> NO_OBJECTS = Set.of("pg_largeobject_metadata", "pg_enum");

    @ParameterizedTest
    @FieldSource("MAJORS")
    void everyClassIsComparedOrNamed(int major) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        Set<String> types = new TreeSet<>();
        Set<String> empty = new TreeSet<>();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(RichSchema.resource("/catalog/rich.sql"));
            statement.execute("CREATE SCHEMA other; SET search_path = other, public");
            statement.execute(RichSchema.resource("/catalog/kinds.sql"));
            statement.execute("ALTER DEFAULT PRIVILEGES IN SCHEMA other GRANT SELECT ON TABLES TO PUBLIC");
            if (major > 14) {
                statement.execute("CREATE PUBLICATION all_of_it FOR TABLES IN SCHEMA other");
            }
            for (String catalog : catalogs(statement)) {
                if (NO_OBJECTS.contains(catalog)) {
                    continue;
                }
                List<String> found = column(
                        statement,
                        """
                        SELECT DISTINCT i.type FROM pg_catalog.%1$s x,
                               LATERAL pg_catalog.pg_identify_object('pg_catalog.%1$s'::regclass, x.oid, 0) i
                         WHERE x.oid >= 16384
                        """
                                .formatted(catalog));
                types.addAll(found);
                if (found.isEmpty()) {
                    empty.add(catalog);
                }
            }
        }
        Set<String> known = new TreeSet<>(MODEL);
        known.addAll(PARTS);
        Kinds.ALL.forEach(kind -> known.addAll(kind.classes()));
        NotHeld.ALL.forEach(held -> known.addAll(held.classes()));
        assertThat(types).isSubsetOf(known);
        assertThat(empty).as("catalogs of which the schema has no object").isEmpty();
        Kinds.ALL.stream()
                .flatMap(kind -> kind.classes().stream())
                .filter(type -> !type.endsWith(" column") && (major > 14 || !type.endsWith(" namespace")))
                .forEach(type -> assertThat(types).contains(type));
    }

    /** What each entry of an archive of pg_dump is here: a kind, a class that is named as not held, or a part of the model. */
    private static final Map<String, String> ENTRIES = Map.ofEntries(
            Map.entry("ACCESS METHOD", "access method"),
            Map.entry("ACL", "privilege"),
            Map.entry("AGGREGATE", "aggregate"),
            Map.entry("CAST", "cast"),
            Map.entry("CHECK CONSTRAINT", "table constraint"),
            Map.entry("COLLATION", "collation"),
            Map.entry("COMMENT", "comment"),
            Map.entry("CONSTRAINT", "table constraint"),
            Map.entry("CONVERSION", "conversion"),
            Map.entry("DEFAULT", "default value"),
            Map.entry("DEFAULT ACL", "default privilege"),
            Map.entry("DOMAIN", "type"),
            Map.entry("EVENT TRIGGER", "event trigger"),
            Map.entry("EXTENSION", "extension"),
            Map.entry("FK CONSTRAINT", "table constraint"),
            Map.entry("FOREIGN DATA WRAPPER", "foreign-data wrapper"),
            Map.entry("FOREIGN TABLE", "foreign table"),
            Map.entry("FUNCTION", "function"),
            Map.entry("INDEX", "index"),
            Map.entry("INDEX ATTACH", "index"),
            Map.entry("MATERIALIZED VIEW", "materialized view"),
            Map.entry("OPERATOR", "operator"),
            Map.entry("OPERATOR CLASS", "operator class"),
            Map.entry("OPERATOR FAMILY", "operator family"),
            Map.entry("POLICY", "policy"),
            Map.entry("PROCEDURAL LANGUAGE", "language"),
            Map.entry("PROCEDURE", "procedure"),
            Map.entry("PUBLICATION", "publication"),
            Map.entry("PUBLICATION TABLE", "publication"),
            Map.entry("PUBLICATION TABLES IN SCHEMA", "publication"),
            Map.entry("ROW SECURITY", "table"),
            Map.entry("RULE", "rule"),
            Map.entry("SCHEMA", "schema"),
            Map.entry("SEQUENCE", "sequence"),
            Map.entry("SEQUENCE OWNED BY", "sequence"),
            Map.entry("SERVER", "server"),
            Map.entry("SHELL TYPE", "shell types"),
            Map.entry("STATISTICS", "statistics"),
            Map.entry("TABLE", "table"),
            Map.entry("TABLE ATTACH", "table"),
            Map.entry("TEXT SEARCH CONFIGURATION", "text search configuration"),
            Map.entry("TEXT SEARCH DICTIONARY", "text search dictionary"),
            Map.entry("TEXT SEARCH PARSER", "text search parser"),
            Map.entry("TEXT SEARCH TEMPLATE", "text search template"),
            Map.entry("TRANSFORM", "transform"),
            Map.entry("TRIGGER", "trigger"),
            Map.entry("TYPE", "type"),
            Map.entry("USER MAPPING", "user mapping"),
            Map.entry("VIEW", "view"));

    /** Another source of the truth: what pg_dump writes of a database with one of everything. */
    @ParameterizedTest
    @FieldSource("io.schemajob.testing.PostgresClient#MAJORS")
    void everyEntryOfADumpIsComparedOrNamed(int major) throws Exception {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(RichSchema.resource("/catalog/rich.sql"));
            statement.execute("CREATE SCHEMA other; SET search_path = other, public");
            statement.execute(RichSchema.resource("/catalog/kinds.sql"));
            statement.execute("CREATE PUBLICATION all_of_it FOR TABLES IN SCHEMA other; CREATE TYPE shell");
            statement.execute("ALTER ROLE " + database.user() + " SUPERUSER");
        }
        Path archive = Files.createTempFile(Path.of("target"), "kinds", ".dump");
        program(major, database, "pg_dump", "-Fc", "--schema-only", "-f", archive.toString());
        Set<String> entries = new TreeSet<>();
        program(major, database, "pg_restore", "-l", archive.toString())
                .lines()
                .filter(line -> !line.startsWith(";"))
                .forEach(line -> entries.add(line.replaceFirst("^\\d+; \\d+ \\d+ ((?:[A-Z]+ )*[A-Z]+) .*", "$1")));
        Files.delete(archive);
        assertThat(ENTRIES.keySet()).containsAll(entries);
        assertThat(entries).hasSizeGreaterThan(40);
        Set<String> known = new TreeSet<>(MODEL);
        Kinds.ALL.forEach(kind -> known.add(kind.noun()));
        NotHeld.ALL.forEach(held -> known.add(held.words()));
        assertThat(known).containsAll(ENTRIES.values());
    }

    private static String program(int major, Postgres.Database database, String name, String... arguments)
            throws Exception {
        List<String> command =
                new ArrayList<>(List.of(PostgresClient.bin(major).resolve(name).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(PostgresClient.environment(database));
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text).isZero();
        return text;
    }

    private static List<String> catalogs(Statement statement) throws SQLException {
        return column(
                statement,
                """
                SELECT c.relname FROM pg_catalog.pg_class c
                  JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'oid'
                 WHERE c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND NOT c.relisshared
                """);
    }

    private static List<String> column(Statement statement, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }
}
