package io.schemajob.importer;

import io.schemajob.importer.load.FindingGroup;
import io.schemajob.importer.load.RowFinding;
import io.schemajob.importer.load.RowFindings;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.validate.CheckResult;
import io.schemajob.report.text.Counted;
import java.util.ArrayList;
import java.util.List;

/** What an import has done and found so far; filled as it goes on, so that a failed one tells how far it came. */
public final class ImportResult {
    /**
     * A table.
     *
     * @param read rows of the source
     * @param loaded rows of them that are in the target
     * @param rejected rows in the file of rejects
     * @param adjusted rows with NULL in place of a key that named nothing
     */
    public record Table(String name, long read, long loaded, long rejected, long adjusted) {}

    /** What is said of such rows. */
    static String adjusted(long rows) {
        return Counted.of(
                rows,
                "row named a row that is not there, and has NULL instead",
                "rows named rows that are not there, and have NULL instead");
    }

    private final List<Table> tables = new ArrayList<>();
    private final List<CheckResult> verdicts = new ArrayList<>();
    private final List<Loss> losses = new ArrayList<>();
    private List<FindingGroup> findings = List.of();
    private long findingCount;
    private boolean alreadyThere;
    private long rejectedEarlier;
    private double seconds;
    private String transaction;

    void table(Table table) {
        tables.add(table);
    }

    void verdicts(List<CheckResult> more) {
        verdicts.addAll(more);
    }

    void losses(List<Loss> more) {
        losses.addAll(more);
    }

    /** What an export would not bring back as it was. */
    public List<Loss> losses() {
        return List.copyOf(losses);
    }

    void findings(RowFindings found) {
        this.findings = found.groups();
        this.findingCount = found.count();
    }

    /** @param rejected rows that did not fit when the others were imported */
    void alreadyThere(long rejected) {
        this.alreadyThere = true;
        this.rejectedEarlier = rejected;
    }

    void seconds(double taken) {
        this.seconds = taken;
    }

    void transaction(String number) {
        this.transaction = number;
    }

    public List<Table> tables() {
        return List.copyOf(tables);
    }

    public List<CheckResult> verdicts() {
        return List.copyOf(verdicts);
    }

    /** What does not fit, by table, column and reason; when a run was stopped, what was found until then. */
    public List<FindingGroup> findingGroups() {
        return findings;
    }

    /** The first of each group. */
    public List<RowFinding> findings() {
        return findings.stream().flatMap(group -> group.examples().stream()).toList();
    }

    /** All of them. */
    public long findingCount() {
        return findingCount;
    }

    /** Whether the target held exactly these rows, or those of them that fit, before; so nothing was done. */
    public boolean isAlreadyThere() {
        return alreadyThere;
    }

    public long rowsLoaded() {
        return tables.stream().mapToLong(Table::loaded).sum();
    }

    /** Rows that are not in the target, of this import or of the one that has done its work before. */
    public long rowsRejected() {
        return rejectedEarlier + tables.stream().mapToLong(Table::rejected).sum();
    }

    /** How long loading took, without backup and migrations. */
    public double seconds() {
        return seconds;
    }

    /** The number of the transaction, to ask for its status; null until there is something to commit. */
    public String transaction() {
        return transaction;
    }
}
