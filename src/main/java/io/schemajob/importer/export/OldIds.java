package io.schemajob.importer.export;

import io.schemajob.importer.convert.Ids;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.StorageClass;
import io.schemajob.importer.load.IdMap;
import io.schemajob.importer.validate.PostgresHash;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.log.Log;
import io.schemajob.report.log.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * The ids that were not kept when they were imported, from the file that {@code --id-map} wrote. They are read where they are
 * named; only their places lie in a file beside the one that is written, so that neither memory nor a small {@code /tmp} limits
 * their number.
 */
public final class OldIds implements AutoCloseable {
    /** Of a record: a table's name, an id, a UUID, a storage class, three commas and a line break. */
    private static final int SHORTEST_RECORD = 46;

    private static final int UUID_LENGTH = 36;
    private static final int FIELDS = 4;
    private static final int NEW_ID = 2;
    private static final int READ_AT_ONCE = 64 * 1024;
    private static final int READ_FOR_ONE = 2 * 1024;

    /** Ids that foreign keys name again and again. */
    private static final int REMEMBERED = 16 * 1024;

    private final Path idMap;
    private final Path temporary;
    private final Map<String, Integer> tables = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Known[] remembered = new Known[REMEMBERED];
    private OffsetTable places;
    private CsvRecords records;

    /** An id that was looked up. */
    private record Known(int table, byte[] uuid, SourceValue old) {}

    private OldIds(Path idMap, Path temporary) {
        this.idMap = idMap;
        this.temporary = temporary;
    }

    /**
     * Reads them.
     *
     * @param idMap null if every id was kept
     * @param temporary where their places lie until this is closed
     */
    public static OldIds load(Path idMap, Path temporary, Log log, CancellationToken cancellation) throws IOException {
        Files.deleteIfExists(temporary);
        OldIds ids = new OldIds(idMap, temporary);
        try {
            if (idMap != null) {
                ids.read(log, cancellation);
            }
            return ids;
        } catch (IOException | RuntimeException e) {
            ids.close();
            throw e;
        }
    }

    private void read(Log log, CancellationToken cancellation) throws IOException {
        try (CsvRecords all = new CsvRecords(idMap, READ_AT_ONCE)) {
            long size = all.size();
            long place = all.read(0);
            if (place == 0 || !header(all).equals(IdMap.HEADER)) {
                throw invalid(null);
            }
            places = new OffsetTable(temporary, size / SHORTEST_RECORD + 1);
            long begun = System.nanoTime();
            while (place < size) {
                cancellation.check();
                log.progress(new Progress("ids", place, size, Duration.ofNanos(System.nanoTime() - begun), "bytes"));
                long next = all.read(place);
                if (all.fields() != FIELDS) {
                    throw invalid(null);
                }
                int table = tables.computeIfAbsent(all.text(0), name -> tables.size());
                counts.merge(all.text(0), 1L, Long::sum);
                places.put(hash(table, uuid(all.text(NEW_ID))), place);
                place = next;
            }
        } catch (java.nio.file.NoSuchFileException e) {
            throw invalid(e);
        }
        records = new CsvRecords(idMap, READ_FOR_ONE);
    }

    private static String header(CsvRecords all) {
        StringBuilder header = new StringBuilder();
        for (int i = 0; i < all.fields(); i++) {
            header.append(i == 0 ? "" : ",").append(all.text(i));
        }
        return header.toString();
    }

    private byte[] uuid(String text) {
        if (text.length() != UUID_LENGTH) {
            throw invalid(null);
        }
        try {
            return Ids.toBytes(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            throw invalid(e);
        }
    }

    private static long hash(int table, byte[] uuid) {
        return PostgresHash.ofBytes(uuid, table + 1);
    }

    private RuntimeException invalid(Exception cause) {
        return Failure.of(
                        ExitStatus.CONFIG,
                        "%s is not a file of ids that import sqlite --id-map wrote.".formatted(idMap))
                .databaseState("Nothing was changed.")
                .hint("Name the file that was written when the rows were imported.")
                .asException(cause);
    }

    /** How many ids of a table of the source are known. */
    public long count(String table) {
        return counts.getOrDefault(table, 0L);
    }

    /** The id as it was; the UUID itself if it was kept or is new. */
    SourceValue of(String table, byte[] uuid) throws IOException {
        Integer number = tables.get(table);
        if (number == null) {
            return kept(uuid);
        }
        long hash = hash(number, uuid);
        int slot = (int) hash & REMEMBERED - 1;
        Known known = remembered[slot];
        if (known == null || known.table() != number || !Arrays.equals(known.uuid(), uuid)) {
            known = new Known(number, uuid, find(table, hash, uuid));
            remembered[slot] = known;
        }
        return known.old();
    }

    private static SourceValue kept(byte[] uuid) {
        return SourceValue.text(Ids.toUuid(uuid).toString());
    }

    private SourceValue find(String table, long hash, byte[] uuid) throws IOException {
        long place = places.find(hash, found -> {
            records.read(found);
            return Arrays.equals(uuid(records.text(NEW_ID)), uuid)
                    && records.text(0).equals(table);
        });
        return place < 0 ? kept(uuid) : ofId(records.bytes(1), records.text(3));
    }

    /** As {@link IdMap} writes it: text, an integer, or a blob as SQL has it. */
    private static SourceValue ofId(byte[] oldId, String storageClass) {
        if (storageClass.equals(StorageClass.TEXT.toString())) {
            return SourceValue.text(oldId);
        }
        String words = new String(oldId, StandardCharsets.US_ASCII);
        return storageClass.equals(StorageClass.BLOB.toString())
                ? SourceValue.blob(HexFormat.of().parseHex(words, 2, words.length() - 1))
                : SourceValue.integer(Long.parseLong(words));
    }

    @Override
    public void close() throws IOException {
        if (records != null) {
            records.close();
        }
        Files.deleteIfExists(temporary);
    }
}
