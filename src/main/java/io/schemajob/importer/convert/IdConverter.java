package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The id of a row, or of the row that a foreign key names. */
final class IdConverter implements Converter {
    /** Foreign keys name few rows often; entries. */
    private static final int REMEMBERED = 1024;

    private final Ids ids;
    private final byte[][] oldIds = new byte[REMEMBERED][];
    private final CanonicalValue[] newIds = new CanonicalValue[REMEMBERED];

    IdConverter(Ids ids) {
        this.ids = ids;
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        return switch (value.type()) {
            case TEXT -> ofText(value.bytes());
            case INTEGER ->
                CanonicalValue.of(ids.of(String.valueOf(value.integer()).getBytes(StandardCharsets.US_ASCII)));
            case BLOB -> ofBlob(value.bytes());
            default -> throw ConversionException.storage(value, "text, integer or a blob of 16 bytes");
        };
    }

    private CanonicalValue ofText(byte[] text) throws ConversionException {
        int slot = Arrays.hashCode(text) & REMEMBERED - 1;
        if (Arrays.equals(text, oldIds[slot])) {
            return newIds[slot];
        }
        if (text.length == 0) {
            throw new ConversionException("is an empty id");
        }
        Utf8Text.requireValid(text);
        CanonicalValue id = CanonicalValue.of(ids.of(text));
        oldIds[slot] = text;
        newIds[slot] = id;
        return id;
    }

    static CanonicalValue ofBlob(byte[] blob) throws ConversionException {
        if (blob.length != 16) {
            throw new ConversionException("is a blob of %d bytes; a UUID has 16".formatted(blob.length));
        }
        return CanonicalValue.of(blob);
    }
}
