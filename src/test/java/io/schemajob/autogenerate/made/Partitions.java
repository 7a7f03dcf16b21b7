package io.schemajob.autogenerate.made;

import io.schemajob.autogenerate.made.Draft.Col;
import io.schemajob.autogenerate.made.Draft.Rel;
import java.util.ArrayList;
import java.util.List;

/** A partitioned table with partitions that have something of their own. */
final class Partitions {
    private final Draft d;

    Partitions(Draft draft) {
        this.d = draft;
    }

    void make() {
        if (!d.maybe("parted", 2)) {
            return;
        }
        String name = d.name("parted");
        List<String> parts = new ArrayList<>(List.of(
                "k integer NOT NULL",
                "a text" + d.of("parted default", "", " DEFAULT 'a'", " DEFAULT upper('b')"),
                "n integer" + d.of("parted n", "", " NOT NULL", " CHECK (n > 0)", " DEFAULT 1")));
        boolean identity = d.maybe("parted identity", 6) && d.major >= 17;
        if (identity) {
            parts.add("i bigint GENERATED ALWAYS AS IDENTITY");
        }
        if (d.maybe("parted key", 2)) {
            parts.add(d.of(
                    "parted key sort",
                    "PRIMARY KEY (k)",
                    "PRIMARY KEY (k, n)",
                    "UNIQUE (k, n)",
                    "CONSTRAINT parted_own UNIQUE (n, k)"));
        }
        String by = d.of("parted by", "LIST (k)", "RANGE (k)", "HASH (k)");
        d.sql("CREATE TABLE %s (%s) PARTITION BY %s", name, String.join(", ", parts), by);
        List<Col> columns =
                List.of(new Col("k", "integer", true), new Col("a", "text", true), new Col("n", "integer", true));
        indexes(name);
        List<String> made = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            if (d.maybe("part" + i, 2)) {
                made.add(part(i, name, by));
            }
        }
        if (!by.startsWith("HASH") && d.maybe("part default", 3)) {
            d.sql("CREATE TABLE part_rest PARTITION OF %s DEFAULT", name);
            made.add("part_rest");
        }
        attachedIndexes(name, made);
        d.tables.put("parted", new Rel(name, columns, List.of()));
        made.forEach(part -> d.tables.put(part, new Rel(part, columns, List.of())));
        d.commentable.add("TABLE " + name);
        made.forEach(part -> d.commentable.add("TABLE " + part));
        d.grantable.add("TABLE " + name);
        own(made);
    }

    private String bound(int i, String by) {
        if (by.startsWith("LIST")) {
            return "FOR VALUES IN (" + i + (d.maybe("part" + i + " more", 3) ? ", " + (10 + i) : "") + ")";
        }
        return by.startsWith("RANGE")
                ? "FOR VALUES FROM (%s) TO (%d)"
                        .formatted(i == 1 && d.maybe("part from", 3) ? "MINVALUE" : i * 10, i * 10 + 10)
                : "FOR VALUES WITH (modulus 3, remainder " + (i - 1) + ")";
    }

    private String part(int i, String parent, String by) {
        String name = "part" + i;
        String bound = bound(i, by);
        int sort = d.choices.pick(name + " sort", 7);
        switch (sort) {
            case 4 ->
                d.sql(
                        "CREATE TABLE %s PARTITION OF %s (a DEFAULT 'own', CONSTRAINT %s_n CHECK (n < 1000)) %s",
                        name, parent, name, bound);
            case 5 -> {
                d.sql("CREATE TABLE %s PARTITION OF %s %s PARTITION BY LIST (a)", name, parent, bound);
                d.sql("CREATE TABLE %s_x PARTITION OF %s FOR VALUES IN ('x', 'it''s', NULL)", name, name);
                d.sql("CREATE TABLE %s_rest PARTITION OF %s DEFAULT", name, name);
            }
            case 6 -> attached(name, parent, bound);
            default -> d.sql("CREATE TABLE %s PARTITION OF %s %s", name, parent, bound);
        }
        return name;
    }

    /** A table of its own, in another order of columns, that becomes a partition. */
    private void attached(String name, String parent, String bound) {
        d.sql("CREATE TABLE %s (LIKE %s INCLUDING DEFAULTS INCLUDING CONSTRAINTS)", name, parent);
        if (d.maybe(name + " own key", 2)) {
            d.sql(
                    "ALTER TABLE %s ADD CONSTRAINT %s_mine PRIMARY KEY (k%s)",
                    name, name, d.of(name + " own key columns", "", ", n"));
        }
        if (d.maybe(name + " own index", 2)) {
            d.sql("CREATE INDEX %s_own_a ON %s (a)", name, name);
        }
        d.sql("ALTER TABLE %s ATTACH PARTITION %s %s", parent, name, bound);
    }

    private void indexes(String name) {
        if (d.maybe("parted index", 2)) {
            d.sql("CREATE INDEX parted_a ON %s (a)", name);
            d.commentable.add("INDEX parted_a");
        }
        if (d.maybe("parted index n", 4)) {
            d.sql("CREATE INDEX ON %s (n DESC, lower(a)) WHERE n > 1", name);
        }
        if (d.maybe("parted trigger", 3)) {
            d.sql(
                    "CREATE TRIGGER parted_touch BEFORE INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION %s()",
                    name, d.functions.get("trigger"));
        }
    }

    /** An index of the parent alone, of which those of the partitions become parts one by one, under their own names. */
    private void attachedIndexes(String name, List<String> parts) {
        boolean flat = parts.stream().noneMatch(part -> d.choices.pick(part + " sort", 7) == 5);
        if (!flat || !d.maybe("parted only index", 4)) {
            return;
        }
        d.sql("CREATE INDEX parted_k ON ONLY %s (k, a)", name);
        for (String part : parts) {
            d.sql("CREATE INDEX %s_by_k ON %s (k, a)", part, part);
            d.sql("ALTER INDEX parted_k ATTACH PARTITION %s_by_k", part);
        }
    }

    private void own(List<String> parts) {
        for (String part : parts) {
            boolean split = d.choices.pick(part + " sort", 7) == 5;
            if (!split && d.maybe(part + " with", 5)) {
                d.sql("ALTER TABLE %s SET (fillfactor = 50)", part);
            }
            if (d.maybe(part + " index", 4)) {
                d.sql("CREATE INDEX ON %s (n)", part);
            }
            if (!split && d.maybe(part + " trigger", 6)) {
                d.sql(
                        "CREATE TRIGGER %s_touch AFTER DELETE ON %s FOR EACH ROW EXECUTE FUNCTION %s()",
                        part, part, d.functions.get("trigger"));
            }
            if (d.maybe(part + " check", 6)) {
                d.sql("ALTER TABLE %s ADD CONSTRAINT %s_k CHECK (k < 100000)", part, part);
            }
            if (d.maybe(part + " statistics", 8)) {
                d.sql("ALTER TABLE %s ALTER COLUMN a SET STATISTICS 77", part);
            }
            if (!split && d.maybe(part + " unlogged", 12)) {
                d.sql("ALTER TABLE %s SET UNLOGGED", part);
            }
        }
        if (d.tables.containsKey("t0")
                && d.tables.get("t0").keys().contains("id")
                && d.tables
                        .get("t0")
                        .of("integer")
                        .filter(c -> c.name().equals("id"))
                        .isPresent()
                && d.maybe("parted reference", 3)) {
            d.sql(
                    "ALTER TABLE %s ADD CONSTRAINT parted_t0 FOREIGN KEY (n) REFERENCES %s (id)",
                    d.tables.get("parted").name(), d.tables.get("t0").name());
        }
    }
}
