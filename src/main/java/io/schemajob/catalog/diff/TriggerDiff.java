package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Trigger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares triggers by name, since those of one event fire in the order of their names. */
final class TriggerDiff {
    /** The level of declarations that say whether a constraint trigger has a {@code FROM} table. */
    private static final int FROM_SINCE = 5;

    private TriggerDiff() {}

    static void compare(String table, List<Trigger> declared, List<Trigger> live, Findings findings) {
        Map<String, Trigger> present = new TreeMap<>();
        live.forEach(trigger -> present.put(trigger.name(), trigger));
        for (Trigger trigger : declared) {
            ObjectIdentity object = object(table, trigger);
            Trigger partner = present.remove(trigger.name());
            if (partner == null) {
                findings.missing(object, Describe.trigger(trigger));
            } else {
                Trigger wanted = trigger.from() == null && !findings.knows(FROM_SINCE)
                        ? trigger.with(trigger.name(), trigger.enabled(), partner.from())
                        : trigger;
                findings.same(object, "definition", wanted, partner, Trigger::definition, Describe::trigger);
            }
        }
        present.values().forEach(trigger -> findings.intruder(object(table, trigger), Describe.trigger(trigger)));
    }

    private static ObjectIdentity object(String table, Trigger trigger) {
        return ObjectIdentity.in(table, "trigger", trigger.name());
    }
}
