package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.live.Assembly.Relation;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.Trigger.Enabled;
import io.schemajob.catalog.model.Trigger.Timing;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The triggers that people made; bits as in PostgreSQL's {@code catalog/pg_trigger.h}. */
final class Triggers {
    private static final int ROW = 1;
    private static final int BEFORE = 1 << 1;
    private static final int INSERT = 1 << 2;
    private static final int DELETE = 1 << 3;
    private static final int UPDATE = 1 << 4;
    private static final int TRUNCATE = 1 << 5;
    private static final int INSTEAD = 1 << 6;

    private static final String TRIGGERS =
            """
            SELECT t.tgrelid, t.tgname, t.tgtype, t.tgenabled, t.tgattr::text, t.tgargs, t.tgoldtable, t.tgnewtable,
                   t.tgdeferrable, t.tginitdeferred, t.tgconstraint <> 0 AS is_constraint,
                   CASE WHEN pg_catalog.pg_function_is_visible(p.oid) THEN p.proname
                        WHEN n.nspname || p.proname ~ '[."]' THEN pg_catalog.format('%I.%I', n.nspname, p.proname)
                        ELSE pg_catalog.format('%s.%s', n.nspname, p.proname) END AS function,
                   CASE WHEN rc.relnamespace = c.relnamespace THEN rc.relname::text
                        WHEN rn.nspname || rc.relname ~ '[."]' THEN pg_catalog.format('%I.%I', rn.nspname, rc.relname)
                        WHEN rc.oid IS NOT NULL THEN pg_catalog.format('%s.%s', rn.nspname, rc.relname) END AS other,
                   CASE WHEN t.tgqual IS NOT NULL THEN pg_catalog.pg_get_triggerdef(t.oid, true) END AS definition
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_trigger t ON t.tgrelid = c.oid AND NOT t.tgisinternal AND t.tgparentid = 0
              JOIN pg_catalog.pg_proc p ON p.oid = t.tgfoid
              JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
              LEFT JOIN pg_catalog.pg_class rc ON rc.oid = t.tgconstrrelid
              LEFT JOIN pg_catalog.pg_namespace rn ON rn.oid = rc.relnamespace
             WHERE c.relnamespace = :schema
            """;

    private Triggers() {}

    static Sign sign() {
        return Sign.relation("c.relhastriggers AND EXISTS (SELECT FROM pg_catalog.pg_trigger x"
                + " WHERE x.tgrelid = c.oid AND NOT x.tgisinternal)");
    }

    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        query.later(TRIGGERS, row -> {
            Relation relation = assembly.relations.get(row.number("tgrelid"));
            if (relation != null) {
                relation.table().triggers.add(trigger(row, relation));
            }
        });
    }

    private static Trigger trigger(CatalogRow row, Relation relation) throws SQLException {
        int type = row.integer("tgtype");
        return new Trigger(
                row.text("tgname"),
                (type & INSTEAD) != 0 ? Timing.INSTEAD_OF : (type & BEFORE) != 0 ? Timing.BEFORE : Timing.AFTER,
                events(type),
                relation.columns(row.numbers("tgattr")),
                (type & ROW) != 0,
                condition(row.text("definition")),
                row.text("function"),
                arguments(row.bytes("tgargs")),
                switch (row.letter("tgenabled")) {
                    case 'D' -> Enabled.DISABLED;
                    case 'R' -> Enabled.REPLICA;
                    case 'A' -> Enabled.ALWAYS;
                    default -> Enabled.ORIGIN;
                },
                row.flag("is_constraint")
                        ? Constraints.deferral(row.flag("tgdeferrable"), row.flag("tginitdeferred"))
                        : null,
                row.text("other"),
                row.text("tgoldtable"),
                row.text("tgnewtable"));
    }

    private static List<String> events(int type) {
        List<String> events = new ArrayList<>();
        if ((type & INSERT) != 0) {
            events.add("INSERT");
        }
        if ((type & UPDATE) != 0) {
            events.add("UPDATE");
        }
        if ((type & DELETE) != 0) {
            events.add("DELETE");
        }
        if ((type & TRUNCATE) != 0) {
            events.add("TRUNCATE");
        }
        return events;
    }

    /** {@code pg_get_expr} cannot print OLD and NEW, so the condition is cut out of the whole definition. */
    private static String condition(String definition) {
        if (definition == null) {
            return null;
        }
        int from = definition.indexOf(" WHEN (") + " WHEN (".length();
        return definition.substring(from, definition.lastIndexOf(") EXECUTE FUNCTION "));
    }

    /** Each argument ends with a zero byte. */
    private static List<String> arguments(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.isEmpty()
                ? List.of()
                : List.of(text.substring(0, text.length() - 1).split("\0", -1));
    }
}
