package io.schemajob.importer.validate;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of the table that proves an import.
 *
 * @param subject table, or table and column
 * @param check what was compared
 * @param source what it is in SQLite
 * @param target what it is in PostgreSQL
 * @param equal whether both are the same
 */
public record CheckResult(String subject, String check, String source, String target, boolean equal) {
    private static CheckResult of(String subject, String check, Object source, Object target) {
        return new CheckResult(subject, check, String.valueOf(source), String.valueOf(target), source.equals(target));
    }

    /** Compares a table's sums: its rows, and of each column NULLs and checksum. */
    public static List<CheckResult> compare(String table, Checksums source, Checksums target) {
        List<CheckResult> verdicts = new ArrayList<>();
        verdicts.add(of(table, "rows", source.rows(), target.rows()));
        for (int i = 0; i < source.columns().size(); i++) {
            Checksums.Column before = source.columns().get(i);
            Checksums.Column after = target.columns().get(i);
            String subject = table + "." + before.name();
            verdicts.add(of(subject, "nulls", source.rows() - before.values(), target.rows() - after.values()));
            verdicts.add(of(
                    subject, "checksum", before.sum().toString(16), after.sum().toString(16)));
        }
        return verdicts;
    }

    /** Whether it is about this table or a column of it. */
    public boolean isOf(String table) {
        return subject.equals(table) || subject.startsWith(table + ".");
    }

    /** Both sides have this. */
    public static CheckResult same(String subject, String check, String both) {
        return of(subject, check, both, both);
    }

    /** A check whose answer should be 0. */
    public static CheckResult none(String subject, String check, long found) {
        return of(subject, check, 0L, found);
    }
}
