package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** {@code CREATE TRIGGER}, and in which sessions it fires. */
final class TriggerSql {
    private TriggerSql() {}

    static List<String> create(String relation, Trigger trigger, Schema schema) {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE " + (trigger.constraint() == null ? "" : "CONSTRAINT ") + "TRIGGER "
                + SqlText.name(trigger.name()) + " " + trigger.timing().name().replace('_', ' ') + " " + events(trigger)
                + " ON " + SqlText.name(relation)
                + (trigger.from() == null ? "" : " FROM " + SqlText.qualified(trigger.from(), schema::holds))
                + (trigger.constraint() == null ? "" : ConstraintSql.deferral(trigger.constraint()))
                + transitions(trigger)
                + (trigger.perRow() ? " FOR EACH ROW" : " FOR EACH STATEMENT")
                + (trigger.when() == null ? "" : " WHEN (" + trigger.when() + ")")
                + " EXECUTE FUNCTION "
                + SqlText.qualified(
                        trigger.function(), name -> schema.routines().containsKey(name + "()"))
                + trigger.arguments().stream().map(SqlText::literal).collect(Collectors.joining(", ", "(", ")")));
        if (trigger.enabled() != Trigger.Enabled.ORIGIN) {
            statements.add(enable(relation, trigger));
        }
        return statements;
    }

    static String enable(String relation, Trigger trigger) {
        String verb =
                switch (trigger.enabled()) {
                    case ORIGIN -> "ENABLE TRIGGER ";
                    case REPLICA -> "ENABLE REPLICA TRIGGER ";
                    case ALWAYS -> "ENABLE ALWAYS TRIGGER ";
                    case DISABLED -> "DISABLE TRIGGER ";
                };
        return SqlText.alter(relation) + verb + SqlText.name(trigger.name());
    }

    static String drop(String relation, Trigger trigger) {
        return "DROP TRIGGER " + SqlText.name(trigger.name()) + " ON " + SqlText.name(relation);
    }

    private static String events(Trigger trigger) {
        return trigger.events().stream()
                .map(event -> event.equals("UPDATE") && !trigger.updateOf().isEmpty()
                        ? "UPDATE OF "
                                + trigger.updateOf().stream().map(SqlText::name).collect(Collectors.joining(", "))
                        : event)
                .collect(Collectors.joining(" OR "));
    }

    private static String transitions(Trigger trigger) {
        if (trigger.oldTable() == null && trigger.newTable() == null) {
            return "";
        }
        return " REFERENCING"
                + (trigger.oldTable() == null ? "" : " OLD TABLE AS " + SqlText.name(trigger.oldTable()))
                + (trigger.newTable() == null ? "" : " NEW TABLE AS " + SqlText.name(trigger.newTable()));
    }
}
