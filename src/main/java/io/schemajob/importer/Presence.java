package io.schemajob.importer;

import io.schemajob.importer.load.Ledger;
import io.schemajob.importer.load.LoadContext;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.validate.Sums;
import io.schemajob.importer.validate.TargetSums;
import io.schemajob.importer.validate.Verdict;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
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
record Presence(LoadContext context, ImportRequest request, ImportResult result) {

    /**
     * Returns if everything that this source has to give is there.
     *
     * @param source what the file holds
     * @throws SchemajobException IMPORT_REJECTED if anything differs
     */
    void require(Map<String, Sums> source) throws SQLException {
        context.log().step("The target has rows; comparing them with the source...");
        Map<String, Sums> target = new LinkedHashMap<>();
        List<Verdict> verdicts = new ArrayList<>();
        for (TablePlan table : context.plan().tables()) {
            Sums there = TargetSums.of(context.session(), table);
            target.put(table.name(), there);
            verdicts.addAll(Verdict.compare(table.name(), source.get(table.name()), there));
        }
        Optional<Verdict> wrong =
                verdicts.stream().filter(verdict -> !verdict.equal()).findFirst();
        if (wrong.isEmpty()) {
            result.verdicts(verdicts);
            result.alreadyThere(0);
            context.log().step("All rows are already there. Nothing to do.");
            return;
        }
        Ledger ledger = new Ledger(context.session(), request.schema());
        Optional<Ledger.Entry> earlier = ledger.find(Sums.digest(source), Sums.digest(target));
        if (earlier.isPresent()) {
            tell(earlier.get());
            return;
        }
        result.verdicts(verdicts);
        throw differs(wrong.get(), ledger.last());
    }

    private void tell(Ledger.Entry earlier) {
        result.verdicts(List.of(Verdict.same("all tables", "checksum of the rows that fit", earlier.targetSums())));
        result.alreadyThere(earlier.rejected());
        if (earlier.rejected() > 0) {
            context.log()
                    .warn("%,d rows of the source are NOT there: they did not fit when it was imported"
                            .formatted(earlier.rejected()));
        }
        if (earlier.adjusted() > 0) {
            context.log()
                    .warn("%,d rows named rows that are not there, and have NULL instead"
                            .formatted(earlier.adjusted()));
        }
        context.log().step("All rows that fit are already there. Nothing to do.");
    }

    private static SchemajobException differs(Verdict wrong, String last) {
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
