package io.schemajob.importer;

import io.schemajob.importer.load.FindingGroup;
import io.schemajob.importer.load.RowFinding;
import io.schemajob.importer.load.RowFindings;
import io.schemajob.importer.load.RowKeys;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Counted;
import io.schemajob.report.text.TextTable;
import java.util.ArrayList;
import java.util.List;

/** Tells what does not fit: first every kind of it with its number, then examples of each. */
record FindingReport(ImportRequest request, ImportResult result, Log log) {
    /** Puts the findings into the result and the log. */
    void tell(RowFindings findings, RowKeys keys) {
        findings.refine(keys::named);
        result.findings(findings);
        if (findings.count() == 0) {
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Table", "Column", "Why it does not fit", "Values", "First row", "First value"));
        for (FindingGroup group : findings.groups()) {
            rows.add(List.of(
                    group.table(),
                    group.column(),
                    group.reason(),
                    "%,d".formatted(group.count()),
                    group.first().place(),
                    group.first().value()));
        }
        TextTable.ruled(rows, log.width()).forEach(log::line);
        for (FindingGroup group : findings.groups()) {
            for (RowFinding finding : group.examples()) {
                log.line(finding.toString());
            }
            if (group.count() > group.examples().size()) {
                log.line("… and %,d more of %s.%s"
                        .formatted(group.count() - group.examples().size(), group.table(), group.column()));
            }
        }
    }

    SchemajobException rejected(RowFindings findings) {
        return failure("", findings, "").asException();
    }

    /** The stop itself, unless it was for time and more time would not help. */
    SchemajobException stopped(RowFindings findings, CancellationToken cancellation) {
        try {
            cancellation.check();
            return rejected(findings);
        } catch (SchemajobException stop) {
            if (stop.status() != ExitStatus.TRY_AGAIN || request.rejects() != null) {
                return stop;
            }
            return failure(
                            "At least ",
                            findings,
                            " Not every row was looked at: " + stop.failure().message())
                    .asException(stop);
        }
    }

    private Failure failure(String begin, RowFindings findings, String end) {
        List<FindingGroup> groups = findings.groups();
        return Failure.of(
                        ExitStatus.IMPORT_REJECTED,
                        "%s%s of the SQLite file %s not fit, for %s, first: %s.%s"
                                .formatted(
                                        begin,
                                        Counted.of(findings.count(), "value"),
                                        findings.count() == 1 ? "does" : "do",
                                        Counted.of(groups.size(), "reason"),
                                        groups.get(0).first(),
                                        end))
                .where(String.valueOf(request.file()))
                .databaseState(ImportFailures.NOTHING_KEPT)
                .hint("Correct the rows or the mapping; or leave such rows out with --rejects FILE.");
    }
}
