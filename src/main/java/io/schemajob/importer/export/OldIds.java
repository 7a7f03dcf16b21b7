package io.schemajob.importer.export;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.StorageClass;
import io.schemajob.importer.load.IdMap;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The ids that were not kept when they were imported, from the file that {@code --id-map} wrote. They lie in a SQLite file of
 * their own beside the one that is written, so that neither memory nor a small {@code /tmp} limits their number.
 */
public final class OldIds implements AutoCloseable {
    /** Ids that foreign keys name again and again. */
    private static final int REMEMBERED = 10_000;

    private final Connection connection;
    private final PreparedStatement query;
    private final Path file;
    private final Map<String, Integer> tables = new HashMap<>();
    private final Map<String, SourceValue> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SourceValue> eldest) {
            return size() > REMEMBERED;
        }
    };

    private OldIds(Connection connection, Path file) throws SQLException {
        this.connection = connection;
        this.file = file;
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ids (source INTEGER, new BLOB, old TEXT, class TEXT,"
                    + " PRIMARY KEY (source, new)) WITHOUT ROWID");
        }
        connection.setAutoCommit(false);
        this.query = connection.prepareStatement("SELECT old, class FROM ids WHERE source = ? AND new = ?");
    }

    /**
     * Reads them.
     *
     * @param idMap null if every id was kept
     * @param temporary where they lie until this is closed
     */
    public static OldIds load(Path idMap, Path temporary) throws SQLException, IOException {
        Files.deleteIfExists(temporary);
        OldIds ids = new OldIds(Sqlite.openUnguarded(temporary), temporary);
        try {
            if (idMap != null) {
                ids.read(idMap);
            }
            return ids;
        } catch (SQLException | RuntimeException e) {
            ids.close();
            throw e;
        }
    }

    private void read(Path idMap) throws SQLException {
        try (BufferedReader in = Files.newBufferedReader(idMap, StandardCharsets.UTF_8);
                PreparedStatement insert =
                        connection.prepareStatement("INSERT INTO ids (source, old, new, class) VALUES (?, ?, ?, ?)")) {
            List<String> record = record(in);
            if (record == null || !String.join(",", record).equals(IdMap.HEADER)) {
                throw invalid(idMap, null);
            }
            for (record = record(in); record != null; record = record(in)) {
                if (record.size() != 4) {
                    throw invalid(idMap, null);
                }
                insert.setInt(1, tables.computeIfAbsent(record.get(0), name -> tables.size()));
                insert.setString(2, record.get(1));
                insert.setBytes(3, bytes(record.get(2)));
                insert.setString(4, record.get(3));
                insert.executeUpdate();
            }
            connection.commit();
        } catch (IOException | IllegalArgumentException e) {
            throw invalid(idMap, e);
        }
    }

    private static byte[] bytes(String uuid) {
        UUID id = UUID.fromString(uuid);
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
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

    private static RuntimeException invalid(Path file, Exception cause) {
        return Failure.of(
                        ExitStatus.CONFIG, "%s is not a file of ids that import sqlite --id-map wrote.".formatted(file))
                .databaseState("Nothing was changed.")
                .hint("Name the file that was written when the rows were imported.")
                .asException(cause);
    }

    /** The id as it was; the UUID itself if it was kept or is new. */
    SourceValue of(String table, String uuid) throws SQLException {
        Integer number = tables.get(table);
        if (number == null) {
            return SourceValue.text(uuid);
        }
        String name = number + " " + uuid;
        SourceValue known = remembered.get(name);
        if (known == null) {
            known = find(number, uuid);
            remembered.put(name, known);
        }
        return known;
    }

    private SourceValue find(int table, String uuid) throws SQLException {
        query.setInt(1, table);
        query.setBytes(2, bytes(uuid));
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
        connection.close();
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new SQLException("the file of ids %s could not be removed".formatted(file), e);
        }
    }
}
