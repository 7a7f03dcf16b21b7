package io.schemajob.importer.convert;

import java.util.HashMap;
import java.util.Map;

/** All that happens to one column's values: renamed, replaced where NULL or empty, converted. */
public final class Field {
    private final Kind kind;
    private final FieldRules rules;
    private final Converter converter;
    private final CanonicalValue fallback;
    private final Map<String, SourceValue> renamed = new HashMap<>();
    private final Map<String, String> oldNames = new HashMap<>();

    private Field(Kind kind, FieldRules rules, Converter converter) throws ConversionException {
        this.kind = kind;
        this.rules = rules;
        this.converter = converter;
        this.fallback = rules.fallback() == null ? null : converter.convert(SourceValue.text(rules.fallback()));
        rules.renamed().forEach((before, after) -> {
            renamed.put(before, SourceValue.text(after));
            try {
                oldNames.putIfAbsent(kind.text(converter.convert(SourceValue.text(after))), before);
            } catch (ConversionException e) {
                // A value that is renamed to it will not fit, which is the finding.
            }
        });
    }

    /** The first old value that is renamed to this one; null if none is. */
    public String oldName(CanonicalValue value) {
        return oldNames.isEmpty() ? null : oldNames.get(kind.text(value));
    }

    /**
     * The conversion for a column.
     *
     * @param ids whose ids the values are, or null if they are no ids
     * @throws Unfit if the default does not fit the type
     */
    public static Field of(TargetType type, FieldRules rules, Ids ids) throws ConversionException {
        return new Field(type.kind(), rules, converter(type, rules, ids));
    }

    private static Converter converter(TargetType type, FieldRules rules, Ids ids) {
        return switch (type.kind()) {
            case UUID -> ids == null ? new UuidConverter() : new IdConverter(ids);
            case TEXT, CHAR -> new TextConverter(type, rules.integersAsText());
            case JSONB, JSON -> new JsonConverter(type.kind(), rules.refuseDuplicates());
            case NUMERIC -> new NumericConverter(type, rules.fraction());
            case BYTEA -> new BytesConverter();
            case ENUM -> new EnumConverter(type, rules.integersAsText());
            case TEXT_ARRAY, UUID_ARRAY, INT4_ARRAY, INT8_ARRAY -> new ArrayConverter(type.kind());
            case BOOLEAN -> new BooleanConverter(rules);
            case INT2, INT4, INT8 -> new IntegerConverter(type, rules.fraction());
            case FLOAT4, FLOAT8 -> new FloatConverter(type);
            case DATE, TIMESTAMP, TIMESTAMPTZ -> new TimestampConverter(type, rules);
        };
    }

    /** How many values so far were jsonb with a key twice, of which the last was kept. */
    public long duplicateKeys() {
        return converter instanceof JsonConverter json ? json.duplicates() : 0;
    }

    /** The value to load; null for NULL. */
    public CanonicalValue convert(SourceValue given) throws ConversionException {
        SourceValue value = rules.trim().of(given);
        if (value.isNull() || rules.empty() == FieldRules.Empty.NULL && value.isEmptyText()) {
            if (fallback == null && rules.required()) {
                throw new ConversionException(
                        value.isNull()
                                ? "is NULL, and the column needs a value"
                                : "is empty, and the column needs a value");
            }
            return fallback;
        }
        if (rules.lookup() != null) {
            String found = rules.lookup().get(value.words());
            if (found == null) {
                throw new ConversionException(
                        rules.lookup().containsKey(value.words())
                                ? "has NULL in the table of the lookup"
                                : "is not in the table of the lookup");
            }
            return converter.convert(SourceValue.text(found));
        }
        if (!renamed.isEmpty() && value.type() != StorageClass.BLOB) {
            SourceValue other = renamed.get(value.words());
            return converter.convert(other == null ? value : other);
        }
        return converter.convert(value);
    }
}
