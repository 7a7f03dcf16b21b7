package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether a sequence is lost in a crash (from PostgreSQL 15). One of an unlogged table is as that is: PostgreSQL 15 makes both
 * unlogged, 14 and an upgraded server leave the sequence logged, and neither is told. And the column of a foreign table that
 * it is dropped with, which the model does not hold among its tables.
 */
final class SequenceSettingsKind extends AbstractSettings {
    private static final String OWNER = "owned_by_foreign";

    private static final String FOREIGN =
            """
            (SELECT pg_catalog.format('%I.%I', fc.relname, fa.attname)
               FROM pg_catalog.pg_depend fd JOIN pg_catalog.pg_class fc ON fc.oid = fd.refobjid AND fc.relkind = 'f'
               JOIN pg_catalog.pg_attribute fa ON fa.attrelid = fc.oid AND fa.attnum = fd.refobjsubid
              WHERE fd.classid = 'pg_catalog.pg_class'::regclass AND fd.refclassid = 'pg_catalog.pg_class'::regclass
                AND fd.objid = q.oid AND fd.deptype = 'a' AND fc.relnamespace = q.relnamespace)
            """;

    private static final String FROM =
            """
              FROM pg_catalog.pg_class q
             WHERE q.relnamespace = :schema AND q.relkind = 'S' AND (%s OR %s IS NOT NULL)
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i
                                WHERE i.classid = 'pg_catalog.pg_class'::regclass AND i.objid = q.oid AND i.deptype = 'i')
            """
                    .formatted(SequenceLogging.UNLOGGED, FOREIGN);

    SequenceSettingsKind() {
        super(
                "sequence",
                "sequences/*",
                Phase.SETTINGS,
                Undeclared.DRIFT,
                "",
                List.of(Aspect.flag("unlogged"), Aspect.text(OWNER).since(5)));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.of(noun(), object.name());
    }

    @Override
    public String newer() {
        return "`unlogged` 15";
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relkind = 'S' AND c.relpersistence = 'u'").or(Sign.relation("c.relkind = 'f'"));
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['sequences', q.relname]::text[] AS path, " + SequenceLogging.UNLOGGED
                + "::text AS unlogged, " + FOREIGN + " AS " + OWNER + FROM;
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return SequenceLogging.on(major, declared);
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        List<String> statements = new ArrayList<>(SequenceLogging.change(after.name(), before, after));
        if (SettingsSql.differs(before, after, OWNER)) {
            statements.add("ALTER SEQUENCE " + SqlText.name(after.name()) + " OWNED BY "
                    + (after.text(OWNER) == null ? "NONE" : after.text(OWNER)));
        }
        return Optional.of(statements);
    }
}
