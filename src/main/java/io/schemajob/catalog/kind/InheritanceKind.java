package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/** Which columns and checks a table that inherits from others has of its own too, though a parent has them. */
public final class InheritanceKind extends AbstractSettings {
    public static final String NOUN = "inheritance";
    /** The aspect. */
    public static final String LOCAL = "local_columns";

    private static final String CHECKS = "local_checks";

    private static final String COLUMN =
            "FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attislocal AND a.attinhcount > 0 AND NOT a.attisdropped";

    private static final String CHECK =
            "FROM pg_catalog.pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'c' AND k.conislocal AND k.coninhcount > 0";

    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
             WHERE c.relnamespace = :schema AND c.relkind = 'r' AND NOT c.relispartition
               AND EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhrelid = c.oid)
               AND (EXISTS (SELECT %s) OR EXISTS (SELECT %s))
            """
                    .formatted(COLUMN, CHECK);

    InheritanceKind() {
        super(
                NOUN,
                "tables/*",
                Phase.SETTINGS,
                Undeclared.DRIFT,
                "",
                List.of(Aspect.list(LOCAL), Aspect.list(CHECKS).since(5)));
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
    public Sign sign() {
        return Sign.filled("pg_inherits");
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['tables', c.relname]::text[] AS path, ARRAY(SELECT a.attname::text " + COLUMN
                + " ORDER BY a.attname) AS " + LOCAL + ", ARRAY(SELECT k.conname::text " + CHECK
                + " ORDER BY k.conname) AS " + CHECKS + FROM;
    }

    /** Columns come with the table; a check is added once more, and PostgreSQL merges the two. */
    @Override
    public List<String> create(SchemaObject object) {
        return object.list(CHECKS).stream().map(check -> add(object, check)).toList();
    }

    /** Columns come with the table, and with what its parents get and lose. */
    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return SettingsSql.differs(before, after, LOCAL) || !after.list(CHECKS).containsAll(before.list(CHECKS))
                ? Optional.empty()
                : Optional.of(after.list(CHECKS).stream()
                        .filter(check -> !before.list(CHECKS).contains(check))
                        .map(check -> add(after, check))
                        .toList());
    }

    private static String add(SchemaObject table, String check) {
        return SettingsSql.each(
                "check",
                """
                SELECT format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', k.conrelid::regclass, k.conname,
                              pg_get_constraintdef(k.oid))
                         FROM pg_constraint k
                        WHERE k.conrelid = %s::regclass AND k.contype = 'c' AND k.conname = %s AND NOT k.conislocal"""
                        .formatted(SqlText.literal(SqlText.name(table.name(0))), SqlText.literal(check)));
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "What is inherited alone becomes the table's own, or stops being it, only if the table leaves its parent for a moment.";
    }
}
