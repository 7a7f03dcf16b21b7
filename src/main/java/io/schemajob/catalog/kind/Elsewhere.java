package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.sql.SqlText;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wholly about other schemas than those of the bundle: such a publication or server, its owner, privileges and comment. */
public final class Elsewhere {
    private Elsewhere() {}

    /** The objects of a live schema without it. */
    public static SchemaObjects without(SchemaObjects live) {
        Set<AccessTarget> others = live.byKind().values().stream()
                .flatMap(objects -> objects.values().stream())
                .filter(SchemaObject::isElsewhere)
                .map(object -> new AccessTarget(object.kind(), SqlText.name(object.name())))
                .collect(Collectors.toSet());
        return live.filtered(object -> !object.isElsewhere()
                && Kinds.of(object.kind())
                        .target(object)
                        .filter(others::contains)
                        .isEmpty());
    }
}
