package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Trigger;
import java.util.List;
import java.util.Map;

/** The same object without its name and what is compared on its own: two that are equal behave the same. */
final class Canonical {
    private Canonical() {}

    /** Without its storage parameters and validity, which are compared on their own. */
    static Index index(Index index) {
        return new Index(
                null,
                index.unique(),
                index.method(),
                index.keys(),
                index.include(),
                index.predicate(),
                index.nullsNotDistinct(),
                Map.of(),
                true);
    }

    static Trigger trigger(Trigger trigger) {
        return new Trigger(
                null,
                trigger.timing(),
                trigger.events(),
                trigger.updateOf().stream().sorted().toList(),
                trigger.perRow(),
                trigger.when(),
                trigger.function(),
                List.copyOf(trigger.arguments()),
                trigger.enabled(),
                trigger.constraint(),
                trigger.from(),
                trigger.oldTable(),
                trigger.newTable());
    }
}
