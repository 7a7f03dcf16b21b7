package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.util.List;

/**
 * What a verification found.
 *
 * @param declared whether anything was declared at all; if not, only the checks ran
 * @param differences between declared and live, drift and warnings
 * @param violations what the bundle's checks returned
 * @param verified how much was compared
 */
public record VerificationReport(
        boolean declared, List<Difference> differences, List<Violation> violations, Counts verified) {
    public VerificationReport {
        differences = List.copyOf(differences);
        violations = List.copyOf(violations);
    }

    /** Whether the database is as it should be; warnings do not count. */
    public boolean clean() {
        return violations.isEmpty() && !SchemaDiff.hasDrift(differences);
    }

    /** The differences that fail the verification. */
    public List<Difference> drift() {
        return differences.stream().filter(Difference::isDrift).toList();
    }

    /** The differences that do not. */
    public List<Difference> warnings() {
        return differences.stream().filter(difference -> !difference.isDrift()).toList();
    }

    /** How many declared objects of each sort were compared; indexes without those behind constraints. */
    public record Counts(
            int tables, int columns, int indexes, int views, int functions, int triggers, int rows, int checks) {
        static Counts of(Schema declared, int checks) {
            int columns = 0;
            int indexes = 0;
            int triggers = 0;
            int rows = 0;
            for (Table table : declared.tables().values()) {
                columns += table.columns().size();
                indexes += table.indexes().size();
                triggers += table.triggers().size();
                rows += table.rows().size();
            }
            return new Counts(
                    declared.tables().size(),
                    columns,
                    indexes,
                    declared.views().size(),
                    declared.routines().size(),
                    triggers,
                    rows,
                    checks);
        }
    }
}
