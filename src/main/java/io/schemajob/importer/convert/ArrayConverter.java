package io.schemajob.importer.convert;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A JSON array as a one-dimensional array, in the form that PostgreSQL prints: of strings, of UUIDs, of whole numbers. */
final class ArrayConverter implements Converter {
    /** Of the longest number of 64 bits. */
    private static final int DIGITS = 19;

    private static final String TOO_LONG = "9".repeat(DIGITS);

    private final Kind element;
    private final Converter integers;

    /** @param kind of the array */
    ArrayConverter(Kind kind) {
        this.element = kind.element();
        this.integers = element.isNumber()
                ? new IntegerConverter(
                        TargetType.of(element, element == Kind.INT4 ? "integer" : "bigint"), Fraction.REJECT)
                : null;
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        if (value.type() != StorageClass.TEXT) {
            throw ConversionException.storage(value, "text with a JSON array");
        }
        Utf8Text.requireValid(value.bytes());
        Object json = new JsonReader(new String(value.bytes(), StandardCharsets.UTF_8)).read();
        if (!(json instanceof List<?> items)) {
            throw new ConversionException("is not a JSON array");
        }
        List<String> elements = new ArrayList<>();
        for (Object item : items) {
            elements.add(item == JsonWriter.NULL ? null : element(item));
        }
        return CanonicalValue.of(ArrayText.print(elements));
    }

    private String element(Object item) throws ConversionException {
        if (integers != null) {
            return String.valueOf(integers.convert(whole(item)).number());
        }
        if (!(item instanceof String text)) {
            throw new ConversionException("is not a JSON array of strings");
        }
        return element == Kind.UUID ? uuid(text) : text;
    }

    private static String uuid(String text) throws ConversionException {
        byte[] uuid = Ids.parse(text.getBytes(StandardCharsets.UTF_8));
        if (uuid == null) {
            throw new ConversionException("is a JSON array with something that is not a UUID");
        }
        return Ids.toUuid(uuid).toString();
    }

    /** A number without a fraction; one that is too long for any type is for the converter to refuse. */
    private static SourceValue whole(Object item) throws ConversionException {
        if (!(item instanceof BigDecimal number)) {
            throw new ConversionException("is not a JSON array of numbers");
        }
        boolean long64 = number.precision() - number.scale() <= DIGITS;
        if (long64 && number.stripTrailingZeros().scale() > 0) {
            throw new ConversionException("is a JSON array with a number that is not whole");
        }
        return SourceValue.text(long64 ? number.toBigInteger().toString() : TOO_LONG);
    }
}
