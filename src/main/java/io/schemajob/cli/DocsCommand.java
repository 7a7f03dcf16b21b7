package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.Setting;
import io.schemajob.job.author.DocsJob;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code docs}: tables, columns and a diagram of a bundle. */
@Command(name = "docs", description = "Print tables, columns and a diagram of a bundle; needs no database.")
final class DocsCommand extends RunCommand {
    @Parameters(arity = "0..1", paramLabel = "BUNDLE", description = "name or path; otherwise the configured bundle")
    String bundle;

    @Option(
            names = "--format",
            paramLabel = "markdown|mermaid|html",
            defaultValue = "markdown",
            converter = FormatConverter.class,
            description = "markdown (default), mermaid (the diagram alone) or html (a page with diagram and search)")
    DocsJob.Format format;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    Map<Setting, String> options() {
        Map<Setting, String> options = super.options();
        if (bundle != null) {
            options.put(Setting.BUNDLE, bundle);
        }
        return options;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        String text = new DocsJob(run, format).execute();
        if (output == Output.TEXT) {
            out.document(text);
        }
        run.report().details(JsonNodeFactory.instance.objectNode().put("docs", text));
    }

    /** Reads the name of a format. */
    static final class FormatConverter implements ITypeConverter<DocsJob.Format> {
        @Override
        public DocsJob.Format convert(String value) {
            try {
                return DocsJob.Format.valueOf(value.toUpperCase(Locale.ROOT));
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("\"" + value + "\" is none of markdown, mermaid and html");
            }
        }
    }
}
