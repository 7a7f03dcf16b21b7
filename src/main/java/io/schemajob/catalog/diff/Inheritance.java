package io.schemajob.catalog.diff;

import io.schemajob.catalog.kind.AttachedForeignKeyKind;
import io.schemajob.catalog.kind.IndexParts;
import io.schemajob.catalog.kind.PartitionObjects;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.ForeignKey;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a table has from its parents, taken out of both sides of a comparison, so that each thing is compared where it
 * is made: PostgreSQL 17 gives partitions their parent's identity columns and older ones do not; an index, key or trigger
 * that a partition has from its parent may be declared at either of them.
 */
public final class Inheritance {
    private final Schema schema;
    private final Schema live;

    private Inheritance(Schema schema, Schema live) {
        this.schema = schema;
        this.live = live;
    }

    /**
     * The declaration without what live parents bring, and without partitions that come and go. What nobody declared of a
     * parent is drift there and has to go, so it does not stand for what a partition is declared to have.
     */
    static Schema declared(Schema declared, Schema live, boolean strict) {
        Map<String, Table> less = new HashMap<>();
        declared.tables().forEach((name, table) -> {
            Table found = live.tables().get(name);
            if (found != null && found.partitionBy() != null) {
                less.put(name, staying(table, found, strict));
            }
        });
        return new Inheritance(withoutIgnored(declared), with(less, live)).result();
    }

    private static Table staying(Table declared, Table found, boolean strict) {
        TableBuilder builder = TableBuilder.of(found);
        builder.unique.removeIf(key ->
                declared.unique().stream().map(other -> other.named(null)).noneMatch(key.named(null)::equals));
        builder.foreignKeys.removeIf(key -> declared.foreignKeys().stream()
                .noneMatch(other -> other.named(key.name()).equals(key)));
        builder.triggers.removeIf(trigger -> lacks(declared.triggers(), t -> t.name(), trigger.name()));
        builder.indexes.removeIf(
                index -> (strict || index.unique()) && lacks(declared.indexes(), i -> i.name(), index.name()));
        if (declared.primaryKey() == null || !declared.primaryKey().valid()) {
            builder.primaryKey = null;
        }
        return builder.build();
    }

    /** The live schema without what parents bring. */
    static Schema live(Schema live) {
        return new Inheritance(live, null).result();
    }

    /** The nearest table above a partition that a schema has, where the live one has both; or null. */
    static Table declaredParent(Table partition, Schema declared, Schema live) {
        Set<String> seen = new HashSet<>();
        Table table = partition;
        while (table != null && table.partition() != null && seen.add(table.name())) {
            Table parent = declared.table(table.partition().parent());
            if (parent != null) {
                return parent;
            }
            table = live.table(table.partition().parent());
        }
        return null;
    }

    /** Without the partitions of tables that ignore them. */
    public static Schema withoutIgnored(Schema declared) {
        Map<String, Table> kept = new HashMap<>(declared.tables());
        kept.values().removeIf(table -> comesAndGoes(table, declared));
        return kept.size() == declared.tables().size()
                ? declared
                : declared.withObjects(PartitionObjects.inSection(
                                declared.objects(),
                                table -> declared.tables().containsKey(table) && !kept.containsKey(table)))
                        .withTables(kept);
    }

    private static boolean comesAndGoes(Table table, Schema declared) {
        if (table.partition() == null) {
            return false;
        }
        Set<String> seen = new HashSet<>();
        while (table != null && table.partition() != null && seen.add(table.name())) {
            Table parent = declared.table(table.partition().parent());
            if (parent != null && parent.partitions() == PartitionPolicy.IGNORE && !isDefault(table)) {
                return true;
            }
            table = parent;
        }
        return false;
    }

    public static boolean isDefault(Table partition) {
        return partition.partition().bound().strip().equalsIgnoreCase("default");
    }

    private Schema result() {
        Map<String, Table> changed = new HashMap<>();
        for (Table table : schema.tables().values()) {
            List<Table> own = schema.ancestors(table);
            Table found = live == null ? null : live.tables().get(table.name());
            List<Table> parents = found == null ? List.of() : live.ancestors(found);
            if (!own.isEmpty() || !parents.isEmpty()) {
                Table without = withoutInherited(table, own);
                if (live != null) {
                    without = withoutDeclaredTwice(
                            without,
                            found,
                            own,
                            Stream.concat(own.stream(), parents.stream()).toList());
                }
                if (!without.equals(table)) {
                    changed.put(table.name(), without);
                }
            }
        }
        return with(changed, schema);
    }

    private static Schema with(Map<String, Table> changed, Schema schema) {
        if (changed.isEmpty()) {
            return schema;
        }
        Map<String, Table> tables = new HashMap<>(schema.tables());
        tables.putAll(changed);
        return schema.withTables(tables);
    }

