package io.schemajob.catalog;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A schema with every sort of object, and the ways to make, snapshot and verify it that several tests share. */
final class RichSchema {
    private RichSchema() {}

    static String resource(String path) {
        try (InputStream in = RichSchema.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Schema agentExecutor() {
        return SchemaYaml.read(new TextFile("schema.yaml", resource("/bundles/agent-executor/schema.yaml")));
    }

    /** A fresh database with the rich schema in {@code public}. */
    static Postgres.Database create(int major) throws SQLException {
        Postgres.Database database = Postgres.version(major).createDatabase();
        try (Connection connection = database.superuser();
                var statement = connection.createStatement()) {
            statement.execute("GRANT ALL ON SCHEMA public TO " + database.user());
        }
        database.execute(resource("/catalog/rich.sql"));
        return database;
    }

    /** What {@code schemajob snapshot} would write. */
    static String snapshot(Postgres.Database database) throws SQLException {
        try (Connection connection = database.connect()) {
            Schema schema = Snapshot.take(connection, "public", "flyway_schema_history", List.of("levels"));
            return SchemaYaml.write(schema, List.of("Declared schema"));
        }
    }

    static VerificationReport verify(Postgres.Database database, Schema declared) throws SQLException {
        return verify(database, declared, new DiffOptions(true, database.user()));
    }

    static VerificationReport verify(Postgres.Database database, Schema declared, DiffOptions options)
            throws SQLException {
        try (Connection connection = database.connect()) {
            return Verifier.verify(
                    connection,
                    new VerificationRequest("public", "flyway_schema_history", declared, List.of(), options));
        }
    }
}
