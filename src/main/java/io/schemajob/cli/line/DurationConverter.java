package io.schemajob.cli.line;

import io.schemajob.report.text.Durations;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a time as the settings have it: {@code 300s}, {@code 5m}; 0 is none. */
public final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return Durations.parse(text)
                .orElseThrow(() ->
                        new TypeConversionException("write a whole number with ms, s, m or h, not \"" + text + "\""));
    }
}