    private static Table withoutInherited(Table table, List<Table> own) {
        TableBuilder builder = TableBuilder.of(table);
        builder.checks.removeIf(check -> own.stream().anyMatch(parent -> inherited(check, parent)));
        if (table.partition() != null) {
            builder.columns.replaceAll(column ->
                    own.stream().anyMatch(parent -> sameIdentity(column, parent)) ? column.withoutIdentity() : column);
        }
        return builder.build();
    }

    /**
     * What one of its parents is declared to have or has makes itself at a partition. Where the parent has lost it, that is
     * told at the parent, and a plan makes it there alone.
     *
     * @param live the live table that it is compared with, or null
     * @param own its parents
     * @param parents those of both sides
     */
    private Table withoutDeclaredTwice(Table table, Table live, List<Table> own, List<Table> parents) {
        Table found = live == null ? new TableBuilder(table.name()).build() : live;
        if ((live == null ? table : live).partition() == null) {
            return table;
        }
        TableBuilder builder = TableBuilder.of(table);
        builder.indexes.removeIf(index -> lacks(found.indexes(), i -> i.name(), index.name())
                && any(parents, Table::indexes, i -> i.valid() && isLike(i, index) && isPart(table, i, index))
                && !any(own, Table::indexes, i -> !i.valid() && isLike(i, index)));
        builder.unique.removeIf(key -> lacks(found.unique(), Key::name, key.name())
                && any(parents, Table::unique, k -> isLike(k, key) && k.valid() && isPart(table, k, key))
                && !any(own, Table::unique, k -> isLike(k, key) && !k.valid()));
        builder.foreignKeys.removeIf(key -> lacks(found.foreignKeys(), ForeignKey::name, key.name())
                && any(
                        parents,
                        Table::foreignKeys,
                        k -> k.named(key.name()).equals(key) && isPart(table, k, key, parents)));
        builder.triggers.removeIf(trigger -> lacks(found.triggers(), t -> t.name(), trigger.name())
                && any(
                        parents,
                        Table::triggers,
                        t -> t.name().equals(trigger.name()) && t.definition().equals(trigger.definition())));
        Key key = builder.primaryKey;
        if (key != null
                && found.primaryKey() == null
                && any(parents, Inheritance::primaryKey, k -> isLike(k, key) && k.valid())
                && !any(own, Inheritance::primaryKey, k -> isLike(k, key) && !k.valid())) {
            builder.primaryKey = null;
        }
        return builder.build();
    }

    private boolean isPart(Table partition, Index ofParent, Index index) {
        List<String> columns = new ArrayList<>();
        index.keys().forEach(key -> columns.add(key.column()));
        columns.addAll(index.include());
        return isPart(partition, ofParent.name(), index.name(), columns, "idx");
    }

    private boolean isPart(Table partition, Key ofParent, Key key) {
        List<String> columns = new ArrayList<>(key.columns());
        columns.addAll(key.include());
        String label = key.isTemporal() ? "excl" : "key";
        return key.name() == null || isPart(partition, ofParent.name(), key.name(), columns, label);
    }

    private boolean isPart(Table partition, ForeignKey ofParent, ForeignKey key, List<Table> parents) {
        List<String> above = parents.stream().map(Table::name).toList();
        return key.name().equals(ofParent.name())
                || AttachedForeignKeyKind.isPart(live, partition.name(), above, key.name());
    }

    private boolean isPart(Table partition, String ofParent, String name, List<String> columns, String label) {
        Schema named = live.tables().containsKey(partition.name()) ? live : schema;
        return IndexParts.isPart(named, partition.name(), ofParent, name, columns, label);
    }

    private static List<Key> primaryKey(Table table) {
        return Stream.ofNullable(table.primaryKey()).toList();
    }

    private static boolean isLike(Key key, Key other) {
        return key.whole().named(null).equals(other.whole().named(null));
    }

    private static boolean isLike(Index index, Index other) {
        return index.definition().equals(other.definition());
    }

    private static <T> boolean lacks(List<T> list, Function<T, String> name, String wanted) {
        return list.stream().noneMatch(item -> wanted.equals(name.apply(item)));
    }

    private static <T> boolean any(List<Table> parents, Function<Table, List<T>> part, Predicate<T> matches) {
        return parents.stream().flatMap(parent -> part.apply(parent).stream()).anyMatch(matches);
    }

    private static boolean inherited(Check check, Table parent) {
        return parent.checks().stream()
                .anyMatch(other -> !other.noInherit()
                        && other.name().equals(check.name())
                        && other.named(null).equals(check.named(null)));
    }

    private static boolean sameIdentity(Column column, Table parent) {
        return column.identity() != null
                && parent.column(column.name())
                        .map(other -> other.identity() == column.identity())
                        .orElse(false);
    }
}
