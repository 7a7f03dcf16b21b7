package io.schemajob.catalog.yaml;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.kind.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The places of all kinds as one tree, so that one walk through a declared schema of thousands of tables finds them all. */
final class PlaceTree {
    static final PlaceTree ALL = all();

    /** Below the keys that are so called. */
    final Map<String, PlaceTree> members = new LinkedHashMap<>();

    /** What stands at this place. */
    final List<Ending> endings = new ArrayList<>();

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

    private static PlaceTree all() {
        PlaceTree root = new PlaceTree();
        for (ObjectKind kind : Kinds.ALL) {
            for (Place place : kind.places()) {
                PlaceTree at = root;
                for (String element : place.elements()) {
                    at = at.below(element);
                }
                at.endings.add(new Ending(kind, Kinds.keys(place.path())));
            }
        }
        return root;
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
