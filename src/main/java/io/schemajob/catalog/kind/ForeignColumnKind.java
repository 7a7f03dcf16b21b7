package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code ALTER FOREIGN TABLE} sets on a column; name, type and default are the foreign table's. */
final class ForeignColumnKind extends AbstractSettings {
    static final String NOUN = "foreign table column";
    static final String COLLATION = "collation";

    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
              JOIN pg_catalog.pg_type t ON t.oid = a.atttypid
             WHERE c.relnamespace = :schema AND c.relkind = 'f'
               AND (a.attstorage <> t.typstorage OR a.attstattarget >= 0 OR a.attoptions IS NOT NULL
                    OR a.attcollation <> t.typcollation OR a.attidentity <> '')
            """;

    ForeignColumnKind() {
        super(
                NOUN,
                "foreign_tables/*/column_settings/*",
                Phase.SETTINGS,
                Undeclared.STRICT_DRIFT,
                "",
                List.of(
                        Aspect.text("storage"),
                        Aspect.number("statistics"),
                        Aspect.map("options"),
                        Aspect.text(COLLATION),
                        Aspect.text("identity")));
    }

    @Override
    public int since() {
        return 5;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.column(object.name(0), object.name());
    }

    @Override
    public List<String> needs(SchemaObject object) {
        return List.of(object.name(0));
    }

    @Override
    public boolean shapesColumn(SchemaObject object) {
        return object.text(COLLATION) != null;
    }

    @Override
    public boolean reshapes(SchemaObject before, SchemaObject after) {
        return SettingsSql.differs(before, after, COLLATION);
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relkind = 'f'");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['foreign_tables', c.relname, 'column_settings', a.attname]::text[] AS path, %s AS storage,
                   CASE WHEN a.attstattarget >= 0 THEN a.attstattarget::text END AS statistics, a.attoptions AS options,
                   CASE WHEN a.attcollation <> t.typcollation THEN a.attcollation::regcollation::text END AS collation,
                   CASE a.attidentity WHEN 'a' THEN 'always' WHEN 'd' THEN 'by default' END AS identity
            """
                        .formatted(ColumnStorage.QUERY)
                + FROM;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String column = "ALTER FOREIGN TABLE ONLY " + SqlText.name(after.name(0)) + " ALTER COLUMN "
                + SqlText.name(after.name()) + " ";
        List<String> statements = new ArrayList<>();
        if (SettingsSql.differs(before, after, COLLATION)) {
            statements.add(collate(after));
        }
        statements.addAll(ColumnStorage.change(column, before, after));
        if (SettingsSql.differs(before, after, "identity")) {
            String identity = after.text("identity");
            String generated = "GENERATED " + String.valueOf(identity).toUpperCase(Locale.ROOT);
            statements.add(column
                    + (identity == null
                            ? "DROP IDENTITY"
                            : before.text("identity") == null
                                    ? "ADD " + generated + " AS IDENTITY"
                                    : "SET " + generated));
        }
        return Optional.of(statements);
    }

    /** The type stays as it is, and only the foreign table says what that is. */
    private static String collate(SchemaObject column) {
        String collation = column.text(COLLATION) == null
                ? "t.typcollation"
                : "%s::regcollation::oid".formatted(SqlText.literal(column.text(COLLATION)));
        return SettingsSql.each(
                "collation",
                """
                SELECT format('ALTER FOREIGN TABLE %%s ALTER COLUMN %%I TYPE %%s COLLATE %%s', a.attrelid::regclass,
                              a.attname, format_type(a.atttypid, a.atttypmod), (%s)::regcollation)
                         FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                        WHERE a.attrelid = %s::regclass AND a.attname = %s AND a.attcollation <> %s"""
                        .formatted(
                                collation,
                                SqlText.literal(SqlText.name(column.name(0))),
                                SqlText.literal(column.name()),
                                collation));
    }
}
