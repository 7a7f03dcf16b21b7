package io.schemajob.importer.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.report.file.OutputFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * The file of {@code --rejects}: one JSON object a line for each row that was not loaded, with the reasons and all its
 * values. Blobs, and text that is no UTF-8, are hexadecimal.
 */
public final class Rejects {
    private final Path file;
    private final Path temporary;
    private Writer out;
    private long rows;

    /** @param file null where rows that do not fit end the import */
    public Rejects(Path file) {
        this.file = file;
        this.temporary = file == null ? null : OutputFile.of(file).draft();
    }

    boolean wanted() {
        return file != null;
    }

    void begin() throws IOException {
        out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
    }

    void add(TablePlan table, long rowId, SourceValue[] values, List<String> reasons) throws IOException {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("table", table.source().name());
        line.put("row", rowId);
        reasons.forEach(line.putArray("reasons")::add);
        ObjectNode row = line.putObject("values");
        for (int i = 0; i < values.length; i++) {
            put(row, table.read().get(i), values[i]);
        }
        out.write(line + "\n");
        rows++;
    }

    private static void put(ObjectNode row, String name, SourceValue value) {
        switch (value.type()) {
            case NULL -> row.putNull(name);
            case INTEGER -> row.put(name, value.integer());
            case REAL -> row.put(name, value.real());
            case TEXT -> putText(row, name, value.bytes());
            case BLOB -> row.putObject(name).put("blob", HexFormat.of().formatHex(value.bytes()));
        }
    }

    private static void putText(ObjectNode row, String name, byte[] text) {
        try {
            row.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(text))
                            .toString());
        } catch (CharacterCodingException e) {
            row.putObject(name).put("text", HexFormat.of().formatHex(text));
        }
    }

    /** Rows written so far. */
    public long rows() {
        return rows;
    }

    /** Everything else was committed: the file takes its place, if there is anything in it. */
    public void publish() throws IOException {
        if (out != null) {
            out.close();
            out = null;
            OutputFile.of(file).take(temporary);
        }
    }

    /** Removes what was not published. */
    public void discard() throws IOException {
        if (out != null) {
            out.close();
            out = null;
            Files.deleteIfExists(temporary);
        }
    }
}
