package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.live.LiveCatalog;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.database.query.Identifiers;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LiveCatalogIT {
    @Test
    void theNumberOfWaitsDoesNotDependOnTheSchema() throws SQLException {
        Postgres.Database rich = RichSchema.create(Postgres.NEWEST);
        Postgres.Database empty = Postgres.version(Postgres.NEWEST).createDatabase();
        assertThat(waits(rich)).isBetween(3, LiveCatalog.WAITS);
        // The outline alone; and one more where another database of this server has had a subscription.
        assertThat(waits(empty)).isLessThanOrEqualTo(2);
    }

    /** A trigger may have the name of a key: the states of both are told, the key's with its table. */
    @Test
    void aTriggerAndAKeyOfOneNameHaveStatesOfTheirOwn() throws SQLException {
        try (Connection connection =
                        Postgres.version(Postgres.NEWEST).createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE r (id int PRIMARY KEY);
                    CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
                    CREATE TABLE p (a int, b int, CONSTRAINT x FOREIGN KEY (b) REFERENCES r) PARTITION BY LIST (a);
                    CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1);
                    CREATE TRIGGER x AFTER INSERT ON p FOR EACH ROW EXECUTE FUNCTION f();
                    ALTER TABLE p1 DISABLE TRIGGER ALL""");
            assertThat(states(connection)).containsExactlyInAnyOrder("x disabled", "x of p1 disabled");
            statement.execute("ALTER TABLE p1 ENABLE TRIGGER x");
            assertThat(states(connection)).containsExactly("x of p1 disabled");
        }
    }

    private static List<String> states(Connection connection) throws SQLException {
        return LiveCatalog.read(connection, "public", null).objects().of("trigger state").values().stream()
                .filter(state -> state.name(0).equals("p1"))
                .map(state -> state.name() + " " + state.text("state"))
                .toList();
    }

    private static int waits(Postgres.Database database) throws SQLException {
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
                    // Outline, tables, columns, operator classes, indexes, constraints, extensions; the comments, as
                    // there is an
                    // extension, and the constraints that NOT NULL is since 18.
                    assertThat(result.getInt(1)).isEqualTo(9);
                }
            }
        }
    }

    /** What a snapshot, a verification, and the plan for a renamed table and a changed column send, of 20 and of 200 tables. */
    @Test
    void noStatementMoreForMoreTables() throws SQLException {
        try (Postgres server = Postgres.dedicated(Postgres.NEWEST)
                .setting("shared_preload_libraries", "pg_stat_statements")
                .setting("max_locks_per_transaction", "1024")
                .start()) {
            server.superuserExecute("CREATE EXTENSION pg_stat_statements");
            List<Long> few = statements(server, "few", 20);
            List<Long> many = statements(server, "many", 200);
            assertThat(many).isEqualTo(few).hasSize(3).allMatch(count -> count > 9);
        }
    }

    private static List<Long> statements(Postgres server, String schema, int tables) throws SQLException {
        server.superuserExecute("CREATE SCHEMA " + schema);
        server.superuserExecute(
                """
                DO $$ BEGIN FOR i IN 1..%2$d LOOP
                    EXECUTE format('CREATE TABLE %1$s.t%%s (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, kind text DEFAULT %%L,
                        b int CHECK (b > 0), up int %%s)', i, 'x',
                        CASE WHEN i > 1 THEN 'REFERENCES %1$s.t' || i - 1 END);
                    EXECUTE format('CREATE INDEX ON %1$s.t%%s (lower(kind)) WHERE b > 1', i);
                    EXECUTE format('COMMENT ON TABLE %1$s.t%%s IS %%L', i, 'one of many');
                    EXECUTE format('CREATE VIEW %1$s.v%%s AS SELECT id, b + 1 AS c FROM %1$s.t%%s', i, i);
                END LOOP; END $$"""
                        .formatted(schema, tables));
        try (Connection connection = server.superuser();
                Statement statement = connection.createStatement()) {
            List<Long> counts = new ArrayList<>();
            reset(statement);
            String text = SchemaYaml.write(Snapshot.take(connection, schema, null, List.of()), List.of());
            counts.add(count(statement));
            Schema declared = SchemaYaml.read(new TextFile("schema.yaml", text));
            reset(statement);
            assertThat(Verifier.verify(
                                    connection,
                                    new VerificationRequest(schema, null, declared, List.of(), DiffOptions.DEFAULT))
                            .differences())
                    .isEmpty();
            counts.add(count(statement));
            statement.execute(
                    "DROP VIEW %1$s.v7; ALTER TABLE %1$s.t7 RENAME TO other; ALTER TABLE %1$s.t9 DROP b CASCADE"
                            .formatted(schema));
            reset(statement);
            assertThat(ChangePlanner.plan(
                                    connection,
                                    new ChangePlanner.Request(schema, null, declared, DiffOptions.DEFAULT, false))
                            .scripts())
                    .isNotEmpty();
            counts.add(count(statement));
            return counts;
        }
    }

    private static void reset(Statement statement) throws SQLException {
        statement.execute("SELECT public.pg_stat_statements_reset()");
    }

    private static long count(Statement statement) throws SQLException {
        try (var result =
                statement.executeQuery("SELECT sum(calls) FROM public.pg_stat_statements WHERE query !~ 'reset'")) {
            result.next();
            return result.getLong(1);
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
            statement.execute("CREATE SCHEMA " + Identifiers.quote(odd));
            statement.execute("SET search_path = " + Identifiers.quote(odd) + ", public");
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
