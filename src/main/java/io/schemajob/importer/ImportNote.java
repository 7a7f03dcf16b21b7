package io.schemajob.importer;

import io.schemajob.importer.load.ImportLog;
import io.schemajob.importer.load.LoadedTable;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.validate.Checksums;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What an import leaves of itself in {@code schemajob_import}. */
record ImportNote(ImportRequest request, ImportResult result) {
    /**
     * Notes what was loaded; refuses the same rows of the same file beside others.
     *
     * @param alone whether the tables were empty before
     */
    void write(Connection session, List<LoadedTable> loaded, boolean alone) throws SQLException {
        ImportLog log = new ImportLog(session, request.schema());
        ImportLog.Entry entry = entry(loaded);
        if (!alone && request.validate() && entry.rows() > 0) {
            AlreadyImportedCheck.requireNew(log.last(entry));
        }
        result.transaction(log.record(entry));
    }

    private ImportLog.Entry entry(List<LoadedTable> loaded) {
        Map<String, Checksums> source = new LinkedHashMap<>();
        Map<String, Checksums> target = new LinkedHashMap<>();
        for (LoadedTable table : loaded) {
            source.put(table.plan().name(), table.source());
            target.put(table.plan().name(), table.sums());
        }
        return new ImportLog.Entry(
                String.valueOf(request.file()),
                result.rowsLoaded(),
                result.rowsRejected(),
                loaded.stream().mapToLong(LoadedTable::adjusted).sum(),
                request.validate() ? Checksums.digest(source) : null,
                request.validate() ? Checksums.digest(target) : null,
                result.losses().isEmpty()
                        ? null
                        : result.losses().stream().map(Loss::toString).collect(Collectors.joining("\n")));
    }
}
