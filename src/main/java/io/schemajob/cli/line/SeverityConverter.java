package io.schemajob.cli.line;

import io.schemajob.lint.finding.Severity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code --level}. */
public final class SeverityConverter implements ITypeConverter<Severity> {
    @Override
    public Severity convert(String text) {
        return Severity.parse(text)
                .orElseThrow(() -> new TypeConversionException("it is error, warning or info, not \"" + text + "\""));
    }
}
