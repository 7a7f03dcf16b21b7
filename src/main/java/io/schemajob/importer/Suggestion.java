package io.schemajob.importer;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.importer.load.TargetReader;
import io.schemajob.importer.sqlite.LayoutSql;
import io.schemajob.importer.sqlite.OnlineBackup;
import io.schemajob.importer.sqlite.SourceSchema;
import io.schemajob.importer.suggest.MappingTemplate;
import io.schemajob.importer.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;

/** Looks at both sides and writes a first mapping; changes nothing. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The draft of an {@code import.yaml}.
     *
     * @param partial what is written of it already; or null
     * @param file is read where it is, however large; empty if that cannot be, as {@link OnlineBackup#read} says
     */
    public static Optional<String> of(Connection session, String schema, YamlNode partial, OnlineBackup file)
            throws SQLException {
        Map<String, TargetTable> targets = TargetReader.read(session, schema);
        return file.read(
                source -> MappingTemplate.of(SourceSchema.read(source), targets, LayoutSql.text(source), partial));
    }
}
