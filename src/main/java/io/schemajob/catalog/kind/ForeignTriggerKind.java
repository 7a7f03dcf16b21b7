package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Triggers of foreign tables, which the model does not hold among its tables. */
final class ForeignTriggerKind extends AbstractKind {
    private static final String FROM =
            """
              FROM pg_catalog.pg_trigger t JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
             WHERE c.relnamespace = :schema AND c.relkind = 'f' AND NOT t.tgisinternal AND t.tgparentid = 0
            """;

    ForeignTriggerKind() {
        super(
                "foreign table trigger",
                "foreign_tables/*/triggers/*",
                Phase.ATTACHED,
                Undeclared.DRIFT,
                "",
                List.of(Aspect.sql("definition"), Aspect.text("enabled")));
    }

    @Override
    public int since() {
        return 5;
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relkind = 'f' AND c.relhastriggers");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['foreign_tables', c.relname, 'triggers', t.tgname]::text[] AS path,
                   pg_catalog.pg_get_triggerdef(t.oid, true) AS definition, %s AS enabled
            """
                        .formatted(SettingsSql.firing("t.tgenabled"))
                + FROM;
    }

    @Override
    public List<String> create(SchemaObject trigger) {
        List<String> statements = new ArrayList<>(List.of(trigger.text("definition")));
        if (trigger.text("enabled") != null) {
            statements.add(enable(trigger));
        }
        return statements;
    }

    private static String enable(SchemaObject trigger) {
        return SqlText.alter(trigger.name(0)) + SettingsSql.verb(trigger.text("enabled")) + " TRIGGER "
                + SqlText.name(trigger.name());
    }

    @Override
    public List<String> drop(SchemaObject trigger) {
        return List.of("DROP TRIGGER " + SqlText.name(trigger.name()) + " ON " + SqlText.name(trigger.name(0)));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return SettingsSql.onlyDiffers(aspects(), before, after, "enabled")
                ? Optional.of(List.of(enable(after)))
                : Optional.empty();
    }
}
