package io.schemajob.importer.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.report.file.OutputFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
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
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    /** Bytes of a value that are written at once, so that a large one is not there several times. */
    private static final int PIECE = 8192;

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
        try (JsonGenerator line = JSON.createGenerator(out)) {
            line.writeStartObject();
            line.writeStringField("table", table.source().name());
            line.writeNumberField("row", rowId);
            line.writeArrayFieldStart("reasons");
            for (String reason : reasons) {
                line.writeString(reason);
            }
            line.writeEndArray();
            line.writeObjectFieldStart("values");
            for (int i = 0; i < values.length; i++) {
                line.writeFieldName(table.read().get(i));
                put(line, values[i]);
            }
            line.writeEndObject();
            line.writeEndObject();
        }
        out.write('\n');
        rows++;
    }

    private static void put(JsonGenerator line, SourceValue value) throws IOException {
        switch (value.type()) {
            case NULL -> line.writeNull();
            case INTEGER -> line.writeNumber(value.integer());
            case REAL -> line.writeNumber(value.real());
            case TEXT -> putText(line, value.bytes());
            case BLOB -> putHex(line, "blob", value.bytes());
        }
    }

    private static void putText(JsonGenerator line, byte[] text) throws IOException {
        if (isUtf8(text)) {
            line.writeString(new InputStreamReader(new ByteArrayInputStream(text), StandardCharsets.UTF_8), -1);
        } else {
            putHex(line, "text", text);
        }
    }

    private static boolean isUtf8(byte[] text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(text);
        CharBuffer piece = CharBuffer.allocate(PIECE);
        CoderResult result = decoder.decode(in, piece, true);
        while (result.isOverflow()) {
            piece.clear();
            result = decoder.decode(in, piece, true);
        }
        return !result.isError();
    }

    private static void putHex(JsonGenerator line, String name, byte[] bytes) throws IOException {
        line.writeStartObject();
        line.writeFieldName(name);
        line.writeRawValue("\"");
        for (int from = 0; from < bytes.length; from += PIECE) {
            line.writeRaw(HexFormat.of().formatHex(bytes, from, Math.min(bytes.length, from + PIECE)));
        }
        line.writeRaw('"');
        line.writeEndObject();
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
