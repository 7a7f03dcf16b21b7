package io.schemajob.catalog.yaml;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.kind.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The places of all kinds as one tree, so that one walk through a declared schema of thousands of tables finds them all. */
final class PlaceTree {
    static final PlaceTree ALL = all();

    /** Below the keys that are so called. */
    final Map<String, PlaceTree> members = new LinkedHashMap<>();

    /** Objects that stand at this place. */
    final List<Ending> endings = new ArrayList<>();

    /** Settings that may be said here of another kind's object. */
    final List<Ending> settings = new ArrayList<>();

    private final Set<String> settingKeys = new HashSet<>();

    /** Below any name, or null. */
    private PlaceTree names;

    /**
     * A kind that has objects here.
     *
     * @param keys that may stand in one
     */
    record Ending(ObjectKind kind, Set<String> keys) {}

    private PlaceTree() {}

    PlaceTree names() {
        return names;
    }

    /** Whether it only holds what is below it, under keys that are known. */
    boolean isNothingItself() {
        return endings.isEmpty() && settings.isEmpty() && names == null && !members.isEmpty();
    }

    /** Most columns of a large schema have a type alone, or keys of another reader. */
    boolean saysSettings(Set<String> keys) {
        for (String key : keys) {
            if (settingKeys.contains(key)) {
                return true;
            }
        }
        return false;
    }

    private static PlaceTree all() {
        PlaceTree root = new PlaceTree();
        for (ObjectKind kind : Kinds.ALL) {
            for (Place place : kind.places()) {
                PlaceTree at = root;
                for (String element : place.elements()) {
                    at = at.below(element);
                }
                at.add(new Ending(kind, Kinds.keys(place.path())));
            }
        }
        return root;
    }

    private void add(Ending ending) {
        if (ending.kind().settings()) {
            settings.add(ending);
            ending.kind().aspects().forEach(aspect -> settingKeys.add(aspect.key()));
        } else {
            endings.add(ending);
        }
    }

    private PlaceTree below(String element) {
        if (!element.equals(Place.NAME)) {
            return members.computeIfAbsent(element, key -> new PlaceTree());
        }
        if (names == null) {
            names = new PlaceTree();
        }
        return names;
    }
}
