package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * Materialized views without rows ({@code WITH NO DATA}): every query of one fails. One that is declared so may have been
 * filled since, as that is what it is for.
 */
final class PopulationKind extends AbstractSettings {
    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
             WHERE c.relnamespace = :schema AND c.relkind = 'm' AND NOT c.relispopulated
            """;

    PopulationKind() {
        super(
                "materialized view",
                "views/*",
                Phase.SETTINGS,
                Undeclared.DRIFT,
                "",
                List.of(Aspect.flag("with_no_data").since(5)));
    }

    @Override
    public int since() {
        return 5;
    }

    @Override
    public String part() {
        return "rows";
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.of("materialized view", object.name());
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relkind = 'm' AND NOT c.relispopulated");
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['views', c.relname]::text[] AS path, 'true' AS with_no_data" + FROM;
    }

    @Override
    public Optional<SchemaObject> implied(SchemaObject declared, Schema live) {
        return Optional.of(declared);
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(List.of("REFRESH MATERIALIZED VIEW " + SqlText.name(after.name())
                + (after.flag("with_no_data") ? " WITH NO DATA" : "")));
    }
}
