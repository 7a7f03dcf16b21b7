package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LiveCatalogIT {
    @Test
    void theNumberOfQueriesDoesNotDependOnTheSchema() throws SQLException {
        Postgres.Database rich = RichSchema.create(Postgres.NEWEST);
        Postgres.Database empty = Postgres.version(Postgres.NEWEST).createDatabase();
        // An extension brings operators and casts, so that these kinds are asked for what is ours.
        assertThat(queries(rich)).isBetween(LiveCatalog.QUERIES, LiveCatalog.QUERIES + Kinds.ALL.size());
        assertThat(queries(empty)).isEqualTo(LiveCatalog.QUERIES);
    }

    private static int queries(Postgres.Database database) throws SQLException {
        AtomicInteger count = new AtomicInteger();
        try (Connection connection = database.connect()) {
            LiveCatalog.read(CountingConnection.of(connection, count), "public", null);
        }
        return count.get();
    }

    /** The server's own count, so that nothing hides in the driver: one look-up a column would be thousands here. */
    @Test
    void aLargeSchemaIsReadWithAsFewQueries() throws SQLException {
        try (Postgres server = Postgres.dedicated(Postgres.NEWEST)
                .setting("shared_preload_libraries", "pg_stat_statements")
                .setting("max_locks_per_transaction", "1024")
                .start()) {
            server.superuserExecute("CREATE EXTENSION pg_stat_statements");
            server.superuserExecute("CREATE SCHEMA large");
            server.superuserExecute(
                    """
                    DO $$ BEGIN FOR i IN 1..300 LOOP
                        EXECUTE format('CREATE TABLE large.t%s (id bigint PRIMARY KEY, a text NOT NULL DEFAULT %L,
                            b int CHECK (b > 0), c timestamptz DEFAULT now())', i, 'x');
                        EXECUTE format('CREATE INDEX ON large.t%s (a, lower(a))', i);
                        EXECUTE format('CREATE INDEX ON large.t%s (c DESC) WHERE b > 1', i);
                    END LOOP; END $$""");
            try (Connection connection = server.superuser();
                    Statement statement = connection.createStatement()) {
                statement.execute("SET search_path = large, public");
                statement.execute("SELECT public.pg_stat_statements_reset()");
                Schema schema = LiveCatalog.read(connection, "large", null);
                assertThat(schema.tables()).hasSize(300);
                try (var result = statement.executeQuery(
                        "SELECT sum(calls) FROM public.pg_stat_statements WHERE query !~ 'reset'")) {
                    result.next();
                    assertThat(result.getInt(1)).isEqualTo(LiveCatalog.QUERIES);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void leavesOutExtensionsAndTheHistory(int major) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            for (String extension : List.of("citext", "hstore", "\"uuid-ossp\"", "pg_trgm", "pg_stat_statements")) {
                statement.execute("CREATE EXTENSION " + extension);
            }
            statement.execute(
                    "CREATE TABLE flyway_schema_history (installed_rank int CONSTRAINT history_pk PRIMARY KEY)");
            statement.execute("CREATE INDEX flyway_schema_history_s_idx ON flyway_schema_history (installed_rank)");
            statement.execute("CREATE TABLE ours (name citext, data hstore)");
            Schema schema = LiveCatalog.read(connection, "public", "flyway_schema_history");
            assertThat(schema.tables()).containsOnlyKeys("ours");
            assertThat(schema.views()).isEmpty();
            assertThat(schema.routines()).isEmpty();
            assertThat(schema.types()).isEmpty();
            assertThat(schema.sequences()).isEmpty();
            assertThat(schema.extensions()).hasSize(5);
            assertThat(schema.tables().get("ours").column("name").orElseThrow().type())
                    .isEqualTo("citext");
        }
    }

    /** The same declaration fits any schema, even beside a twin of everything in {@code public}. */
    @ParameterizedTest
    @FieldSource("io.schemajob.testing.Postgres#MAJORS")
    void theNameOfTheSchemaLeavesNoTrace(int major) throws SQLException {
        Postgres.Database database = RichSchema.create(major);
        Schema declared;
        try (Connection connection = database.connect()) {
            declared = Snapshot.take(connection, "public", null, List.of("levels"));
        }
        String odd = "Other \"Schema\"; --";
        String script =
                RichSchema.resource("/catalog/rich.sql").replace("CREATE EXTENSION IF NOT EXISTS btree_gist;", "");
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + RowCheck.quote(odd));
            statement.execute("SET search_path = " + RowCheck.quote(odd) + ", public");
            statement.execute(script);
            VerificationRequest request =
                    new VerificationRequest(odd, null, declared, List.of(), new DiffOptions(true, database.user()));
            statement.execute("RESET search_path");
            assertThat(Verifier.verify(connection, request).differences()).isEmpty();
        }
    }

    @Test
    void aSchemaThatDoesNotExistIsEmpty() throws SQLException {
        try (Connection connection =
                Postgres.version(Postgres.NEWEST).createDatabase().connect()) {
            Schema schema = LiveCatalog.read(connection, "nowhere", null);
            assertThat(schema.tables()).isEmpty();
        }
    }
}
