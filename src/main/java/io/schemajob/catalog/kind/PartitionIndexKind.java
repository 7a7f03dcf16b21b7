package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the index that a partition has because its parent has one is stored, where that is otherwise than the parent's, which
 * PostgreSQL copies. Those behind keys are {@link KeyIndexKind}'s.
 */
final class PartitionIndexKind extends AbstractAttachedIndex {
    /** An option that the parent's index has and this one has not. */
    private static final String DEFAULT = "default";

    private static final String WITH =
            """
            (SELECT pg_catalog.array_agg(COALESCE(o.option_name, q.option_name) || '=' || COALESCE(o.option_value, 'default')
                                         ORDER BY COALESCE(o.option_name, q.option_name))
               FROM pg_catalog.pg_options_to_table(i.reloptions) o
               FULL JOIN pg_catalog.pg_options_to_table(p.reloptions) q ON q.option_name = o.option_name
              WHERE o.option_value IS DISTINCT FROM q.option_value)
            """;

    private static final String STATISTICS =
            """
            ARRAY(SELECT a.attnum || '=' || a.attstattarget FROM pg_catalog.pg_attribute a
                   WHERE a.attrelid = i.oid AND a.attstattarget >= 0 ORDER BY a.attnum)
            """;

    private static final String FROM = CatalogSql.ATTACHED_INDEXES
            + """
             WHERE c.relnamespace = :schema AND p.relnamespace = :schema
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_constraint k
                                WHERE k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x'))
               AND (i.reloptions IS DISTINCT FROM p.reloptions OR i.reltablespace <> p.reltablespace
                    OR EXISTS (SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.oid AND a.attstattarget >= 0))
            """;

    PartitionIndexKind() {
        super(
                "partition index",
                Undeclared.STRICT_DRIFT,
                List.of(Aspect.map("with"), Aspect.text("tablespace"), Aspect.map("statistics")),
                FROM,
                WITH + " AS with, CASE WHEN i.reltablespace <> p.reltablespace THEN COALESCE("
                        + CatalogSql.tablespace("i.reltablespace") + ", 'pg_default') END AS tablespace, " + STATISTICS
                        + " AS statistics");
    }

    @Override
    public int since() {
        return 5;
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        StringBuilder actions = new StringBuilder();
        Map<String, String> with = changed(before.map("with"), after.map("with"), "");
        with.forEach((option, value) -> actions.append(
                value.isEmpty()
                        ? parents(option)
                        : value.equals(DEFAULT)
                                ? execute("RESET (" + option + ")")
                                : execute("SET (" + option + " = " + SqlText.literal(value) + ")")));
        if (SettingsSql.differs(before, after, "tablespace")) {
            actions.append(
                    after.text("tablespace") == null
                            ? parentsTablespace()
                            : execute("SET TABLESPACE " + SqlText.name(after.text("tablespace"))));
        }
        changed(before.map("statistics"), after.map("statistics"), "-1")
                .forEach((column, target) ->
                        actions.append(execute("ALTER COLUMN " + column + " SET STATISTICS " + target)));
        return Optional.of(actions.isEmpty() ? List.of() : List.of(block(after, actions.toString())));
    }

    /** What differs, with what it becomes. */
    private static Map<String, String> changed(Map<String, String> before, Map<String, String> after, String none) {
        Map<String, String> changed = new TreeMap<>();
        before.forEach((key, value) -> changed.put(key, after.getOrDefault(key, none)));
        changed.putAll(after);
        changed.entrySet().removeIf(entry -> entry.getValue().equals(before.getOrDefault(entry.getKey(), none)));
        return changed;
    }

    private static String execute(String action) {
        return "    EXECUTE format(" + SqlText.literal("ALTER INDEX %s " + AccessTarget.inFormat(action))
                + ", part.oid::regclass);\n";
    }

    private static String parents(String option) {
        return """
                EXECUTE (SELECT coalesce(max(format('ALTER INDEX %%s SET (%%s = %%L)', part.oid::regclass, option_name, option_value)),
                                         format('ALTER INDEX %%s RESET (%%s)', part.oid::regclass, %s))
                           FROM pg_options_to_table(part.parents) WHERE option_name = %s);
            """
                .formatted(SqlText.literal(option), SqlText.literal(option));
    }

    private static String parentsTablespace() {
        return """
                EXECUTE format('ALTER INDEX %s SET TABLESPACE %I', part.oid::regclass,
                    coalesce((SELECT spcname FROM pg_tablespace WHERE oid = part.space), 'pg_default'));
            """;
    }

    /** The index of the partition is found by that of its parent, whatever its name is. */
    private static String block(SchemaObject index, String actions) {
        return """
            DO $index$
            DECLARE
                part record;
            BEGIN
                FOR part IN SELECT i.oid, p.reloptions AS parents, p.reltablespace AS space
                  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
                  JOIN pg_inherits h ON h.inhrelid = i.oid JOIN pg_class p ON p.oid = h.inhparent
                 WHERE x.indrelid = %s::regclass AND p.oid = %s::regclass LOOP
            """
                        .formatted(
                                SqlText.literal(SqlText.name(index.name(0))),
                                SqlText.literal(SqlText.name(index.name())))
                + actions + "    END LOOP;\nEND\n$index$";
    }
}
