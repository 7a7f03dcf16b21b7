package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;

/**
 * What is said of parts of partitions, and goes with that of the parent: where that goes, or becomes one of which the parts have other
 * names, there is nothing left to say it of.
 */
final class LostParts {
    private final BroughtParts before;
    private final BroughtParts after;

    LostParts(Schema live, Schema goal) {
        this.before = new BroughtParts(live);
        // Names of parts stay as they are.
        this.after = new BroughtParts(goal.withObjects(live.objects()));
    }

    boolean concern(SchemaObject found) {
        return !Kinds.of(found.kind()).parts(found).isEmpty() && before.isOfPart(found) && !after.isOfPart(found);
    }
}
