package io.schemajob.lint.sql;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * PostgreSQL's table-level lock modes, weakest first, and what conflicts with what.
 *
 * @see <a href="https://www.postgresql.org/docs/current/explicit-locking.html">PostgreSQL: Explicit Locking</a>
 */
public enum LockMode {
    ACCESS_SHARE(0b1000_0000),
    ROW_SHARE(0b1100_0000),
    ROW_EXCLUSIVE(0b1111_0000),
    SHARE_UPDATE_EXCLUSIVE(0b1111_1000),
    SHARE(0b1110_1100),
    SHARE_ROW_EXCLUSIVE(0b1111_1100),
    EXCLUSIVE(0b1111_1110),
    ACCESS_EXCLUSIVE(0b1111_1111);

    /** Bit n stands for the mode of ordinal n. */
    private final int conflicts;

    LockMode(int conflicts) {
        this.conflicts = conflicts;
    }

    public boolean conflictsWith(LockMode other) {
        return (conflicts & 1 << other.ordinal()) != 0;
    }

    /** The modes that have to be let go of before this one is granted, under their names in {@code pg_locks}. */
    public List<String> conflictingCatalogNames() {
        return Arrays.stream(values())
                .filter(this::conflictsWith)
                .map(LockMode::catalogName)
                .toList();
    }

    /** Who waits while it is held, in words for people. */
    public String blocks() {
        if (conflictsWith(ACCESS_SHARE)) {
            return "reads and writes";
        }
        return conflictsWith(ROW_EXCLUSIVE) ? "writes" : conflictsWith(SHARE) ? "schema changes" : "nothing";
    }

    public static LockMode strongest(LockMode one, LockMode other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** Such as {@code AccessExclusiveLock}. */
    public String catalogName() {
        StringBuilder name = new StringBuilder();
        for (String word : name().split("_")) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.append("Lock").toString();
    }

    /** Such as {@code ACCESS EXCLUSIVE}, as {@code LOCK TABLE} writes it. */
    @Override
    public String toString() {
        return name().replace('_', ' ');
    }
}
