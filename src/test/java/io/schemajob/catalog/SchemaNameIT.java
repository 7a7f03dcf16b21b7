package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Operation;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schema's name in the names of its objects: beside schemas whose names end like it, or differ by a wildcard of LIKE. */
class SchemaNameIT {
    /** {@code %1$s} is the schema as SQL, {@code %2$s} the one beside it, {@code %3$s} the schema as it is. */
    private static final String BESIDE =
            """
            CREATE SCHEMA %2$s;
            CREATE TYPE %2$s.t AS (a int);
            CREATE DOMAIN %2$s.d AS int CONSTRAINT small CHECK (VALUE < 9);
            COMMENT ON CONSTRAINT small ON DOMAIN %2$s.d IS 'of the other';
            """;

    private static final String SCRIPT =
            """
            CREATE TYPE %1$s.a AS (a int);
            CREATE FUNCTION %1$s.add(int, %2$s.t) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
            CREATE FUNCTION %1$s.to_t(%1$s.a) RETURNS %2$s.t IMMUTABLE LANGUAGE sql AS 'SELECT ROW(1)::%2$s.t';
            CREATE AGGREGATE %1$s.agg(%2$s.t) (SFUNC = %1$s.add, STYPE = int);
            COMMENT ON AGGREGATE %1$s.agg(%2$s.t) IS 'agg';
            CREATE CAST (%1$s.a AS %2$s.t) WITH FUNCTION %1$s.to_t(%1$s.a);
            COMMENT ON CAST (%1$s.a AS %2$s.t) IS 'cast';
            CREATE DOMAIN %1$s.d AS int CONSTRAINT small CHECK (VALUE < 9);
            COMMENT ON CONSTRAINT small ON DOMAIN %1$s.d IS 'domain';
            CREATE TABLE %1$s.t (a int);
            CREATE INDEX "x %3$s.y" ON %1$s.t (a);
            COMMENT ON INDEX %1$s."x %3$s.y" IS 'index';
            CREATE FOREIGN DATA WRAPPER w;
            CREATE SERVER s FOREIGN DATA WRAPPER w;
            CREATE FOREIGN TABLE %1$s.%1$s (app int) SERVER s;
            COMMENT ON COLUMN %1$s.%1$s.app IS 'column';
            CREATE FUNCTION %1$s.near(%2$s.t, %1$s.a) RETURNS int LANGUAGE sql AS 'SELECT 1';
            ALTER FUNCTION %1$s.near(%2$s.t, %1$s.a) DEPENDS ON EXTENSION plpgsql;
            """;

    private static DdlPlan plan(Connection connection, String schema, Schema declared) throws SQLException {
        return ChangePlanner.plan(
                connection, new ChangePlanner.Request(schema, null, declared, new DiffOptions(true, null), false));
    }

    private static List<String> verify(Connection connection, String schema, Schema declared) throws SQLException {
        VerificationRequest request =
                new VerificationRequest(schema, null, declared, List.of(), new DiffOptions(true, null));
        return Verifier.verify(connection, request).differences().stream()
                .map(Difference::toString)
                .toList();
    }

    private static Connection connect(Postgres.Database database, String schema) throws SQLException {
        Connection connection = database.superuser();
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET search_path = " + schema);
        }
        return connection;
    }

    /** Name of the schema, as it is; its name in SQL; that beside it in SQL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "app|app|myapp",
                "a_p|a_p|axp",
                "App|\"App\"|\"my App\"",
                "a.p|\"a.p\"|axp",
                "a(p|\"a(p\"|\"a(p(\""
            })
    void anotherThatLooksLikeItIsLeftAlone(String names) throws SQLException {
        String schema = names.split("\\|")[0];
        String sql = names.split("\\|")[1];
        String beside = BESIDE.formatted(sql, names.split("\\|")[2], schema);
        String script = SCRIPT.formatted(sql, names.split("\\|")[2], schema);
        Postgres server = Postgres.version(Postgres.NEWEST);
        Postgres.Database made = server.createDatabase();
        Schema declared;
        try (Connection connection = connect(made, sql);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + sql);
            statement.execute(beside + script);
            String text = SchemaYaml.write(Snapshot.take(connection, schema, null, List.of()), List.of());
            declared = SchemaYaml.read(new TextFile("schema.yaml", text));
            assertThat(verify(connection, schema, declared)).isEmpty();
        }
        assertThat(declared.objects().byKind().values().stream()
                        .flatMap(kind -> kind.values().stream())
                        .filter(object -> object.path().get(0).equals("comments"))
                        .map((SchemaObject object) -> object.text("text")))
                .containsExactlyInAnyOrder("agg", "cast", "domain", "index", "column");
        Postgres.Database empty = server.createDatabase();
        try (Connection connection = connect(empty, sql);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + sql);
            statement.execute(beside);
            for (Operation operation : plan(connection, schema, declared).scripts().stream()
                    .flatMap(List::stream)
                    .toList()) {
                for (String one : operation.up()) {
                    statement.execute(one);
                }
            }
            assertThat(verify(connection, schema, declared)).isEmpty();
        }
        assertThat(SchemaDump.difference(SchemaDump.of(made), SchemaDump.of(empty)))
                .isEmpty();
    }
}
