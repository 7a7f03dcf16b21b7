package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Storage parameters of the indexes behind primary keys, unique and exclusion constraints. */
final class KeyIndexKind extends AbstractSettings {
    private static final String FROM =
            """
              FROM pg_catalog.pg_class i JOIN pg_catalog.pg_index x ON x.indexrelid = i.oid
              JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
              JOIN pg_catalog.pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
             WHERE c.relnamespace = :schema AND (i.reloptions IS NOT NULL OR i.reltablespace <> 0)
            """;

    KeyIndexKind() {
        super(
                "key index",
                "tables/*/key_indexes/*",
                Phase.SETTINGS,
                Undeclared.STRICT_DRIFT,
                "",
                List.of(Aspect.map("with"), Aspect.text("tablespace").since(3)));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "index of %2$s on %1$s", object.name(0), object.name());
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relkind IN ('i', 'I') AND (c.reloptions IS NOT NULL OR c.reltablespace <> 0)");
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['tables', c.relname, 'key_indexes', k.conname]::text[] AS path, i.reloptions AS with, "
                + CatalogSql.tablespace("i.reltablespace") + " AS tablespace"
                + FROM;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String alter = "ALTER INDEX " + SqlText.name(after.name()) + " ";
        List<String> statements = new ArrayList<>(SettingsSql.change(alter, "", before.map("with"), after.map("with")));
        statements.addAll(SettingsSql.tablespace(alter, before, after));
        return Optional.of(statements);
    }
}
