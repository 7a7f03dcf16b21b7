package io.schemajob.importer;

import io.schemajob.importer.load.ImportLog;
import io.schemajob.importer.load.LoadContext;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.validate.CheckResult;
import io.schemajob.importer.validate.Checksums;
import io.schemajob.importer.validate.TargetSums;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Counted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target with rows: either they are these very rows, or those of them that an earlier import of the same rows has loaded,
 * or they are somebody else's.
 */
record AlreadyImportedCheck(LoadContext context, ImportRequest request, ImportResult result) {

    /**
     * Returns if everything that this source has to give is there.
     *
     * @param source what the file holds
     * @throws SchemajobException IMPORT_REJECTED if anything differs
     */
    void require(Map<String, Checksums> source) throws SQLException {
        context.log().step("The target has rows; comparing them with the source...");
        Map<String, Checksums> target = new LinkedHashMap<>();
        List<CheckResult> verdicts = new ArrayList<>();
        for (TablePlan table : context.plan().tables()) {
            Checksums there = TargetSums.of(context.session(), table);
            target.put(table.name(), there);
            verdicts.addAll(CheckResult.compare(table.name(), source.get(table.name()), there));
        }
        Optional<CheckResult> wrong =
                verdicts.stream().filter(verdict -> !verdict.equal()).findFirst();
        if (wrong.isEmpty()) {
            result.verdicts(verdicts);
            result.alreadyThere(0);
            context.log().step("All rows are already there. Nothing to do.");
            return;
        }
        ImportLog ledger = new ImportLog(context.session(), request.schema());
        Optional<ImportLog.Entry> earlier = ledger.find(Checksums.digest(source), Checksums.digest(target));
        if (earlier.isPresent()) {
            tell(earlier.get());
            return;
        }
        result.verdicts(verdicts);
        throw differs(wrong.get(), ledger.last());
    }

    private void tell(ImportLog.Entry earlier) {
        result.verdicts(List.of(CheckResult.same("all tables", "checksum of the rows that fit", earlier.targetSums())));
        result.alreadyThere(earlier.rejected());
        if (earlier.rejected() > 0) {
            context.log()
                    .warn(Counted.of(
                            earlier.rejected(),
                            "row of the source is NOT there: it did not fit when it was imported",
                            "rows of the source are NOT there: they did not fit when it was imported"));
        }
        if (earlier.adjusted() > 0) {
            context.log().warn(ImportResult.adjusted(earlier.adjusted()));
        }
        context.log().step("All rows that fit are already there. Nothing to do.");
    }

    /**
     * Refuses rows that would be there twice.
     *
     * @param earlier the import that loaded the same, in words; null if there was none
     */
    static void requireNew(String earlier) {
        if (earlier != null) {
            throw Failure.of(
                            ExitStatus.IMPORT_REJECTED,
                            "The same rows of the same file were added before: " + earlier + ".")
                    .databaseState(ImportFailures.NOTHING_KEPT)
                    .hint(
                            "Nothing has to be done, if they are still there. To have them twice, delete that import's row"
                                    + " from schemajob_import.")
                    .asException();
        }
    }

    private static SchemajobException differs(CheckResult wrong, String last) {
        return Failure.of(
                        ExitStatus.IMPORT_REJECTED,
                        "The target has rows that are not those of the source: %s, %s: %s in SQLite, %s in PostgreSQL.%s"
                                .formatted(
                                        wrong.subject(),
                                        wrong.check(),
                                        wrong.source(),
                                        wrong.target(),
                                        last == null ? "" : " Earlier " + last + "."))
                .databaseState("Nothing was changed.")
                .hint("Import into empty tables, or add the rows to those that are there with --append.")
                .asException();
    }
}
