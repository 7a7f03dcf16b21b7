package io.schemajob.lint.finding;

import java.util.Locale;
import java.util.Optional;

/**
 * What lint looks for on PostgreSQL 14 to 18. The identifiers are part of the contract: scripts name them. Each has a
 * section in {@code docs/lint.md} with a better script; integration tests hold what is said of locks and rewrites
 * against real servers.
 */
public enum Rule {
    INDEX_NOT_CONCURRENT(Severity.ERROR, true, "building an index blocks every write to its table until it is done"),
    INDEX_DROP_NOT_CONCURRENT(
            Severity.WARNING,
            true,
            "dropping an index waits for all that use its table, and everything new waits behind it"),
    REINDEX_NOT_CONCURRENT(
            Severity.ERROR, true, "rebuilding an index blocks writes to its table and reads that would use the index"),
    VOLATILE_DEFAULT(
            Severity.ERROR,
            true,
            "a default that may differ from row to row rewrites the table while nobody can read or write it"),
    SERIAL_COLUMN(Severity.ERROR, true, "numbering the rows rewrites the table while nobody can read or write it"),
    STORED_GENERATED_COLUMN(
            Severity.ERROR, true, "computing a stored column rewrites the table while nobody can read or write it"),
    NOT_NULL_WITHOUT_DEFAULT(
            Severity.ERROR, true, "a column that is NOT NULL and has no default cannot be added once there are rows"),
    TYPE_CHANGE_REWRITE(
            Severity.ERROR,
            true,
            "this change of type rewrites the table or its indexes while nobody can read or write it"),
    TABLE_REWRITE(Severity.ERROR, true, "it writes the whole table anew while nobody can read or write it"),
    SET_NOT_NULL_UNCHECKED(
            Severity.ERROR,
            true,
            "without a validated CHECK (column IS NOT NULL) every row is read while nobody can read or write the table"),
    CHECK_WITHOUT_NOT_VALID(
            Severity.ERROR,
            true,
            "the constraint is checked against every row while nobody can read or write the table"),
    FOREIGN_KEY_WITHOUT_NOT_VALID(
            Severity.ERROR, true, "the key is checked for every row while nobody can write to either table"),
    VALIDATE_IN_SAME_SCRIPT(
            Severity.ERROR,
            true,
            "the rows are checked while the lock of ADD CONSTRAINT is still held, as if it had not said NOT VALID"),
    UNIQUE_WITHOUT_INDEX(
            Severity.ERROR, true, "the constraint builds its index while nobody can read or write the table"),
    EXCLUSION_CONSTRAINT(
            Severity.ERROR, true, "the constraint builds its index while nobody can read or write the table"),
    REFRESH_NOT_CONCURRENT(Severity.WARNING, true, "nobody can read the view until its query has run"),
    DETACH_NOT_CONCURRENT(
            Severity.WARNING,
            true,
            "detaching waits for all that use the partitioned table, and everything new waits behind it"),
    RENAME_TABLE(Severity.ERROR, false, "the release that is running still uses the old name"),
    RENAME_COLUMN(Severity.ERROR, false, "the release that is running still uses the old name"),
    RENAME_VIEW(Severity.ERROR, false, "the release that is running still uses the old name"),
    DROP_TABLE(Severity.WARNING, false, "the release that is running may still use it, and its rows are lost"),
    DROP_COLUMN(Severity.WARNING, false, "the release that is running may still use it, and its values are lost"),
    DROP_VIEW(Severity.WARNING, false, "the release that is running may still use it"),
    TRUNCATE_TABLE(
            Severity.WARNING, false, "it deletes every row, and nobody can read or write the table until commit"),
    SEVERAL_LOCKS(
            Severity.WARNING,
            false,
            "locks on several tables are held until the end of the script, and make deadlocks with the application"),
    BACKFILL_UNDER_LOCK(
            Severity.WARNING, true, "the rows are worked through while the lock of an earlier statement is still held"),
    HIDDEN_ROWS(
            Severity.WARNING,
            true,
            "row security is forced on the table: a role that it concerns meets only the rows that a policy shows it,"
                    + " and is told of no error"),
    NEEDS_OWN_SCRIPT(
            Severity.ERROR,
            true,
            "the statement cannot run in a transaction, and so can share its script with no other"),
    ENUM_VALUE_USED(Severity.ERROR, true, "PostgreSQL refuses to use a new value in the transaction that has added it"),
    MISSING_DOWN(Severity.WARNING, false, "without a down script the migration cannot be rolled back"),
    UNREADABLE_SCRIPT(Severity.ERROR, true, "the run would refuse the script before it changes anything"),
    USELESS_ALLOW(Severity.WARNING, true, "it silences no finding");

    private final Severity severity;
    private final boolean down;
    private final String reason;

    Rule(Severity severity, boolean down, String reason) {
        this.severity = severity;
        this.down = down;
        this.reason = reason;
    }

    /** Such as {@code index-not-concurrent}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Severity severity() {
        return severity;
    }

    /** Whether it holds for down scripts too: taking away and locking is what those are for. */
    public boolean appliesToDown() {
        return down;
    }

    /** Why, as a clause without a full stop. */
    public String reason() {
        return reason;
    }

    /** Where to read more, in the repository. */
    public String documentation() {
        return "docs/lint.md#" + id();
    }

    public static Optional<Rule> find(String id) {
        for (Rule rule : values()) {
            if (rule.id().equals(id)) {
                return Optional.of(rule);
            }
        }
        return Optional.empty();
    }
}
