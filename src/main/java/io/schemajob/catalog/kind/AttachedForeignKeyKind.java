package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;

/**
 * The names of foreign keys that a partition has because its parent has them, where they are not the parent's: PostgreSQL takes an
 * equal one that a table has when it is attached ({@code tryAttachPartitionForeignKey} in its source), and finds another name where
 * the parent's is taken.
 */
public final class AttachedForeignKeyKind extends AbstractSettings {
    private static final String NOUN = "attached foreign key";
    private static final String KEYS = "attached_foreign_keys";
    private static final String NAME = "name";

    /** Not those that PostgreSQL makes for each partition of the table that a key refers to: these are of the same table. */
    private static final String FROM =
            """
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.contype = 'f' AND k.conparentid <> 0
              JOIN pg_catalog.pg_constraint p ON p.oid = k.conparentid AND p.conrelid <> k.conrelid
            """;

    AttachedForeignKeyKind() {
        super(NOUN, "tables/*/" + KEYS + "/*", Phase.SETTINGS, Undeclared.WARNING, "", List.of(Aspect.text(NAME)));
    }

    @Override
    public int since() {
        return 5;
    }

    /** A name changes no result, and pg_dump does not print this one. */
    @Override
    public boolean harmless(Coverage coverage) {
        return true;
    }

    /** Only {@code snapshot} tells these names; a file that nobody took from a server leaves them open. */
    @Override
    public Optional<SchemaObject> assumed(SchemaObject found, Schema declared) {
        return Optional.of(declared.objects().coverage().server() > 0 ? found.plain() : found);
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "foreign key of %s in %s", object.name(0), object.name());
    }

    @Override
    public List<TablePart> parts(SchemaObject object) {
        return List.of(new TablePart(object.name(0), object.name(), false));
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relkind IN ('r', 'p') AND c.relispartition");
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['tables', c.relname, '" + KEYS + "', p.conname]::text[] AS path, k.conname AS name" + FROM
                + " WHERE c.relnamespace = :schema AND k.conname <> p.conname";
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String name = after.text(NAME);
        String ofParent = SqlText.literal(after.name());
        return SettingsSql.differs(before, after, NAME)
                ? Optional.of(List.of(SettingsSql.each(
                        "name",
                        """
                        SELECT pg_catalog.format('ALTER TABLE %%s RENAME CONSTRAINT %%I TO %%I', c.oid::regclass, k.conname, %1$s)
                        %2$s WHERE c.oid = %3$s::regclass AND p.conname = %4$s AND k.conname <> %1$s"""
                                .formatted(
                                        name == null ? ofParent : SqlText.literal(name),
                                        FROM.indent(6),
                                        SqlText.literal(SqlText.name(after.name(0))),
                                        ofParent))))
                : Optional.of(List.of());
    }

    /** Whether a partition, or a table between it and the one that has the foreign key, has one from its parent under this name. */
    public static boolean isPart(Schema schema, String partition, List<String> above, String name) {
        return schema.objects().of(NOUN).values().stream()
                .filter(key -> name.equals(key.text(NAME)))
                .anyMatch(key -> key.name(0).equals(partition) || above.contains(key.name(0)));
    }
}
