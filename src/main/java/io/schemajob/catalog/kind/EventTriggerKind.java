package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Event triggers that call a function of this schema. */
final class EventTriggerKind extends AbstractKind {
    EventTriggerKind() {
        super(
                "event trigger",
                "event_triggers/*",
                Phase.ATTACHED,
                Undeclared.STRICT_DRIFT,
                "event trigger",
                List.of(Aspect.text("event"), Aspect.text("function"), Aspect.list("tags"), Aspect.text("enabled")));
    }

    @Override
    public boolean databaseWide() {
        return true;
    }

    @Override
    public boolean readsElsewhere() {
        return true;
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_event_trigger");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['event_triggers', t.evtname]::text[] AS path, t.evtevent AS event, %s AS function,
                   t.evttags AS tags, %s AS enabled, p.pronamespace NOT IN :schemas AS elsewhere
              FROM pg_catalog.pg_event_trigger t JOIN pg_catalog.pg_proc p ON p.oid = t.evtfoid
             WHERE %s
            """
                .formatted(
                        CatalogSql.function("t.evtfoid"),
                        SettingsSql.firing("t.evtenabled"),
                        CatalogSql.ours("t", "pg_event_trigger"));
    }

    @Override
    public List<String> create(SchemaObject trigger) {
        List<String> statements = new ArrayList<>();
        String tags = trigger.list("tags").stream().map(SqlText::literal).collect(Collectors.joining(", "));
        statements.add("CREATE EVENT TRIGGER " + SqlText.name(trigger.name()) + " ON " + trigger.text("event")
                + (tags.isEmpty() ? "" : " WHEN TAG IN (" + tags + ")") + " EXECUTE FUNCTION "
                + trigger.text("function")
                + "()");
        if (trigger.text("enabled") != null) {
            statements.add(enable(trigger));
        }
        return statements;
    }

    private static String enable(SchemaObject trigger) {
        return "ALTER EVENT TRIGGER " + SqlText.name(trigger.name()) + " " + SettingsSql.verb(trigger.text("enabled"));
    }

    @Override
    public List<String> drop(SchemaObject trigger) {
        return List.of("DROP EVENT TRIGGER " + SqlText.name(trigger.name()));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return SettingsSql.onlyDiffers(aspects(), before, after, "enabled")
                ? Optional.of(List.of(enable(after)))
                : Optional.empty();
    }
}
