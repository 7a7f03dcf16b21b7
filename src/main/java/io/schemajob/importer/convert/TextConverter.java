package io.schemajob.importer.convert;

import java.nio.charset.StandardCharsets;

/** Text as it is; with {@code as: text}, integers in decimal as well. */
final class TextConverter implements Converter {
    private final TargetType type;
    private final boolean integersToo;

    TextConverter(TargetType type, boolean integersToo) {
        this.type = type;
        this.integersToo = integersToo;
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        byte[] text = bytes(value);
        int length = Utf8Text.requireValid(text);
        if (type.kind() == Kind.CHAR) {
            return fixedLength(text, length);
        }
        requireShort(length);
        return CanonicalValue.of(text);
    }

    private byte[] bytes(SourceValue value) throws ConversionException {
        if (value.type() == StorageClass.TEXT) {
            return value.bytes();
        }
        if (integersToo && value.type() == StorageClass.INTEGER) {
            return String.valueOf(value.integer()).getBytes(StandardCharsets.US_ASCII);
        }
        throw ConversionException.storage(value, integersToo ? "text or integer" : "text");
    }

    private CanonicalValue fixedLength(byte[] text, int length) throws ConversionException {
        int end = text.length;
        while (end > 0 && text[end - 1] == ' ') {
            end--;
        }
        requireShort(length - (text.length - end));
        return CanonicalValue.of(end == text.length ? text : java.util.Arrays.copyOf(text, end));
    }

    private void requireShort(int length) throws ConversionException {
        if (type.length() >= 0 && length > type.length()) {
            throw new ConversionException(
                    "is %d characters long, %s holds %d".formatted(length, type.name(), type.length()),
                    "is longer than %s holds".formatted(type.name()));
        }
    }
}
