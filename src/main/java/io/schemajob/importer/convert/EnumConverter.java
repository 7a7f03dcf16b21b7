package io.schemajob.importer.convert;

import java.util.Set;

/** Text that is one of an enum's labels, letter by letter as PostgreSQL wants it. */
final class EnumConverter implements Converter {
    private final TextConverter text;
    private final Set<String> labels;
    private final String complaint;

    EnumConverter(TargetType type, boolean integersToo) {
        this.text = new TextConverter(type, integersToo);
        this.labels = Set.copyOf(type.labels());
        this.complaint = "is no value of the enum %s: %s".formatted(type.name(), String.join(", ", type.labels()));
    }

    @Override
    public CanonicalValue convert(SourceValue value) throws ConversionException {
        CanonicalValue label = text.convert(value);
        if (!labels.contains(Kind.ENUM.text(label))) {
            throw new ConversionException(complaint);
        }
        return label;
    }
}
