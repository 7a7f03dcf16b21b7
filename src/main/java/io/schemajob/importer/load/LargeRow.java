package io.schemajob.importer.load;

import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.RowReader;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.OutOfMemory;
import io.schemajob.report.failure.SchemajobException;
import java.sql.Connection;
import java.sql.SQLException;

/** One row that the memory of this process cannot hold and convert: no defect, and nothing that another try would mend. */
public final class LargeRow {
    private LargeRow() {}

    /** SQLite says how large it is without reading it. */
    static SchemajobException inFile(Connection source, TablePlan table, long rowId) {
        return failure("row %d of the table %s of the SQLite file%s"
                        .formatted(rowId, table.source().name(), size(source, table, rowId)))
                .databaseState("Everything was rolled back; the tables are as they were.")
                .asException();
    }

    /** @param row which, as far as it is known */
    public static SchemajobException inDatabase(String row) {
        return failure(row + " is too large for it")
                .databaseState("Nothing was changed, and no file was left.")
                .asException();
    }

    private static Failure failure(String row) {
        return Failure.of(ExitStatus.CONFIG, "%s: %s.".formatted(OutOfMemory.sentence(), row))
                .hint(
                        "Give the container more memory: a row needs a few times its size, and JSON of many small values twenty times.");
    }

    private static String size(Connection source, TablePlan table, long rowId) {
        try {
            long all = 0;
            long largest = -1;
            String column = "";
            SourceValue[] sizes = RowReader.sizes(source, table.source(), table.read(), rowId);
            for (int i = 0; sizes != null && i < sizes.length; i++) {
                all += sizes[i].integer();
                if (sizes[i].integer() > largest) {
                    largest = sizes[i].integer();
                    column = table.read().get(i);
                }
            }
            return largest < 0 ? "" : " has %s, its column %s alone %s".formatted(mib(all), column, mib(largest));
        } catch (SQLException e) {
            // What is known without it is enough to find the row.
            return "";
        }
    }

    private static String mib(long bytes) {
        return "%.1f MiB".formatted((double) bytes / (1 << 20));
    }
}
