package io.schemajob.cli;

import io.schemajob.lint.Severity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --level}. */
final class SeverityConverter implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String text) {
        return Severity.parse(text)
                .orElseThrow(() -> new TypeConversionException("it is error, warning or info, not \"" + text + "\""));
    }
}
