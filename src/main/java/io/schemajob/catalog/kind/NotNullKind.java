package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL keeps of NOT NULL constraints since 18: names that it does not give by itself, whether children are exempt,
 * whether the rows that were there have been looked at,
 * and whether a child has one of its own beside its parent's. A column whose rows have not been looked at is nullable in
 * the model.
 */
public final class NotNullKind extends AbstractSettings {
    public static final String NOUN = "not null constraint";
    /** The aspect: children do not inherit it. */
    public static final String NO_INHERIT = "not_null_no_inherit";

    private static final String NAME = "not_null_name";
    private static final String NOT_VALID = "not_null_not_valid";
    private static final String LOCAL = "not_null_local";
    private static final int STATE_SINCE = 5;
    private static final int FIRST_MAJOR = 18;

    /** Names as long as can be are cut by rules of their own. */
    private static final String OTHER_NAME =
            "(k.conname <> c.relname || '_' || a.attname || '_not_null' AND pg_catalog.octet_length(k.conname::text) < 63)";

    private static final String FROM =
            """
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relkind IN ('r', 'p', 'f')
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
             WHERE k.connamespace = :schema AND k.contype = 'n'
               AND (k.coninhcount = 0 AND (k.connoinherit OR NOT k.convalidated OR %s)
                    OR k.coninhcount > 0 AND k.conislocal AND NOT c.relispartition)
            """
                    .formatted(OTHER_NAME);

    NotNullKind() {
        super(
                NOUN,
                "tables/*/columns/* foreign_tables/*/column_settings/*",
                Phase.SETTINGS,
                Undeclared.DRIFT,
                "",
                List.of(
                        Aspect.text(NAME),
                        Aspect.flag(NO_INHERIT).since(STATE_SINCE),
                        Aspect.flag(NOT_VALID).since(STATE_SINCE),
                        Aspect.flag(LOCAL).since(STATE_SINCE)));
    }

    @Override
    public int since() {
        return 4;
    }

    /** A name changes no result. */
    @Override
    public boolean harmless(Coverage coverage, Aspect aspect) {
        return aspect.key().equals(NAME);
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "not null constraint of %s.%s", object.name(0), object.name());
    }

    @Override
    public String newer() {
        return "all 18";
    }

    @Override
    public String present() {
        return "EXISTS (SELECT k.oid" + FROM + ")";
    }

    @Override
    public String query(int major) {
        return """
            SELECT CASE c.relkind WHEN 'f' THEN ARRAY['foreign_tables', c.relname, 'column_settings', a.attname]::text[]
                        ELSE ARRAY['tables', c.relname, 'columns', a.attname]::text[] END AS path,
                   CASE WHEN k.coninhcount = 0 AND %s THEN k.conname::text END AS not_null_name, k.connoinherit::text AS not_null_no_inherit,
                   (k.coninhcount = 0 AND NOT k.convalidated)::text AS not_null_not_valid,
                   (k.coninhcount > 0)::text AS not_null_local
            """
                        .formatted(OTHER_NAME)
                + FROM;
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return major >= FIRST_MAJOR ? Optional.of(declared) : Optional.empty();
    }

    /** Declared on an older server, nothing is said of names and of what is local; what remains no older server has. */
    @Override
    public Optional<SchemaObject> assumed(SchemaObject found, Coverage coverage) {
        return Optional.of(found.without(NO_INHERIT).without(NOT_VALID));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        List<String> statements = new ArrayList<>();
        if (before.flag(LOCAL) && !after.flag(LOCAL)) {
            return Optional.empty();
        } else if (SettingsSql.differs(before, after, LOCAL)) {
            statements.add(SqlText.alter(after.name(0), after.name()) + "SET NOT NULL");
        }
        boolean validity = SettingsSql.differs(before, after, NOT_VALID);
        if (validity && after.flag(NOT_VALID)) {
            statements.add(add(after));
        } else if (validity) {
            statements.add(found(after, "AND NOT k.convalidated", "DROP CONSTRAINT %1$I"));
        }
        if (SettingsSql.differs(before, after, NO_INHERIT) && !(validity && after.flag(NOT_VALID))) {
            statements.add(inheriting(after));
        }
        if (SettingsSql.differs(before, after, NAME) && !validity) {
            statements.add(SqlText.alter(after.name(0)) + "RENAME CONSTRAINT " + name(before) + " TO " + name(after));
        }
        return Optional.of(statements);
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return "A NOT NULL of the table's own beside its parent's goes only if the table leaves its parent for a moment.";
    }

    private static String add(SchemaObject column) {
        return SqlText.alter(column.name(0)) + "ADD CONSTRAINT " + name(column) + " NOT NULL "
                + SqlText.name(column.name()) + (column.flag(NO_INHERIT) ? " NO INHERIT" : "") + " NOT VALID";
    }

    /** PostgreSQL alters no constraint of a foreign table, whose rows it does not look at anyway. */
    private static String inheriting(SchemaObject column) {
        String state = column.flag(NO_INHERIT) ? "NO INHERIT" : "INHERIT";
        boolean foreign = column.path().get(0).equals("foreign_tables");
        return found(
                column,
                "",
                foreign
                        ? "DROP CONSTRAINT %1$I, ADD CONSTRAINT %1$I NOT NULL "
                                + AccessTarget.inFormat(SqlText.name(column.name()))
                                + (column.flag(NO_INHERIT) ? " NO INHERIT" : "")
                        : "ALTER CONSTRAINT %1$I " + state);
    }

    /** What happens to the constraint if there is one: another statement may have dropped or validated it. */
    private static String found(SchemaObject column, String condition, String action) {
        return """
            DO $not_null$
            DECLARE
                wanted name;
            BEGIN
                FOR wanted IN SELECT k.conname FROM pg_constraint k
                                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                               WHERE k.conrelid = %s::regclass AND k.contype = 'n' AND a.attname = %s %s LOOP
                    EXECUTE format('ALTER TABLE %%2$s %s', wanted, %s::regclass);
                END LOOP;
            END
            $not_null$"""
                .formatted(
                        table(column),
                        SqlText.literal(column.name()),
                        condition,
                        action.replace("'", "''"),
                        table(column));
    }

    private static String table(SchemaObject column) {
        return SqlText.literal(SqlText.name(column.name(0)));
    }

    private static String name(SchemaObject column) {
        String name = column.text(NAME);
        return SqlText.name(name == null ? column.name(0) + "_" + column.name() + "_not_null" : name);
    }
}
