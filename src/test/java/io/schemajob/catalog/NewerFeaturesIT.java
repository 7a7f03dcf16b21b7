package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only some of the supported versions know, and what depends on the session rather than the server. */
class NewerFeaturesIT {
    private static Postgres.Database with(int major, String sql) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE EXTENSION IF NOT EXISTS btree_gist");
            statement.execute("GRANT ALL ON SCHEMA public TO " + database.user());
        }
        database.execute(sql);
        return database;
    }

    private static Schema snapshot(Postgres.Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            String text = SchemaYaml.write(Snapshot.take(connection, "public", null, List.of()), List.of());
            return SchemaYaml.read(new TextFile("schema.yaml", text));
        }
    }

    private static List<String> differences(Postgres.Database database, Schema declared) throws SQLException {
        return RichSchema.verify(database, declared, DiffOptions.DEFAULT).differences().stream()
                .map(Object::toString)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {15, 16, 17, 18})
    void nullsNotDistinctAndPartialSetNull(int major) throws SQLException {
        Postgres.Database database = with(
                major,
                "CREATE TABLE a (x int, y int, PRIMARY KEY (x, y), z int, UNIQUE NULLS NOT DISTINCT (z));"
                        + "CREATE UNIQUE INDEX a_z ON a (z, y) NULLS NOT DISTINCT;"
                        + "CREATE TABLE b (x int, y int, CONSTRAINT b_a FOREIGN KEY (x, y) REFERENCES a ON DELETE SET NULL (y))");
        Schema declared = snapshot(database);
        assertThat(differences(database, declared)).isEmpty();
        assertThat(declared.tables().get("a").unique().get(0).nullsNotDistinct())
                .isTrue();
        assertThat(declared.tables().get("b").foreignKeys().get(0).onDeleteColumns())
                .containsExactly("y");
        database.execute("ALTER TABLE a DROP CONSTRAINT a_z_key, ADD UNIQUE (z); DROP INDEX a_z;"
                + "CREATE UNIQUE INDEX a_z ON a (z, y); ALTER TABLE b DROP CONSTRAINT b_a,"
                + "ADD CONSTRAINT b_a FOREIGN KEY (x, y) REFERENCES a ON DELETE SET NULL");
        assertThat(differences(database, declared))
                .containsExactly(
                        "unique constraint a_z_key on a: definition, expected (z) nulls not distinct, found (z)",
                        "index a_z on a: definition, expected unique btree (z, y) nulls not distinct,"
                                + " found unique btree (z, y)",
                        "foreign key b_a on b: definition, expected (x, y) references a (x, y) on delete set null (y),"
                                + " found (x, y) references a (x, y) on delete set null");
    }

    @Test
    void postgres18() throws SQLException {
        Postgres.Database database = with(
                18,
                "CREATE TABLE p (id int, valid daterange, n int, twice int GENERATED ALWAYS AS (n * 2) VIRTUAL,"
                        + "CONSTRAINT p_pk PRIMARY KEY (id, valid WITHOUT OVERLAPS), CONSTRAINT n_small CHECK (n < 9) NOT ENFORCED);"
                        + "CREATE TABLE q (id int, valid daterange, n int, CONSTRAINT q_p FOREIGN KEY (id, PERIOD valid)"
                        + " REFERENCES p (id, PERIOD valid));"
                        + "ALTER TABLE q ADD CONSTRAINT n_there NOT NULL n NOT VALID");
        Schema declared = snapshot(database);
        assertThat(differences(database, declared)).isEmpty();
        Table p = declared.tables().get("p");
        assertThat(p.column("twice").orElseThrow().generated().stored()).isFalse();
        assertThat(p.primaryKey().columns()).containsExactly("id", "valid WITHOUT OVERLAPS");
        assertThat(p.checks().get(0).validated()).isFalse();
        Table q = declared.tables().get("q");
        assertThat(q.foreignKeys().get(0).columns()).containsExactly("id", "PERIOD valid");
        assertThat(q.column("n").orElseThrow().nullable()).isTrue();
        database.execute("ALTER TABLE q VALIDATE CONSTRAINT n_there; ALTER TABLE p DROP COLUMN twice,"
                + " ADD twice int GENERATED ALWAYS AS (n * 2) STORED");
        assertThat(differences(database, declared))
                .containsExactly(
                        "column p.twice: generation, expected virtual n * 2, found stored n * 2",
                        "column q.n: nullability, expected null, found not null",
                        "not null constraint of q.n: not null not valid, expected true, found none");
    }

    /** PostgreSQL prints constants in the time zone and style of the session, and the driver sets the JVM's zone. */
    @Test
    void theSessionLeavesNoTrace() throws SQLException {
        Postgres.Database database = with(
                Postgres.NEWEST,
                "CREATE TABLE e (at timestamptz DEFAULT '2025-01-01 00:00:00+00', span interval DEFAULT '1 day 2 hours',"
                        + " f float8 DEFAULT 0.1, b bytea DEFAULT '\\x00ff') PARTITION BY RANGE (at);"
                        + "CREATE TABLE e1 PARTITION OF e FOR VALUES FROM ('2025-01-01 00:00:00+00') TO (MAXVALUE)");
        Schema declared = snapshot(database);
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SET intervalstyle = iso_8601; SET bytea_output = escape; SET quote_all_identifiers = on;"
                    + " SET extra_float_digits = 0; SET search_path = pg_catalog");
            VerificationRequest request =
                    new VerificationRequest("public", null, declared, List.of(), DiffOptions.DEFAULT);
            assertThat(Verifier.verify(connection, request).differences()).isEmpty();
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
