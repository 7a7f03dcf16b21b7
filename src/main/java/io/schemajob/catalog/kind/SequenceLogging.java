package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/** Whether a sequence is lost in a crash: the same for those that have a name of their own and those of identity columns. */
final class SequenceLogging {
    /** Of a sequence {@code q}. */
    static final String UNLOGGED =
            """
            (q.relpersistence = 'u' AND NOT EXISTS (
                 SELECT FROM pg_catalog.pg_depend od JOIN pg_catalog.pg_class ot ON ot.oid = od.refobjid
                  WHERE od.classid = 'pg_catalog.pg_class'::regclass AND od.refclassid = 'pg_catalog.pg_class'::regclass
                    AND od.objid = q.oid AND od.deptype IN ('a', 'i') AND ot.relpersistence = 'u'))
            """;

    private SequenceLogging() {}

    /** Before PostgreSQL 15 every sequence is logged. */
    static Optional<SchemaObject> on(int major, SchemaObject declared) {
        return Optional.of(major > 0 && major < 15 ? declared.without("unlogged") : declared);
    }

    static List<String> change(String sequence, SchemaObject before, SchemaObject after) {
        if (before.flag("unlogged") == after.flag("unlogged")) {
            return List.of();
        }
        return List.of("ALTER SEQUENCE " + SqlText.name(sequence) + " SET "
                + (after.flag("unlogged") ? "UNLOGGED" : "LOGGED"));
    }
}
