package io.schemajob.catalog.model;

import java.util.List;

/**
 * A trigger of a table or view.
 *
 * @param name as stored
 * @param timing before, after or instead of the event
 * @param events {@code INSERT}, {@code UPDATE}, {@code DELETE}, {@code TRUNCATE}, in this order
 * @param updateOf the only columns whose update fires it; empty for all
 * @param perRow once a row, or else once a statement
 * @param when its condition, or null
 * @param function what it calls, with the schema only if that is another
 * @param arguments literal arguments of the function
 * @param enabled whether and when it fires
 * @param constraint when a constraint trigger fires; null for an ordinary one
 * @param from the other table of a constraint trigger, with the schema only if that is another; or null
 * @param oldTable name of the transition table of old rows, or null
 * @param newTable name of the transition table of new rows, or null
 */
public record Trigger(
        String name,
        Timing timing,
        List<String> events,
        List<String> updateOf,
        boolean perRow,
        String when,
        String function,
        List<String> arguments,
        Enabled enabled,
        Deferral constraint,
        String from,
        String oldTable,
        String newTable) {
    public Trigger {
        events = List.copyOf(events);
        updateOf = List.copyOf(updateOf);
        arguments = List.copyOf(arguments);
    }

    /** What it does: without its name, and the columns of {@code UPDATE OF}, which have no order, sorted. */
    public Trigger definition() {
        return new Trigger(
                null,
                timing,
                events,
                updateOf.stream().sorted().toList(),
                perRow,
                when,
                function,
                arguments,
                enabled,
                constraint,
                from,
                oldTable,
                newTable);
    }

    /** The same by another name, fired in other sessions, with another {@code FROM} table. */
    public Trigger with(String otherName, Enabled otherState, String otherFrom) {
        return new Trigger(
                otherName,
                timing,
                events,
                updateOf,
                perRow,
                when,
                function,
                arguments,
                otherState,
                constraint,
                otherFrom,
                oldTable,
                newTable);
    }

    /** When it fires relative to the event. */
    public enum Timing {
        BEFORE,
        AFTER,
        INSTEAD_OF
    }

    /** In which sessions it fires: those with {@code session_replication_role} origin, replica, both or none. */
    public enum Enabled {
        ORIGIN,
        REPLICA,
        ALWAYS,
        DISABLED
    }
}
