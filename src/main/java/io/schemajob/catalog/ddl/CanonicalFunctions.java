package io.schemajob.catalog.ddl;

import io.schemajob.catalog.kind.ObjectKind;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Canonical functions of range types. Such a function takes the type that is made with it: both come in three statements, of
 * which the first makes a shell of the type, and go in one.
 */
final class CanonicalFunctions {
    /** Nothing but CASCADE takes away what needs each other; whatever else needs it stops that. */
    private static final String DROP =
            """
            DO $type$
            DECLARE
                others text;
            BEGIN
                SELECT string_agg(pg_describe_object(d.classid, d.objid, d.objsubid), ', ') INTO others
                  FROM pg_depend d JOIN pg_type t ON d.refclassid = 'pg_type'::regclass AND d.refobjid = t.oid
                 WHERE %1$s::regtype IN (t.oid, t.typelem, (SELECT r.rngtypid FROM pg_range r WHERE r.rngmultitypid = t.oid))
                   AND d.deptype = 'n' AND NOT (d.classid = 'pg_proc'::regclass AND (d.objid = %2$s::regprocedure
                        OR EXISTS (SELECT FROM pg_depend i WHERE i.classid = d.classid AND i.objid = d.objid AND i.deptype = 'i')));
                IF others IS NOT NULL THEN
                    RAISE EXCEPTION 'cannot drop type %% because other objects depend on it: %%', %1$s, others;
                END IF;
                DROP TYPE %3$s CASCADE;
            END
            $type$""";

    private static final String KIND = "range type";
    private static final String ASPECT = "canonical";

    /** Functions by their type. */
    private final Map<String, Routine> byType = new HashMap<>();

    CanonicalFunctions(Schema schema) {
        schema.objects().of(KIND).values().stream()
                .filter(type -> type.text(ASPECT) != null)
                .forEach(type -> {
                    String signature = SqlNames.unquoted(type.text(ASPECT)) + "(" + SqlText.name(type.name(0)) + ")";
                    if (schema.routines().containsKey(signature)) {
                        byType.put(type.name(0), schema.routines().get(signature));
                    }
                });
    }

    /** The function comes and goes with its type. */
    Piece withType(Piece function) {
        return byType.containsValue((Routine) function.model())
                ? function.createdBy(List.of()).droppedBy()
                : function;
    }

    /** The type with its function, if it has one; what it needs is what it would need without. */
    Piece withFunction(ObjectKind kind, Piece type) {
        if (!kind.noun().equals(KIND) || !byType.containsKey(((SchemaObject) type.model()).name(0))) {
            return type;
        }
        SchemaObject object = (SchemaObject) type.model();
        Routine function = byType.get(object.name(0));
        String name = SqlText.name(object.name(0));
        List<String> create = new ArrayList<>(List.of("CREATE TYPE " + name));
        create.add(RoutineSql.create(function, false));
        create.addAll(type.create());
        return type.createdBy(create)
                .droppedBy(DROP.formatted(SqlText.literal(name), SqlText.literal(RoutineSql.reference(function)), name))
                .mentioning(kind.mentioning(object.without(ASPECT)));
    }
}
