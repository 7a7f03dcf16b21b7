package io.schemajob.cli;

import io.schemajob.cli.line.SeverityConverter;
import io.schemajob.lint.finding.Severity;
import picocli.CommandLine.Option;

/** {@code --level}, for commands that end with 85 on findings. */
final class LevelOption {
    @Option(
            names = "--level",
            paramLabel = "error|warning|info",
            converter = SeverityConverter.class,
            description = "lowest severity of findings that ends with 85 (default: that of bundle.yaml, or error)")
    Severity severity;
}
