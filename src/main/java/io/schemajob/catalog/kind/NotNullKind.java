package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
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

    /**
     * Another name than PostgreSQL gives, which for a partition, and for what a child has only made its own, is that of the
     * parent's. A child keeps that name when its parent's is inherited no more, and takes its own when it gets one then. What
     * a child has from its parent alone pg_dump does not print.
     */
    private static final String OTHER_NAME =
            """
            (CASE WHEN a.attislocal AND NOT c.relispartition AND (k.coninhcount = 0 OR k.conislocal) OR k.coninhcount = 0 AND k.conname = %1$s
                  THEN k.conname <> %1$s
                  WHEN k.coninhcount = 0 OR k.conislocal OR c.relispartition THEN NOT EXISTS (
                        SELECT FROM pg_catalog.pg_inherits h
                          JOIN pg_catalog.pg_constraint o ON o.conrelid = h.inhparent AND o.contype = 'n' AND o.conname = k.conname
                         WHERE h.inhrelid = c.oid)
                  ELSE false END)
            """
                    .formatted(ChosenName.sql("c.relname", "a.attname", "not_null"));

    private static final String FROM =
            """
              FROM pg_catalog.pg_constraint k
              JOIN pg_catalog.pg_class c ON c.oid = k.conrelid AND c.relkind IN ('r', 'p', 'f')
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
             WHERE c.relnamespace = :schema AND k.contype = 'n'
               AND (k.coninhcount = 0 AND (k.connoinherit OR NOT k.convalidated)
                    OR k.coninhcount > 0 AND k.conislocal AND NOT c.relispartition OR %s)
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
    public Sign sign() {
        return Sign.relation("c.relkind IN ('r', 'p', 'f')").since(18);
    }

    @Override
    public String query(int major) {
        return """
            SELECT CASE c.relkind WHEN 'f' THEN ARRAY['foreign_tables', c.relname, 'column_settings', a.attname]::text[]
                        ELSE ARRAY['tables', c.relname, 'columns', a.attname]::text[] END AS path,
                   CASE WHEN %s THEN k.conname::text END AS not_null_name, k.connoinherit::text AS not_null_no_inherit,
                   (k.coninhcount = 0 AND NOT k.convalidated)::text AS not_null_not_valid,
                   (k.coninhcount > 0 AND k.conislocal AND NOT c.relispartition)::text AS not_null_local
            """
                        .formatted(OTHER_NAME)
                + FROM;
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return major >= FIRST_MAJOR ? Optional.of(declared) : Optional.empty();
    }

    /** A name that PostgreSQL gives may be written out. */
    @Override
    public Optional<SchemaObject> implied(SchemaObject declared, Schema live) {
        Table table = live.tables().get(declared.name(0));
        boolean chosen = constraint(declared.plain()).equals(declared.text(NAME));
        return Optional.of(
                chosen && (table == null || table.parents().isEmpty())
                        ? declared.plain().with(NAME, declared.text(NAME))
                        : declared.plain());
    }

    /** Declared on an older server, nothing is said of names and of what is local; what remains no older server has. */
    @Override
    public Optional<SchemaObject> assumed(SchemaObject found, Schema declared) {
        if (declared.objects().coverage().server() < FIRST_MAJOR) {
            return Optional.of(found.without(NO_INHERIT).without(NOT_VALID));
        }
        String own = constraint(found.plain());
        return Optional.of(
                own.equals(found.text(NAME)) && isAlone(found, declared) || isExtra(found, declared)
                        ? named(found.plain(), found)
                        : found.plain());
    }

    /** Whether a column that is declared nullable has one for new rows: that it is there is told, and its name with it. */
    private static boolean isExtra(SchemaObject found, Schema declared) {
        Table table = declared.tables().get(found.name(0));
        return found.flag(NOT_VALID)
                && table != null
                && table.column(found.name()).map(Column::nullable).orElse(false);
    }

    /** Whether the column is declared without a parent's that is NOT NULL: then the name is not that of the parent's. */
    private static boolean isAlone(SchemaObject column, Schema declared) {
        Table table = declared.tables().get(column.name(0));
        return table != null
                && declared.ancestors(table).stream()
                        .flatMap(parent -> parent.column(column.name()).stream())
                        .allMatch(Column::nullable);
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
            // The way back of SET NOT NULL, which has proved the rows: that leaves no other way.
            statements.add(SqlText.alter(after.name(0), after.name()) + "DROP NOT NULL");
            statements.add(add(after));
        } else if (validity) {
            boolean stays = before.flag(NO_INHERIT) && after.flag(NO_INHERIT);
            statements.add(found(after, "AND NOT k.convalidated", (stays ? "VALIDATE" : "DROP") + " CONSTRAINT %1$I"));
        }
        if (SettingsSql.differs(before, after, NO_INHERIT) && !(validity && after.flag(NOT_VALID))) {
            statements.add(inheriting(after));
        }
        if (SettingsSql.differs(before, after, NAME) && !validity) {
            statements.add(renamed(before, after));
        }
        return Optional.of(statements);
    }

    /** What is left to say of a column that its CREATE TABLE made, with the name. */
    @Override
    public List<String> createBeside(SchemaObject object) {
        SchemaObject made = named(object.plain(), object);
        return alter(object.flag(LOCAL) ? made.with(LOCAL, "true") : made, object)
                .orElse(List.of());
    }

    /** The same under the other's name. */
    public static SchemaObject named(SchemaObject object, SchemaObject other) {
        String name = other.text(NAME);
        return name == null ? object.without(NAME) : object.with(NAME, name);
    }

    /** The statement that makes a column NOT NULL again, where children are to be exempt; or null. */
    public static String restored(String table, String column, Schema required, Schema nullable) {
        SchemaObject before = of(table, column, required);
        SchemaObject after = of(table, column, nullable);
        if (before == null || !before.flag(NO_INHERIT)) {
            return null;
        }
        // Rows were not looked at meanwhile: that alter() makes good.
        return after != null && after.flag(NOT_VALID) && after.flag(NO_INHERIT)
                ? SqlText.alter(table, column).replaceFirst("TABLE", "TABLE ONLY") + "SET NOT NULL"
                : SqlText.alter(table) + "ADD CONSTRAINT " + name(before) + " NOT NULL " + SqlText.name(column)
                        + " NO INHERIT";
    }

    /** The same under another name. */
    public static SchemaObject named(SchemaObject object, String name) {
        return object.with(NAME, name);
    }

    /** What a schema says of the NOT NULL of a column; nothing where its name is the one that PostgreSQL gives. */
    public static SchemaObject ofColumn(String table, String column, Schema schema) {
        SchemaObject object = of(table, column, schema);
        return object == null ? new SchemaObject(NOUN, path(table, column), Map.of()) : object;
    }

    /** Whether a change is of the name. */
    public static boolean renames(SchemaObject before, SchemaObject after) {
        return before.kind().equals(NOUN) && SettingsSql.differs(before, after, NAME);
    }

    private static List<String> path(String table, String column) {
        return List.of("tables", table, "columns", column);
    }

    /** What a schema says of it, or null. */
    private static SchemaObject of(String table, String column, Schema schema) {
        return schema.objects().of(NOUN).get(path(table, column));
    }

    /** Whether the rows of a column that has one have not been looked at. */
    public static boolean isNotValid(String table, String column, Schema schema) {
        SchemaObject object = of(table, column, schema);
        return object != null && isNotValid(object);
    }

    public static boolean isNotValid(SchemaObject object) {
        return object.flag(NOT_VALID);
    }

    /** Whether children of a column that is NOT NULL are exempt from that. */
    public static boolean isExempting(String table, String column, Schema schema) {
        SchemaObject object = of(table, column, schema);
        return object != null && object.flag(NO_INHERIT);
    }

    /** Whether a column whose rows had not been looked at becomes NOT NULL, and keeps its constraint for that. */
    public static boolean isProved(SchemaObject before, SchemaObject after) {
        return before.kind().equals(NOUN)
                && before.flag(NOT_VALID)
                && !after.flag(NOT_VALID)
                && !SettingsSql.differs(before, after, NO_INHERIT);
    }

    /** Whether rows that have been looked at need not fit any more. */
    public static boolean isLoosened(SchemaObject before, SchemaObject after) {
        return before.kind().equals(NOUN) && !before.flag(NOT_VALID) && after.flag(NOT_VALID);
    }

    /** The same as if its rows had been looked at. */
    public static SchemaObject proved(SchemaObject object) {
        return object.without(NOT_VALID);
    }

    /** Looks at the rows of a column where that has not been done; the constraint keeps its name. */
    public static String validation(String table, String column) {
        SchemaObject object = new SchemaObject(NOUN, path(table, column), Map.of());
        return found(object, "AND NOT k.convalidated", "VALIDATE CONSTRAINT %1$I");
    }

    /** Whether a child has a NOT NULL of its own beside its parent's. */
    public static boolean isLocal(String table, String column, Schema schema) {
        SchemaObject object = of(table, column, schema);
        return object != null && object.flag(LOCAL);
    }

    /** The name that PostgreSQL gives to the NOT NULL of a column, if somebody gave it to that of another table too; or null. */
    public static String takenName(String table, String column, Schema schema) {
        Collection<SchemaObject> named = schema.objects().of(NOUN).values();
        String chosen = named.isEmpty() ? null : ChosenName.of(table, column, "not_null");
        return named.stream().anyMatch(other -> chosen.equals(other.text(NAME))) ? chosen : null;
    }

    /** The name that CREATE TABLE has to give to the NOT NULL of a column, or null. */
    public static String nameOf(String table, String column, Schema schema) {
        SchemaObject object = of(table, column, schema);
        return object == null || object.flag(NOT_VALID) ? null : object.text(NAME);
    }

    /** One that nobody named has a further digit where its name was taken when it was made. */
    private static String renamed(SchemaObject before, SchemaObject after) {
        return before.text(NAME) == null
                ? found(
                        after,
                        "AND k.conname <> " + SqlText.literal(constraint(after)),
                        "RENAME CONSTRAINT %1$I TO " + AccessTarget.inFormat(name(after)))
                : SqlText.alter(after.name(0)) + "RENAME CONSTRAINT " + name(before) + " TO " + name(after);
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return !before.flag(LOCAL) || after.flag(LOCAL)
                ? "PostgreSQL renames no NOT NULL constraint that a table has from its parent, or under another name than its children."
                : "A NOT NULL of the table's own beside its parent's goes only while the parent's is NO INHERIT.";
    }

    private static String add(SchemaObject column) {
        return SqlText.alter(column.name(0)) + "ADD CONSTRAINT " + name(column) + " NOT NULL "
                + SqlText.name(column.name()) + (column.flag(NO_INHERIT) ? " NO INHERIT" : "") + " NOT VALID";
    }

    /** PostgreSQL alters no constraint of a foreign table, whose rows it does not look at anyway. */
    private static String inheriting(SchemaObject column) {
        boolean exempt = column.flag(NO_INHERIT);
        if (column.path().get(0).equals("foreign_tables")) {
            return found(
                    column,
                    "",
                    "DROP CONSTRAINT %1$I, ADD CONSTRAINT %1$I NOT NULL "
                            + AccessTarget.inFormat(SqlText.name(column.name()))
                            + (exempt ? " NO INHERIT" : ""));
        }
        return exempt ? found(column, "", "ALTER CONSTRAINT %1$I NO INHERIT") : inherited(column);
    }

    /**
     * A child that lost its parent's kept it as one of its own, under the parent's name. That would stay its own beside the
     * parent's, so it goes first, and comes back with the parent's.
     */
    private static String inherited(SchemaObject column) {
        return """
            DO $not_null$
            DECLARE
                child record;
                wanted name;
            BEGIN
                FOR child IN SELECT k.conrelid::regclass AS name, o.conname FROM pg_constraint o
                               JOIN pg_inherits h ON h.inhparent = o.conrelid
                               JOIN pg_constraint k ON k.conrelid = h.inhrelid AND k.contype = 'n' AND k.conname = o.conname
                               JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                              WHERE o.conrelid = %1$s::regclass AND o.contype = 'n' AND a.attname = %2$s
                                AND k.coninhcount = 0 AND NOT a.attislocal LOOP
                    EXECUTE format('ALTER TABLE %%s ALTER COLUMN %%I DROP NOT NULL', child.name, %2$s);
                END LOOP;
                FOR wanted IN SELECT k.conname FROM pg_constraint k
                                JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
                               WHERE k.conrelid = %1$s::regclass AND k.contype = 'n' AND a.attname = %2$s LOOP
                    EXECUTE format('ALTER TABLE %%s ALTER CONSTRAINT %%I INHERIT', %1$s::regclass, wanted);
                END LOOP;
            END
            $not_null$"""
                .formatted(table(column), SqlText.literal(column.name()));
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
        return SqlText.name(constraint(column));
    }

    /** What comments and statements call it. */
    public static String constraint(SchemaObject column) {
        String name = column.text(NAME);
        return name == null ? ChosenName.of(column.name(0), column.name(), "not_null") : name;
    }
}
