package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.catalog.docs.HtmlDocs;
import io.schemajob.catalog.docs.MarkdownDocs;
import io.schemajob.catalog.docs.MermaidDiagram;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.job.RunContext;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;

/** Documents a bundle from its declared schema and its scripts; needs no database. */
public final class DocsJob {
    /** What comes out. */
    public enum Format {
        MARKDOWN,
        MERMAID,
        HTML
    }

    private final RunContext run;
    private final Format format;

    public DocsJob(RunContext run, Format format) {
        this.run = run;
        this.format = format;
    }

    /** The page or the diagram. */
    public String execute() {
        Bundle bundle = run.bundle();
        Schema schema = bundle.file("schema.yaml").map(SchemaYaml::read).orElseThrow(() -> Failure.of(
                        ExitStatus.CONFIG, "The bundle %s declares no schema.".formatted(bundle.name()))
                .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                .databaseState("Not contacted.")
                .hint("schemajob snapshot --file schema.yaml writes one from a migrated database.")
                .asException());
        String title = bundle.title() == null ? bundle.name() : "%s: %s".formatted(bundle.name(), bundle.title());
        String main = bundle.schemas().isEmpty() ? "" : bundle.schemas().get(0);
        return switch (format) {
            case MARKDOWN -> MarkdownDocs.of(title, schema, MermaidDiagram.of(schema, main));
            case MERMAID -> MermaidDiagram.of(schema, main);
            case HTML -> HtmlDocs.of(title, schema, main, ScriptHistory.of(bundle));
        };
    }
}
