package io.schemajob.importer;

import io.schemajob.importer.mapping.ImportMapping;
import java.nio.file.Path;

/**
 * What is to be imported, and how.
 *
 * @param file the SQLite file, for messages
 * @param copy of it, which nobody changes
 * @param schema of the target
 * @param append whether the target may have rows already
 * @param validate whether the result is proved before it is kept
 * @param dryRun whether it will be rolled back
 * @param batchSize rows that are read and reported at once
 * @param maxFindings how many findings of a group are shown
 * @param rejects where rows go that do not fit; null to refuse them all
 * @param idMap where ids go that are not kept; or null
 */
public record ImportRequest(
        Path file,
        Path copy,
        ImportMapping mapping,
        String schema,
        boolean append,
        boolean validate,
        boolean dryRun,
        int batchSize,
        int maxFindings,
        Path rejects,
        Path idMap) {}
