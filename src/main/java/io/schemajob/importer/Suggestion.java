package io.schemajob.importer;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.importer.load.TargetReader;
import io.schemajob.importer.sqlite.LayoutSql;
import io.schemajob.importer.sqlite.OnlineBackup;
import io.schemajob.importer.sqlite.SourceSchema;
import io.schemajob.importer.suggest.MappingTemplate;
import io.schemajob.importer.target.TargetTable;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at both sides and writes a first mapping; changes nothing. */
public final class Suggestion {
    private Suggestion() {}

    /**
     * The draft of an {@code import.yaml}.
     *
     * @param partial what is written of it already; or null
     * @param cancellation breaks it off
     * @param file is read where it is, however large; empty if that cannot be, as {@link OnlineBackup#read} says
     * @throws io.schemajob.report.failure.SchemajobException CONFIG where there are no tables yet
     */
    public static Optional<String> of(
            Connection session, String schema, YamlNode partial, OnlineBackup file, CancellationToken cancellation)
            throws SQLException {
        Map<String, TargetTable> targets = TargetReader.read(session, schema);
        if (targets.keySet().stream().allMatch(MappingTemplate::isOwn)) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The schema %s has no tables that rows could be imported into.".formatted(schema))
                    .databaseState("Nothing was changed.")
                    .hint("Run schemajob migrate with this bundle first, and then --suggest again.")
                    .asException();
        }
        Set<String> partitions = partitions(session, schema);
        return file.read(
                source -> MappingTemplate.of(
                        SourceSchema.read(source), targets, partitions, LayoutSql.text(source), partial),
                cancellation);
    }

    private static Set<String> partitions(Connection session, String schema) throws SQLException {
        Set<String> partitions = new HashSet<>();
        try (PreparedStatement statement = session.prepareStatement(
                "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE c.relispartition AND n.nspname = ?")) {
            statement.setString(1, schema);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    partitions.add(row.getString(1));
                }
            }
        }
        return partitions;
    }
}
