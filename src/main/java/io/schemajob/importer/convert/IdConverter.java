package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The id of a row, or of the row that a foreign key names. */
final class IdConverter implements Converter {
    /** Foreign keys name few rows often; entries. */
    private static final int REMEMBERED = 1024;

    private final Ids ids;
    private final byte[][] oldIds = new byte[REMEMBERED][];
    private final Canonical[] newIds = new Canonical[REMEMBERED];

    IdConverter(Ids ids) {
        this.ids = ids;
    }

    @Override
    public Canonical convert(SourceValue value) throws Unfit {
        return switch (value.type()) {
            case TEXT -> ofText(value.bytes());
            case INTEGER -> Canonical.of(ids.of(String.valueOf(value.integer()).getBytes(StandardCharsets.US_ASCII)));
            case BLOB -> ofBlob(value.bytes());
            default -> throw Unfit.storage(value, "text, integer or a blob of 16 bytes");
        };
    }

    private Canonical ofText(byte[] text) throws Unfit {
        int slot = Arrays.hashCode(text) & REMEMBERED - 1;
        if (Arrays.equals(text, oldIds[slot])) {
            return newIds[slot];
        }
        if (text.length == 0) {
            throw new Unfit("is an empty id");
        }
        Utf8.requireValid(text);
        Canonical id = Canonical.of(ids.of(text));
        oldIds[slot] = text;
        newIds[slot] = id;
        return id;
    }

    static Canonical ofBlob(byte[] blob) throws Unfit {
        if (blob.length != 16) {
            throw new Unfit("is a blob of %d bytes; a UUID has 16".formatted(blob.length));
        }
        return Canonical.of(blob);
    }
}
