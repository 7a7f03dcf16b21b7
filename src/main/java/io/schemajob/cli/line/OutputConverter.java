package io.schemajob.cli.line;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code text} or {@code json}. */
public final class OutputConverter implements ITypeConverter<Output> {
    @Override
    public Output convert(String value) {
        try {
            return Output.valueOf(value.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("\"" + value + "\" is neither text nor json");
        }
    }
}
