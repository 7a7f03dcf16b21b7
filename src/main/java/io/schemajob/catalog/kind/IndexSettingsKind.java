package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an index lies, how its expressions are sampled, and of which incomplete index of the parent that of a partition is a
 * part: those of a complete one come and go with it.
 */
public final class IndexSettingsKind extends AbstractSettings {
    public static final String NOUN = "index";
    private static final String STATISTICS = "statistics";
    private static final String FROM =
            """
              FROM pg_catalog.pg_class i JOIN pg_catalog.pg_index x ON x.indexrelid = i.oid
              JOIN pg_catalog.pg_class c ON c.oid = x.indrelid
             WHERE c.relnamespace = :schema AND c.relkind IN ('r', 'p', 'm') AND (NOT i.relispartition OR %s)
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k
                                WHERE k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x'))
               AND (i.reltablespace <> 0 OR i.relispartition
                    OR EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0))
            """
                    .formatted(IndexParts.EXISTS);

    IndexSettingsKind() {
        super(
                NOUN,
                "tables/*/indexes/* views/*/indexes/*",
                Phase.SETTINGS,
                Undeclared.STRICT_DRIFT,
                "",
                List.of(
                        Aspect.text("tablespace"),
                        Aspect.map(STATISTICS),
                        Aspect.text(IndexParts.ATTACHED_TO).since(5)));
    }

    @Override
    public int since() {
        return 3;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.in(object.name(0), noun(), object.name());
    }

    @Override
    public List<TablePart> parts(SchemaObject object) {
        return object.map(STATISTICS).isEmpty()
                ? List.of()
                : List.of(new TablePart(object.name(0), object.name(), false));
    }

    /** While a column gets another type, the index lies where it is, and is the part that it is. */
    @Override
    public Optional<SchemaObject> meanwhile(SchemaObject object) {
        return parts(object).isEmpty() ? Optional.empty() : Optional.of(object.without(STATISTICS));
    }

    @Override
    public Sign sign() {
        return Sign.relation("c.relkind IN ('i', 'I') AND (c.reltablespace <> 0 OR c.relispartition)")
                .or(Sign.indexColumn("a.attstattarget >= 0"));
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY[CASE c.relkind WHEN 'm' THEN 'views' ELSE 'tables' END, c.relname, 'indexes', i.relname]::text[] AS path,
                   %s AS tablespace,
                   ARRAY(SELECT a.attnum || '=' || a.attstattarget FROM pg_catalog.pg_attribute a
                          WHERE a.attrelid = i.oid AND a.attstattarget >= 0 ORDER BY a.attnum) AS statistics,
                   %s AS attached_to
            """
                        .formatted(CatalogSql.tablespace("i.reltablespace"), IndexParts.PARENT_NAME)
                + FROM;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        if (before.text(IndexParts.ATTACHED_TO) != null && SettingsSql.differs(before, after, IndexParts.ATTACHED_TO)) {
            return Optional.empty();
        }
        String alter = "ALTER INDEX " + SqlText.name(after.name()) + " ";
        List<String> statements = new ArrayList<>(SettingsSql.tablespace(alter, before, after));
        Map<String, String> was = before.map(STATISTICS);
        Set<String> columns = new HashSet<>(was.keySet());
        columns.addAll(after.map(STATISTICS).keySet());
        columns.stream().sorted().forEach(column -> {
            String target = after.map(STATISTICS).getOrDefault(column, "-1");
            if (!target.equals(was.getOrDefault(column, "-1"))) {
                statements.add(alter + "ALTER COLUMN " + column + " SET STATISTICS " + target);
            }
        });
        if (SettingsSql.differs(before, after, IndexParts.ATTACHED_TO)) {
            statements.add(IndexParts.attach(after));
        }
        return Optional.of(statements);
    }

    @Override
    public String leftToPerson(SchemaObject before, SchemaObject after) {
        return IndexParts.DETACHED;
    }
}
