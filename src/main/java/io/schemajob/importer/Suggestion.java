package io.schemajob.importer;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.importer.load.TargetReader;
import io.schemajob.importer.sqlite.LayoutSql;
import io.schemajob.importer.sqlite.OnlineBackup;
import io.schemajob.importer.sqlite.SourceSchema;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.importer.sqlite.SqliteFailures;
import io.schemajob.importer.suggest.MappingTemplate;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Looks at both sides and writes a first mapping; changes nothing. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The draft of an {@code import.yaml}.
     *
     * @param partial what is written of it already; or null
     * @param copy of the SQLite file, as {@link OnlineBackup} makes it
     */
    public static String of(Connection session, String schema, YamlNode partial, Path copy) throws SQLException {
        try (Connection source = Sqlite.openImmutable(copy)) {
            return MappingTemplate.of(
                    SourceSchema.read(source), TargetReader.read(session, schema), LayoutSql.text(source), partial);
        } catch (org.sqlite.SQLiteException e) {
            throw SqliteFailures.of("The SQLite file could not be read", e);
        }
    }
}
