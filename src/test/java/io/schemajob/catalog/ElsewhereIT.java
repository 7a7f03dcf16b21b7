package io.schemajob.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects of the whole database that are about other schemas alone are nobody's concern here, nor is who owns them. */
class ElsewhereIT {
    private static final DiffOptions STRICT = new DiffOptions(true, null);

    @Test
    void ownersPrivilegesAndCommentsOfWhatIsAboutOtherSchemasAreNotDeclared() throws SQLException {
        Postgres postgres = Postgres.version(Postgres.NEWEST);
        postgres.role("pair_reader");
        postgres.role("pair_writer");
        try (Connection connection = postgres.createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE SCHEMA other;
                    CREATE TABLE t (a int);
                    CREATE TABLE other.u (a int);
                    CREATE PUBLICATION "own Feed" FOR TABLE t;
                    CREATE PUBLICATION "other Feed" FOR TABLE other.u;
                    CREATE FOREIGN DATA WRAPPER wrapper;
                    CREATE SERVER remote FOREIGN DATA WRAPPER wrapper;
                    CREATE FOREIGN TABLE other.f (a int) SERVER remote;
                    GRANT USAGE ON FOREIGN SERVER remote TO pair_reader;
                    ALTER PUBLICATION "own Feed" OWNER TO pair_reader;
                    ALTER PUBLICATION "other Feed" OWNER TO pair_reader;
                    COMMENT ON PUBLICATION "own Feed" IS 'ours';
                    COMMENT ON PUBLICATION "other Feed" IS 'theirs';
                    """);
            String text = SchemaYaml.write(Snapshot.take(connection, "public", null, List.of(), true), List.of());
            assertThat(text)
                    .contains("'publication \"own Feed\"': pair_reader", "'publication \"own Feed\"': ours")
                    .doesNotContain("other", "remote");
            Schema declared = SchemaYaml.read(new TextFile("schema.yaml", text));
            statement.execute(
                    """
                    ALTER PUBLICATION "other Feed" OWNER TO pair_writer;
                    ALTER SERVER remote OWNER TO pair_writer;
                    COMMENT ON PUBLICATION "other Feed" IS NULL;
                    REVOKE ALL ON FOREIGN SERVER remote FROM pair_reader;
                    """);
            VerificationRequest request = new VerificationRequest("public", null, declared, List.of(), STRICT);
            assertThat(Verifier.verify(connection, request).differences()).isEmpty();
            ChangePlanner.Request change = new ChangePlanner.Request("public", null, declared, STRICT, false);
            assertThat(ChangePlanner.plan(connection, change).isEmpty()).isTrue();
        }
    }

    /** Which casts, transforms and languages are held decides about the comments on them. */
    @Test
    void commentsAreHeldWithTheirCastsTransformsAndLanguages() throws SQLException {
        try (Connection connection =
                        Postgres.version(Postgres.NEWEST).createDatabase().superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE SCHEMA other;
                    CREATE FUNCTION years(int) RETURNS date LANGUAGE sql IMMUTABLE AS $$SELECT date '2020-01-01'$$;
                    CREATE FUNCTION other.theirs(int) RETURNS point LANGUAGE sql IMMUTABLE AS $$SELECT point '(1,1)'$$;
                    CREATE CAST (int AS date) WITH FUNCTION years(int);
                    CREATE CAST (int AS xml) WITH INOUT;
                    CREATE CAST (int AS point) WITH FUNCTION other.theirs(int);
                    COMMENT ON CAST (int AS date) IS 'by our function';
                    COMMENT ON CAST (int AS xml) IS 'of nobody';
                    COMMENT ON CAST (int AS point) IS 'theirs';
                    CREATE FUNCTION from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'textin';
                    CREATE FUNCTION other.from_sql(internal) RETURNS internal LANGUAGE internal IMMUTABLE AS 'textin';
                    CREATE TRANSFORM FOR int LANGUAGE plpgsql (FROM SQL WITH FUNCTION from_sql(internal));
                    CREATE TRANSFORM FOR date LANGUAGE plpgsql (FROM SQL WITH FUNCTION other.from_sql(internal));
                    COMMENT ON TRANSFORM FOR int LANGUAGE plpgsql IS 'by our function';
                    COMMENT ON TRANSFORM FOR date LANGUAGE plpgsql IS 'theirs';
                    CREATE FUNCTION other.call() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
                    CREATE LANGUAGE wordy HANDLER other.call;
                    COMMENT ON LANGUAGE wordy IS 'theirs';
                    """);
            String text = SchemaYaml.write(Snapshot.take(connection, "public", null, List.of()), List.of());
            assertThat(text)
                    .contains("cast (integer AS pg_catalog.date): by our function")
                    .contains("cast (integer AS pg_catalog.xml): of nobody")
                    .contains("transform FOR integer LANGUAGE plpgsql: by our function")
                    .doesNotContain("theirs");
            Schema declared = SchemaYaml.read(new TextFile("schema.yaml", text));
            VerificationRequest request = new VerificationRequest("public", null, declared, List.of(), STRICT);
            statement.execute("COMMENT ON CAST (int AS point) IS NULL; COMMENT ON LANGUAGE wordy IS NULL");
            assertThat(Verifier.verify(connection, request).differences()).isEmpty();
            statement.execute(
                    """
                    COMMENT ON CAST (int AS date) IS 'other';
                    COMMENT ON CAST (int AS xml) IS NULL;
                    COMMENT ON TRANSFORM FOR int LANGUAGE plpgsql IS NULL;
                    """);
            assertThat(Verifier.verify(connection, request).differences())
                    .allMatch(Difference::isDrift)
                    .extracting(difference -> difference.object().toString())
                    .containsExactlyInAnyOrder(
                            "comment on cast (integer AS pg_catalog.date)",
                            "comment on cast (integer AS pg_catalog.xml)",
                            "comment on transform FOR integer LANGUAGE plpgsql");
        }
    }
}
