package io.schemajob.importer.convert;

import java.util.Locale;
import java.util.Set;

/** 0 and 1, or the words that PostgreSQL takes for true and false. */
final class BooleanConverter implements Converter {
    private static final CanonicalValue TRUE = CanonicalValue.of(1);
    private static final CanonicalValue FALSE = CanonicalValue.of(0);

    private final Set<String> trueValues;
    private final Set<String> falseValues;

    /** @param rules with words of the application's own */
    BooleanConverter(FieldRules rules) {
        this.trueValues = Set.copyOf(rules.trueValues());
        this.falseValues = Set.copyOf(rules.falseValues());
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        if (!trueValues.isEmpty() || !falseValues.isEmpty()) {
            String own = value.words();
            if (trueValues.contains(own) || falseValues.contains(own)) {
                return trueValues.contains(own) ? TRUE : FALSE;
            }
        }
        if (value.type() == StorageClass.INTEGER && (value.integer() == 0 || value.integer() == 1)) {
            return value.integer() == 1 ? TRUE : FALSE;
        }
        if (value.type() != StorageClass.TEXT && value.type() != StorageClass.INTEGER) {
            throw ConversionException.storage(value, "integer or text");
        }
        String word = value.type() == StorageClass.TEXT ? value.string().toLowerCase(Locale.ROOT) : "";
        return switch (word) {
            case "true", "t", "yes", "y", "on", "1" -> TRUE;
            case "false", "f", "no", "n", "off", "0" -> FALSE;
            default -> throw new ConversionException("is neither true nor false");
        };
    }
}
