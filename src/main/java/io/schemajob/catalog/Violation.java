package io.schemajob.catalog;

import java.util.List;

/**
 * What one check in SQL objects to.
 *
 * @param file path of the check within the bundle
 * @param rows the rows it returned, each as {@code column=value, …}, at most {@value ChecksRunner#MAX_ROWS}
 * @param more whether it returned further rows
 */
public record Violation(String file, List<String> rows, boolean more) {
    public Violation {
        rows = List.copyOf(rows);
    }
}
