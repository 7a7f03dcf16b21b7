package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import java.util.List;
import java.util.Optional;

/** Which columns a table that inherits from others has of its own too, though a parent has them. */
public final class InheritanceKind extends AbstractSettings {
    public static final String NOUN = "inheritance";
    /** The aspect. */
    public static final String LOCAL = "local_columns";

    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attislocal AND a.attinhcount > 0 AND NOT a.attisdropped
             WHERE c.relnamespace = :schema AND c.relkind = 'r' AND NOT c.relispartition
            """;

    InheritanceKind() {
        super(NOUN, "tables/*", Phase.SETTINGS, Undeclared.DRIFT, "", List.of(Aspect.list(LOCAL)));
    }

    @Override
    public int since() {
        return 3;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.only(noun(), object.name(0));
    }

    @Override
    public String present() {
        return "EXISTS (SELECT a.attnum" + FROM + ")";
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['tables', c.relname]::text[] AS path, pg_catalog.array_agg(a.attname::text ORDER BY a.attname) AS "
                + LOCAL + FROM + " GROUP BY c.relname";
    }

    /** It comes with the table, and with what its parents get and lose. */
    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return SettingsSql.differs(before, after, LOCAL) ? Optional.empty() : Optional.of(List.of());
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "A column that is inherited alone becomes the table's own only if the table leaves its parent for a moment.";
    }
}
