package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** One schema of a database that has hundreds, as with a schema for each tenant: found by its own rows, and whole. */
class CrowdedDatabaseIT {
    private static final String CROWD =
            """
            DO $$ BEGIN FOR i IN 1..600 LOOP
                EXECUTE format('CREATE SCHEMA t%1$s
                    CREATE TABLE items (id int PRIMARY KEY, note text CHECK (note <> %2$L), up int REFERENCES items)', i, '');
                EXECUTE format('CREATE FUNCTION t%s.f() RETURNS trigger LANGUAGE plpgsql AS %L', i, 'BEGIN RETURN NEW; END');
                EXECUTE format('CREATE TRIGGER g BEFORE INSERT ON t%1$s.items FOR EACH ROW EXECUTE FUNCTION t%1$s.f()', i);
                EXECUTE format('CREATE TYPE t%s.mood AS ENUM (%L)', i, 'good');
            END LOOP; END $$""";

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void theCrowdHidesNothing(int major) throws SQLException {
        try (Connection connection = Postgres.version(major).createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(RichSchema.resource("/catalog/kinds.sql").replace("kinds_space", "crowded" + major));
            statement.execute(
                    """
                    CREATE TYPE two AS (a int, b text);
                    CREATE TYPE shell;
                    CREATE FUNCTION "window"() RETURNS bigint LANGUAGE internal WINDOW AS 'window_row_number';
                    CREATE SCHEMA from_elsewhere;
                    CREATE TABLE from_elsewhere.moved (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, s serial UNIQUE);
                    CREATE TYPE from_elsewhere.moved_type AS (a int);
                    ALTER TABLE from_elsewhere.moved SET SCHEMA public;
                    ALTER TYPE from_elsewhere.moved_type SET SCHEMA public;
                    CREATE TABLE from_elsewhere.leaves (id int PRIMARY KEY)""");
            Schema before = LiveCatalog.read(connection, "public", null, true);
            assertThat(before.tables()).containsKey("moved");
            assertThat(before.types()).containsKey("moved_type");
            statement.execute(CROWD);
            assertThat(LiveCatalog.read(connection, "public", null, true)).isEqualTo(before);
            connection.rollback();
        }
    }

    /** PostgreSQL counts for the transaction how many rows it read of a catalog from its beginning to its end. */
    @Test
    void noCatalogThatGrowsWithTheCrowdIsReadWhole() throws SQLException {
        try (Connection connection =
                        Postgres.version(Postgres.NEWEST).createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(CROWD);
            statement.execute("VACUUM ANALYZE");
            connection.setAutoCommit(false);
            statement.execute("SET search_path = t300, public");
            Map<String, Long> before = readWhole(statement);
            Schema schema = LiveCatalog.read(connection, "t300", null);
            assertThat(schema.tables().get("items").triggers()).hasSize(1);
            assertThat(schema.types()).containsKey("mood");
            Map<String, Long> after = readWhole(statement);
            after.replaceAll((catalog, rows) -> rows - before.get(catalog));
            assertThat(after).allSatisfy((catalog, rows) -> assertThat(rows).isLessThan(600));
        }
    }

    private static Map<String, Long> readWhole(Statement statement) throws SQLException {
        Map<String, Long> counts = new TreeMap<>();
        try (ResultSet rows =
                statement.executeQuery("SELECT relname, seq_tup_read FROM pg_catalog.pg_stat_xact_sys_tables"
                        + " WHERE relname IN ('pg_class', 'pg_attribute', 'pg_index', 'pg_constraint', 'pg_depend',"
                        + " 'pg_trigger', 'pg_type', 'pg_proc', 'pg_enum', 'pg_attrdef')")) {
            while (rows.next()) {
                counts.put(rows.getString(1), rows.getLong(2));
            }
        }
        return counts;
    }
}
