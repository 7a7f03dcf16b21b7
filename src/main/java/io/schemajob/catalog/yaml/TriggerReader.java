package io.schemajob.catalog.yaml;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.catalog.model.Deferral;
import io.schemajob.catalog.model.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Reads one trigger of a table or view. */
final class TriggerReader {
    private static final List<String> EVENTS = List.of("INSERT", "UPDATE", "DELETE", "TRUNCATE");

    private enum Level {
        ROW,
        STATEMENT
    }

    private TriggerReader() {}

    static Trigger trigger(String name, YamlNode value) {
        value.onlyKeys(
                "timing",
                "events",
                "of",
                "for_each",
                "when",
                "function",
                "arguments",
                "enabled",
                "constraint",
                "from",
                "old_table",
                "new_table");
        List<String> events = new ArrayList<>();
        for (YamlNode event : value.required("events").list()) {
            String word = event.text().toUpperCase(Locale.ROOT);
            if (!EVENTS.contains(word)) {
                throw event.error(event.path() + " must be one of insert, update, delete, truncate");
            }
            events.add(word);
        }
        events.sort(Comparator.comparing(EVENTS::indexOf));
        return new Trigger(
                name,
                Nodes.choice(value.required("timing"), Trigger.Timing.class),
                events,
                Nodes.texts(value, "of"),
                Nodes.choice(value, "for_each", Level.class, Level.STATEMENT) == Level.ROW,
                Nodes.text(value, "when"),
                value.required("function").text(),
                Nodes.texts(value, "arguments"),
                Nodes.choice(value, "enabled", Trigger.Enabled.class, Trigger.Enabled.ORIGIN),
                Nodes.choice(value, "constraint", Deferral.class, null),
                Nodes.text(value, "from"),
                Nodes.text(value, "old_table"),
                Nodes.text(value, "new_table"));
    }
}
