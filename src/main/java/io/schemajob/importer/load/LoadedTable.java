package io.schemajob.importer.load;

import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.validate.Checksums;
import io.schemajob.importer.validate.Samples;
import java.util.List;

/**
 * A table that was loaded, and what must be in it now.
 *
 * @param read rows of the source
 * @param source sums of all rows of the source, as {@link Loader#sums} gives them
 * @param sums of the rows that were meant to be loaded
 * @param samples of them
 * @param rejected rows that were not, and are in the file of rejects
 * @param adjusted rows that were loaded with NULL in place of a key that names nothing
 * @param losses what an export would not bring back
 */
public record LoadedTable(
        TablePlan plan,
        long read,
        Checksums source,
        Checksums sums,
        Samples samples,
        long rejected,
        long adjusted,
        List<Loss> losses) {}
