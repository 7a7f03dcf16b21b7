package io.schemajob.catalog.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A sequence that is not behind an identity column.
 *
 * @param name as stored
 * @param type {@code smallint}, {@code integer} or {@code bigint}
 * @param start first value
 * @param increment step
 * @param minimum smallest value
 * @param maximum largest value
 * @param cache values fetched at once
 * @param cycle whether it begins again at its end
 * @param ownedBy {@code table.column} that it is dropped with, or null
 * @param owner the role; null where a declaration leaves it open
 * @param comment or null
 */
public record Sequence(
        String name,
        String type,
        long start,
        long increment,
        long minimum,
        long maximum,
        long cache,
        boolean cycle,
        String ownedBy,
        String owner,
        String comment) {

    /** The same with another name. */
    public Sequence named(String other) {
        return new Sequence(other, type, start, increment, minimum, maximum, cache, cycle, ownedBy, owner, comment);
    }

    /** Whether one of these tables has the column that it is dropped with. */
    public boolean hasOwnerIn(Map<String, Table> tables) {
        return ownerIn(tables).isPresent();
    }

    /** The one of these tables that has the column that it is dropped with, and that column; a name may hold a dot. */
    public Optional<List<String>> ownerIn(Map<String, Table> tables) {
        for (int dot = ownedBy == null ? -1 : ownedBy.indexOf('.'); dot >= 0; dot = ownedBy.indexOf('.', dot + 1)) {
            Table table = tables.get(ownedBy.substring(0, dot));
            if (table != null && table.column(ownedBy.substring(dot + 1)).isPresent()) {
                return Optional.of(List.of(ownedBy.substring(0, dot), ownedBy.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }

    /** PostgreSQL's lower bound for a sequence of this type that counts by this step. */
    public static long defaultMinimum(String type, long increment) {
        if (increment > 0) {
            return 1;
        }
        return switch (type) {
            case "smallint" -> Short.MIN_VALUE;
            case "integer" -> Integer.MIN_VALUE;
            default -> Long.MIN_VALUE;
        };
    }

    /** PostgreSQL's upper bound for a sequence of this type that counts by this step. */
    public static long defaultMaximum(String type, long increment) {
        if (increment < 0) {
            return -1;
        }
        return switch (type) {
            case "smallint" -> Short.MAX_VALUE;
            case "integer" -> Integer.MAX_VALUE;
            default -> Long.MAX_VALUE;
        };
    }

    /** What {@code CREATE SEQUENCE} or a {@code serial} column makes. */
    public static Sequence of(String name, String type, String ownedBy) {
        return new Sequence(name, type, 1, 1, 1, defaultMaximum(type, 1), 1, false, ownedBy, null, null);
    }

    public ObjectIdentity identity() {
        return ObjectIdentity.of("sequence", name);
    }
}
