package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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
            // A function of C cannot be declared, so a language cannot be made from nothing.
            statement.execute("CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql',"
                    + " 'plpgsql_call_handler'; CREATE LANGUAGE wordy HANDLER handler");
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
