package io.schemajob.catalog;

import io.schemajob.bundle.RequiredExtension;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.model.Schema;
import java.util.List;

/**
 * What is to be proved.
 *
 * @param schema name of the schema that holds the history
 * @param further the other schemas of the bundle
 * @param historyTable Flyway's table, which nobody declares, or null
 * @param declared what must be there, or null if nothing is declared for this version
 * @param checks the bundle's own checks in SQL
 * @param options what to be strict about
 * @param extensions that the bundle needs, whether declared or not
 */
public record VerificationRequest(
        String schema,
        List<String> further,
        String historyTable,
        Schema declared,
        List<TextFile> checks,
        DiffOptions options,
        List<RequiredExtension> extensions) {
    public VerificationRequest {
        checks = List.copyOf(checks);
    }

    LiveSchemas live() {
        return new LiveSchemas(schema, further, historyTable);
    }

    /** In one schema. */
    public VerificationRequest(
            String schema,
            String historyTable,
            Schema declared,
            List<TextFile> checks,
            DiffOptions options,
            List<RequiredExtension> extensions) {
        this(schema, List.of(), historyTable, declared, checks, options, extensions);
    }

    /** Without extensions, in one schema. */
    public VerificationRequest(
            String schema, String historyTable, Schema declared, List<TextFile> checks, DiffOptions options) {
        this(schema, historyTable, declared, checks, options, List.of());
    }
}
