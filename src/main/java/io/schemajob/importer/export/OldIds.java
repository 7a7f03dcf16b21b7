package io.schemajob.importer.export;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.StorageClass;
import io.schemajob.importer.load.IdMap;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The ids that were not kept when they were imported, from the file that {@code --id-map} wrote. They lie in a temporary
 * table of SQLite, so that their number does not matter.
 */
final class OldIds implements AutoCloseable {
    private final PreparedStatement query;

    private OldIds(PreparedStatement query) {
        this.query = query;
    }

    /** @param file null if every id was kept */
    static OldIds load(Connection sqlite, Path file) throws SQLException {
        try (Statement statement = sqlite.createStatement()) {
            statement.execute("CREATE TEMP TABLE schemajob_ids (source TEXT, new TEXT, old TEXT, class TEXT,"
                    + " PRIMARY KEY (source, new)) WITHOUT ROWID");
        }
        if (file != null) {
            read(sqlite, file);
        }
        return new OldIds(sqlite.prepareStatement("SELECT old, class FROM schemajob_ids WHERE source = ? AND new = ?"));
    }

    private static void read(Connection sqlite, Path file) throws SQLException {
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                PreparedStatement insert = sqlite.prepareStatement(
                        "INSERT INTO schemajob_ids (source, old, new, class) VALUES (?, ?, ?, ?)")) {
            List<String> record = record(in);
            if (record == null || !String.join(",", record).equals(IdMap.HEADER)) {
                throw invalid(file, null);
            }
            for (record = record(in); record != null; record = record(in)) {
                if (record.size() != 4) {
                    throw invalid(file, null);
                }
                for (int i = 0; i < record.size(); i++) {
                    insert.setString(i + 1, record.get(i));
                }
                insert.executeUpdate();
            }
        } catch (IOException e) {
            throw invalid(file, e);
        }
    }

    /** One record of the CSV, which may go over several lines; null at the end. */
    private static List<String> record(BufferedReader in) throws IOException {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int c = in.read(); c >= 0; c = in.read()) {
            any = true;
            if (c == '"') {
                in.mark(1);
                boolean doubled = quoted && in.read() == '"';
                if (doubled) {
                    field.append('"');
                } else {
                    if (quoted) {
                        in.reset();
                    }
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n' && !quoted) {
                break;
            } else {
                field.append((char) c);
            }
        }
        fields.add(field.toString());
        return any ? fields : null;
    }

    private static RuntimeException invalid(Path file, IOException cause) {
        return Failure.of(
                        ExitStatus.CONFIG, "%s is not a file of ids that import sqlite --id-map wrote.".formatted(file))
                .databaseState("Nothing was changed.")
                .hint("Name the file that was written when the rows were imported.")
                .asException(cause);
    }

    /** The id as it was; the UUID itself if it was kept or is new. */
    SourceValue of(String table, String uuid) throws SQLException {
        query.setString(1, table);
        query.setString(2, uuid);
        try (ResultSet row = query.executeQuery()) {
            return row.next() ? ofId(row.getString(1), row.getString(2)) : SourceValue.text(uuid);
        }
    }

    /** As {@link IdMap} writes it: text, an integer, or a blob as SQL has it. */
    private static SourceValue ofId(String oldId, String storageClass) {
        if (storageClass.equals(StorageClass.INTEGER.toString())) {
            return SourceValue.integer(Long.parseLong(oldId));
        }
        return storageClass.equals(StorageClass.BLOB.toString())
                ? SourceValue.blob(HexFormat.of().parseHex(oldId, 2, oldId.length() - 1))
                : SourceValue.text(oldId);
    }

    @Override
    public void close() throws SQLException {
        query.close();
    }
}
