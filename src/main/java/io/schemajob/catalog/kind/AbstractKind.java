package io.schemajob.catalog.kind;

import java.util.List;
import java.util.stream.Stream;

/** The parts of a kind that are data. */
abstract class AbstractKind implements ObjectKind {
    private final String noun;
    private final List<Place> places;
    private final Phase phase;
    private final Undeclared undeclared;
    private final List<String> classes;
    private final List<Aspect> aspects;

    /**
     * @param places separated by blanks
     * @param classes separated by commas
     */
    AbstractKind(String noun, String places, Phase phase, Undeclared undeclared, String classes, List<Aspect> aspects) {
        this.noun = noun;
        this.places = Stream.of(places.split(" ")).map(Place::of).toList();
        this.phase = phase;
        this.undeclared = undeclared;
        this.classes = classes.isEmpty() ? List.of() : List.of(classes.split(","));
        this.aspects = aspects;
    }

    @Override
    public final String noun() {
        return noun;
    }

    @Override
    public final List<Place> places() {
        return places;
    }

    @Override
    public final Phase phase() {
        return phase;
    }

    @Override
    public final Undeclared undeclared() {
        return undeclared;
    }

    @Override
    public final List<String> classes() {
        return classes;
    }

    @Override
    public final List<Aspect> aspects() {
        return aspects;
    }
}
