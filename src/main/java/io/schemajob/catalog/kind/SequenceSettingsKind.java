package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * Whether a sequence is lost in a crash (from PostgreSQL 15). One of an unlogged table is as that is: PostgreSQL 15 makes both
 * unlogged, 14 and an upgraded server leave the sequence logged, and neither is told.
 */
final class SequenceSettingsKind extends AbstractSettings {
    /** Of a sequence {@code q}. */
    static final String UNLOGGED =
            """
            (q.relpersistence = 'u' AND NOT EXISTS (
                 SELECT FROM pg_catalog.pg_depend od JOIN pg_catalog.pg_class ot ON ot.oid = od.refobjid
                  WHERE od.classid = 'pg_catalog.pg_class'::regclass AND od.refclassid = 'pg_catalog.pg_class'::regclass
                    AND od.objid = q.oid AND od.deptype IN ('a', 'i') AND ot.relpersistence = 'u'))
            """;

    private static final String FROM =
            """
              FROM pg_catalog.pg_class q
             WHERE q.relnamespace = :schema AND q.relkind = 'S' AND %s
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend i
                                WHERE i.classid = 'pg_catalog.pg_class'::regclass AND i.objid = q.oid AND i.deptype = 'i')
            """
                    .formatted(UNLOGGED);

    SequenceSettingsKind() {
        super("sequence", "sequences/*", Phase.SETTINGS, Undeclared.DRIFT, "", List.of(Aspect.flag("unlogged")));
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
    public String present() {
        return "EXISTS (SELECT q.oid" + FROM + ")";
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['sequences', q.relname]::text[] AS path, true::text AS unlogged" + FROM;
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return on15(major, declared);
    }

    /** Before PostgreSQL 15 every sequence is logged. */
    static Optional<SchemaObject> on15(int major, SchemaObject declared) {
        return Optional.of(major > 0 && major < 15 ? declared.without("unlogged") : declared);
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(logging(after.name(), before, after));
    }

    static List<String> logging(String sequence, SchemaObject before, SchemaObject after) {
        if (before.flag("unlogged") == after.flag("unlogged")) {
            return List.of();
        }
        return List.of("ALTER SEQUENCE " + SqlText.name(sequence) + " SET "
                + (after.flag("unlogged") ? "UNLOGGED" : "LOGGED"));
    }
}
