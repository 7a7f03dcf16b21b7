package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the indexes behind primary keys, unique and exclusion constraints are stored, and of which index of the parent that of a
 * partition is a part: of an incomplete one, or, where the key is the partition's own, of a plain index.
 */
public final class KeyIndexKind extends AbstractSettings {
    public static final String NOUN = "key index";

    private static final String FROM =
            """
              FROM pg_catalog.pg_class i JOIN pg_catalog.pg_index x ON x.indexrelid = i.oid
              JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
              JOIN pg_catalog.pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
             WHERE c.relnamespace = :schema
               AND (i.reloptions IS NOT NULL OR i.reltablespace <> 0
                    OR k.contype <> 'x' AND i.relispartition AND (k.conparentid = 0 OR %s))
            """
                    .formatted(IndexParts.EXISTS);

    /** Of a key of its own: the index of which it is a part in the end, which may be that of a parent's parent. */
    private static final String WHOLE =
            """
            CASE WHEN i.relispartition AND k.conparentid = 0 THEN
                (SELECT %s FROM pg_catalog.pg_partition_ancestors(i.oid) WITH ORDINALITY a(index, place)
                   JOIN pg_catalog.pg_index px ON px.indexrelid = a.index AND px.indisvalid
                  WHERE a.index <> i.oid ORDER BY a.place DESC LIMIT 1) END
            """
                    .formatted(CatalogSql.relation("a.index"));

    KeyIndexKind() {
        super(
                NOUN,
                "tables/*/key_indexes/*",
                Phase.SETTINGS,
                Undeclared.STRICT_DRIFT,
                "",
                List.of(
                        Aspect.map("with"),
                        Aspect.text("tablespace").since(3),
                        Aspect.text(IndexParts.ATTACHED_TO).since(5)));
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(noun(), "index of %2$s on %1$s", object.name(0), object.name());
    }

    @Override
    public List<TablePart> parts(SchemaObject object) {
        return List.of(new TablePart(object.name(0), object.name(), true));
    }

    @Override
    public Sign sign() {
        return Sign.relation(
                "c.relkind IN ('i', 'I') AND (c.reloptions IS NOT NULL OR c.reltablespace <> 0 OR c.relispartition)");
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['tables', c.relname, 'key_indexes', k.conname]::text[] AS path, i.reloptions AS with, "
                + CatalogSql.tablespace("i.reltablespace") + " AS tablespace, CASE WHEN k.contype <> 'x' THEN COALESCE("
                + IndexParts.PARENT_NAME + ", " + WHOLE + ") END AS "
                + IndexParts.ATTACHED_TO
                + FROM;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        boolean attached = SettingsSql.differs(before, after, IndexParts.ATTACHED_TO);
        if (attached && before.text(IndexParts.ATTACHED_TO) != null) {
            return Optional.empty();
        }
        String alter = "ALTER INDEX " + SqlText.name(after.name()) + " ";
        List<String> statements = new ArrayList<>(SettingsSql.change(alter, "", before.map("with"), after.map("with")));
        statements.addAll(SettingsSql.tablespace(alter, before, after));
        if (attached) {
            statements.add(IndexParts.attach(after));
        }
        return Optional.of(statements);
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return IndexParts.DETACHED;
    }
}
