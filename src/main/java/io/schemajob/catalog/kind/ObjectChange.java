package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import java.util.List;

/** A typed difference between a declared object and a live one. */
public sealed interface ObjectChange {
    ObjectKind kind();

    /**
     * Declared, and not there.
     *
     * @param alone whether what it belongs to is there
     */
    record Missing(ObjectKind kind, SchemaObject expected, boolean alone) implements ObjectChange {}

    /**
     * There, and not declared.
     *
     * @param alone whether what it belongs to is declared
     */
    record Extra(ObjectKind kind, SchemaObject found, boolean alone) implements ObjectChange {}

    /** @param aspects in which the two differ; never empty */
    record Changed(ObjectKind kind, SchemaObject expected, SchemaObject found, List<Aspect> aspects)
            implements ObjectChange {}

    /** Settings that nobody declared, where the declaration leaves them open. */
    record Tuned(ObjectKind kind, SchemaObject found, List<Aspect> aspects) implements ObjectChange {}
}
