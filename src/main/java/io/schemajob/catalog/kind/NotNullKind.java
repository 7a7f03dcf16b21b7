package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/** The names of NOT NULL constraints, which PostgreSQL keeps since 18; those that it gives by itself are left out. */
final class NotNullKind extends AbstractSettings {
    private static final int FIRST_MAJOR = 18;
    private static final String FROM =
            """
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relkind IN ('r', 'p')
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
             WHERE k.connamespace = :schema AND k.contype = 'n' AND k.coninhcount = 0 AND k.conname <> c.relname || '_' || a.attname || '_not_null'
               AND pg_catalog.octet_length(k.conname::text) < 63
            """;

    NotNullKind() {
        super(
                "not null constraint",
                "tables/*/columns/*",
                Phase.SETTINGS,
                Undeclared.WARNING,
                "",
                List.of(Aspect.text("not_null_name")));
    }

    @Override
    public int since() {
        return 4;
    }

    /** A name changes no result. */
    @Override
    public boolean harmless(Coverage coverage) {
        return true;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "not null constraint of %s.%s", object.name(0), object.name());
    }

    @Override
    public String newer() {
        return "`not_null_name` 18";
    }

    @Override
    public String present() {
        return "EXISTS (SELECT k.oid" + FROM + ")";
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['tables', c.relname, 'columns', a.attname]::text[] AS path, k.conname AS not_null_name"
                + FROM;
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return major >= FIRST_MAJOR ? Optional.of(declared) : Optional.empty();
    }

    /** Declared on an older server, nothing is said of it. */
    @Override
    public Optional<SchemaObject> assumed(SchemaObject found, Coverage coverage) {
        return Optional.of(found);
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String rename = SqlText.alter(after.name(0)) + "RENAME CONSTRAINT " + name(before) + " TO " + name(after);
        return Optional.of(SettingsSql.differs(before, after, "not_null_name") ? List.of(rename) : List.of());
    }

    private static String name(SchemaObject column) {
        String name = column.text("not_null_name");
        return SqlText.name(name == null ? column.name(0) + "_" + column.name() + "_not_null" : name);
    }
}
