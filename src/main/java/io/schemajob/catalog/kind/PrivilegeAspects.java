package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Privileges as aspects of what is declared and read: the same for what is granted and for what will be. */
final class PrivilegeAspects {
    private PrivilegeAspects() {}

    /** What a server of this version can have of these privileges; empty if none. */
    static Optional<SchemaObject> on(AccessTarget target, int major, SchemaObject declared) {
        Map<String, Object> values = new HashMap<>(declared.values());
        for (String aspect : List.of("privileges", "grantable", "revoked")) {
            if (values.containsKey(aspect)) {
                values.put(aspect, PrivilegeWords.on(target, declared.text(aspect), major));
            }
        }
        values.values().removeIf(""::equals);
        return values.get("privileges") == null && values.get("revoked") == null
                ? Optional.empty()
                : Optional.of(new SchemaObject(declared.kind(), declared.path(), values));
    }

    /** What {@code g} has of what {@code o} knows, as aspects. */
    static String lists() {
        return """
            CASE WHEN g.revoked IS NOT NULL THEN NULL WHEN g.list IS NULL THEN 'none'
                 WHEN g.list = o.known AND pg_catalog.cardinality(o.known) > 1 THEN 'all'
                 ELSE pg_catalog.array_to_string(g.list, ', ') END AS privileges,
            CASE WHEN g.revoked = o.known AND pg_catalog.cardinality(o.known) > 1 THEN 'all'
                 ELSE pg_catalog.array_to_string(g.revoked, ', ') END AS revoked,
            CASE WHEN g.options = o.known AND pg_catalog.cardinality(o.known) > 1 THEN 'all'
                 ELSE pg_catalog.array_to_string(g.options, ', ') END AS grantable
            """;
    }

    /** The privileges of a group of {@code aclexplode}, in order. */
    static String words(String filter) {
        return "pg_catalog.array_agg(pg_catalog.lower(e.privilege_type)"
                + " ORDER BY pg_catalog.lower(e.privilege_type) COLLATE \"C\")" + filter;
    }
}
