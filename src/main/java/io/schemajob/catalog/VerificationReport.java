package io.schemajob.catalog;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaDiff;
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
        boolean declared, List<Difference> differences, List<Violation> violations, ComparedCounts verified) {
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
}
