package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.Difference.Change;
import io.schemajob.catalog.diff.Difference.Severity;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a comparison found, by object. The goal is the live schema with these changes: whoever makes it asks here and
 * compares nothing. What nobody asks for, and what gets no operation, is left to a person.
 */
final class Changes {
    private final List<Difference> all;
    private final Map<ObjectIdentity, List<Difference>> byObject = new HashMap<>();
    private final Set<Difference> taken = Collections.newSetFromMap(new IdentityHashMap<>());

    Changes(List<Difference> all) {
        this.all = all;
        all.forEach(difference -> byObject.computeIfAbsent(difference.object(), object -> new ArrayList<>(1))
                .add(difference));
    }

    private Difference find(ObjectIdentity object, Change change, String aspect) {
        Difference found = null;
        for (Difference difference : byObject.getOrDefault(object, List.of())) {
            if (difference.change() == change && difference.aspect().equals(aspect)) {
                taken.add(difference);
                found = found == null || difference.isTold() ? difference : found;
            }
        }
        return found;
    }

    private boolean isExtra(ObjectIdentity object, Severity severity) {
        find(object, Change.EXTRA, Difference.EXISTENCE);
        return byObject.getOrDefault(object, List.of()).stream()
                .anyMatch(difference -> difference.change() == Change.EXTRA
                        && difference.aspect().equals(Difference.EXISTENCE)
                        && difference.severity() == severity);
    }

    /** Whether it is declared and not there. */
    boolean missing(ObjectIdentity object) {
        return find(object, Change.MISSING, Difference.EXISTENCE) != null;
    }

    /** Whether nobody declared it, and it has to go. */
    boolean goes(ObjectIdentity object) {
        return isExtra(object, Severity.DRIFT);
    }

    /** Whether nobody declared it, and it may stay. */
    boolean mayStay(ObjectIdentity object) {
        return isExtra(object, Severity.WARNING);
    }

    /** Whether nobody declared it nor what it belongs to, with which it stays or goes. */
    boolean follows(ObjectIdentity object) {
        return isExtra(object, Severity.SILENT);
    }

    /** Whether both sides have it and differ in this aspect. */
    boolean changed(ObjectIdentity object, String aspect) {
        return find(object, Change.CHANGED, aspect) != null;
    }

    /** The same where the declaration does not leave it open. */
    boolean says(ObjectIdentity object, String aspect) {
        Difference difference = find(object, Change.CHANGED, aspect);
        return difference != null && difference.declared() != null;
    }

    /** What an aspect has to become: as declared if it differs, and otherwise in the words of the live object. */
    <T, V> V value(ObjectIdentity object, String aspect, T declared, T live, Function<T, V> value) {
        return value.apply(changed(object, aspect) ? declared : live);
    }

    /** An aspect of which a difference holds the whole value. */
    Object value(ObjectIdentity object, String aspect, Object live) {
        Difference difference = find(object, Change.CHANGED, aspect);
        return difference == null ? live : difference.declared();
    }

    String comment(ObjectIdentity object, String live) {
        return (String) value(object, "comment", live);
    }

    /**
     * What fails a verification and is not mended: nobody took it up, or there is neither an operation nor a note about its
     * object.
     *
     * @param waiting names of what a person has to change first
     */
    List<Note> left(List<Operation> operations, List<Note> notes, Schema live, Set<Name> waiting) {
        Set<ObjectIdentity> parts = new HashSet<>();
        operations.forEach(operation -> parts.add(operation.object()));
        notes.forEach(note -> parts.add(note.object()));
        Set<ObjectIdentity> wholes = parts.stream().map(ObjectIdentity::whole).collect(Collectors.toSet());
        Map<ObjectIdentity, List<Difference>> open = new LinkedHashMap<>();
        for (Difference difference : all) {
            if (difference.isDrift() && !isMended(difference, parts, wholes, live)) {
                open.computeIfAbsent(difference.object(), object -> new ArrayList<>())
                        .add(difference);
            }
        }
        return open.values().stream()
                .map(differences -> note(differences, waiting))
                .sorted(Comparator.comparing(note -> note.object().toString()))
                .toList();
    }

    private boolean isMended(
            Difference difference, Set<ObjectIdentity> parts, Set<ObjectIdentity> wholes, Schema live) {
        ObjectIdentity object = difference.object();
        if (difference.aspect().equals("owner")) {
            // A sequence that is linked gets the owner of its table by the same statements.
            return parts.contains(object.owned().part("owner"))
                    || taken.contains(difference) && parts.contains(object.part("owned by"));
        }
        if (difference.aspect().equals("name") && difference.declared() != null && !taken.contains(difference)) {
            // It is renamed before all else, or made anew where something else has the name.
            return parts.contains(Goal.constraint(difference))
                    || wholes.contains(object)
                    || wholes.contains(object.container());
        }
        return taken.contains(difference) && (wholes.contains(object) || wholes.contains(object.container()))
                || isMendedAbove(object, wholes, live);
    }

    /** A column changes, comes and goes with that of the table that it is inherited from. */
    private static boolean isMendedAbove(ObjectIdentity object, Set<ObjectIdentity> wholes, Schema live) {
        return object.kind().equals("column")
                && live.tables().containsKey(object.names().get(0))
                && live.tables().get(object.names().get(0)).parents().stream()
                        .map(parent ->
                                ObjectIdentity.column(parent, object.names().get(1)))
                        .anyMatch(column -> wholes.contains(column) || isMendedAbove(column, wholes, live));
    }

    private static Note note(List<Difference> differences, Set<Name> waiting) {
        ObjectIdentity object = differences.get(0).object();
        // The columns of a view are those of what it looks at.
        boolean waits = object.names().size() > 1
                        && object.names().stream().map(Name::relation).anyMatch(waiting::contains)
                || !waiting.isEmpty()
                        && differences.stream().map(Difference::aspect).allMatch("columns"::equals);
        if (waits) {
            return new Note(object, Held.WAITS, List.of(), true);
        }
        return new Note(
                object,
                differences.stream()
                        .map(difference -> "%s, expected %s, found %s"
                                .formatted(difference.aspect(), difference.expected(), difference.found()))
                        .collect(Collectors.joining("; ", "No statement is written for this: ", ".")),
                List.of(),
                true);
    }
}
