package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import java.util.List;

/** A kind that only sets something of another kind's objects: made from their defaults and reset to them by ALTER. */
abstract class AbstractSettings extends AbstractKind {
    AbstractSettings(
            String noun, String places, Phase phase, Undeclared undeclared, String classes, List<Aspect> aspects) {
        super(noun, places, phase, undeclared, classes, aspects);
    }

    @Override
    public final boolean settings() {
        return true;
    }

    @Override
    public List<String> create(SchemaObject object) {
        return alter(object.plain(), object).orElse(List.of());
    }

    @Override
    public final List<String> drop(SchemaObject object) {
        return alter(object, object.plain()).orElse(List.of());
    }
}
