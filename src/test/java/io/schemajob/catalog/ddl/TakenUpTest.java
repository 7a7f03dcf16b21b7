package io.schemajob.catalog.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.catalog.Schemas;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.diff.Difference;
import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Coverage;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.LiveServer;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObjects;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.View;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Random damages to random schemas, many at once and on the same objects: each difference that the comparison tells is taken
 * up by the goal, or stands in an open note on the same object; and none is told that has neither operation nor note.
 */
class TakenUpTest {
    private static final Facts NONE = new Facts(Map.of(), List.of());

    @Property(tries = 300)
    void theGoalDiffersFromTheDeclarationInNothingButWhatIsLeft(
            @ForAll long seed, @ForAll boolean strict, @ForAll boolean exact) {
        SchemaComparison comparison = damaged(seed, strict, exact);
        DdlPlan plan = DdlPlan.of(comparison, strict, NONE);
        Set<ObjectIdentity> left = plan.notes().stream()
                .filter(Note::open)
                .map(note -> note.object().whole())
                .collect(Collectors.toSet());
        Goal goal = Goal.of(comparison, new Changes(comparison.changes()), strict);
        assertThat(SchemaComparison.of(comparison.declared(), goal.to(), new DiffOptions(strict, null))
                        .changes())
                .filteredOn(difference -> difference.isDrift() && !followsFromItsQuery(difference))
                .allSatisfy(
                        difference -> assertThat(left).containsAnyOf(difference.object(), table(difference.object())));
    }

    @Property(tries = 300)
    void eachDifferenceHasAnOperationOrANote(@ForAll long seed, @ForAll boolean strict, @ForAll boolean exact) {
        SchemaComparison comparison = damaged(seed, strict, exact);
        DdlPlan plan = DdlPlan.of(comparison, strict, NONE);
        Set<ObjectIdentity> told = Stream.concat(
                        plan.scripts().stream().flatMap(List::stream).map(Operation::object),
                        plan.notes().stream().map(Note::object))
                .map(ObjectIdentity::whole)
                .collect(Collectors.toSet());
        assertThat(comparison.changes()).filteredOn(Difference::isDrift).allSatisfy(difference -> assertThat(told)
                .containsAnyOf(difference.object(), difference.object().container(), renamed(difference)));
    }

    private static ObjectIdentity renamed(Difference difference) {
        return difference.aspect().equals("name") ? Goal.constraint(difference) : difference.object();
    }

    private static boolean followsFromItsQuery(Difference difference) {
        return difference.object().kind().endsWith("view")
                && difference.aspect().equals("columns");
    }

    /** What is left of a table that is left whole stands in the note on that. */
    private static ObjectIdentity table(ObjectIdentity object) {
        return ObjectIdentity.of("table", object.names().get(0));
    }

    private static SchemaComparison damaged(long seed, boolean strict, boolean exact) {
        Schema live = named(Schemas.random(seed));
        Coverage coverage = exact ? new Coverage(0, 4, false, false, null) : Coverage.NONE;
        Schema declared = new Damages(new Random(seed))
                .of(live, named(Schemas.random(seed + 1)))
                .withObjects(SchemaObjects.of(coverage, List.of(), Map.of(), LiveServer.NONE));
        return SchemaComparison.of(declared, live, new DiffOptions(strict, null));
    }

    /** As a catalog has it: primary keys have names, and no column is named twice. */
    private static Schema named(Schema schema) {
        Map<String, Table> tables = new LinkedHashMap<>();
        schema.tables().forEach((name, table) -> tables.put(name, GoalTable.complete(table)));
        return schema.withTables(tables);
    }

    /** Takes some of a schema away, adds some of another, and lets some be as in that one, under its own name. */
    private record Damages(Random random) {
        Schema of(Schema schema, Schema other) {
            return new Schema(
                    mixed(schema.tables(), other.tables(), this::table),
                    mixed(schema.views(), other.views(), this::view),
                    mixed(schema.routines(), other.routines(), this::routine),
                    mixed(schema.sequences(), other.sequences(), this::sequence),
                    mixed(schema.types(), other.types(), this::type),
                    schema.extensions());
        }

        private <T> Map<String, T> mixed(Map<String, T> objects, Map<String, T> others, BinaryOperator<T> mix) {
            Map<String, T> all = new LinkedHashMap<>();
            Iterator<Map.Entry<String, T>> next = others.entrySet().iterator();
            objects.forEach((name, object) -> {
                Map.Entry<String, T> other = next.hasNext() ? next.next() : null;
                int fate = random.nextInt(4);
                if (fate > 0) {
                    all.put(name, fate == 1 || other == null ? object : mix.apply(object, other.getValue()));
                } else if (other != null) {
                    all.putIfAbsent(other.getKey(), other.getValue());
                }
            });
            return all;
        }

        private <T> T pick(T one, T other) {
            return random.nextBoolean() ? one : other;
        }

        private <T> void mix(List<T> own, List<T> others, BiFunction<T, T, T> mix) {
            Iterator<T> next = others.iterator();
            List<T> all = new ArrayList<>();
            for (T one : own) {
                int fate = random.nextInt(4);
                if (fate > 0) {
                    all.add(fate == 1 || !next.hasNext() ? one : mix.apply(one, next.next()));
                }
            }
            own.clear();
            own.addAll(all);
        }

        private Table table(Table table, Table other) {
            TableBuilder mixed = TableBuilder.of(table);
            mixed.comment = pick(table.comment(), other.comment());
            mixed.unlogged = pick(table.unlogged(), other.unlogged());
            mixed.rowSecurity = pick(table.rowSecurity(), other.rowSecurity());
            mixed.partitionBy = random.nextInt(9) == 0 ? other.partitionBy() : table.partitionBy();
            mix(mixed.columns, other.columns(), this::column);
            mix(
                    mixed.unique,
                    other.unique(),
                    (one, two) -> two.named(pick(one, two).name()));
            mix(
                    mixed.foreignKeys,
                    other.foreignKeys(),
                    (one, two) -> two.named(pick(one, two).name()));
            mix(mixed.checks, other.checks(), (one, two) -> pick(one, two)
                    .named(pick(one, two).name()));
            mix(
                    mixed.exclusions,
                    other.exclusions(),
                    (one, two) ->
                            new Exclusion(pick(one, two).name(), pick(one, two).definition()));
            mix(mixed.indexes, other.indexes(), this::index);
            mix(mixed.triggers, other.triggers(), this::trigger);
            Key key = pick(table.primaryKey(), other.primaryKey());
            mixed.primaryKey = key == null ? null : key.named(pick(key.name(), null));
            return mixed.build();
        }

        private Column column(Column one, Column two) {
            return new Column(
                    one.name(),
                    pick(one, two).type(),
                    pick(one, two).nullable(),
                    pick(one, two).defaultValue(),
                    pick(one, two).identity(),
                    pick(one, two).generated(),
                    pick(one, two).collation(),
                    pick(one, two).comment());
        }

        private Index index(Index one, Index two) {
            return new Index(
                    one.name(),
                    pick(one, two).unique(),
                    pick(one, two).method(),
                    pick(one, two).keys(),
                    pick(one, two).include(),
                    pick(one, two).predicate(),
                    pick(one, two).nullsNotDistinct(),
                    pick(one, two).options(),
                    true);
        }

        private Trigger trigger(Trigger one, Trigger two) {
            return new Trigger(
                    one.name(),
                    pick(one, two).timing(),
                    one.events(),
                    pick(one, two).updateOf(),
                    pick(one, two).perRow(),
                    pick(one, two).when(),
                    pick(one, two).function(),
                    pick(one, two).arguments(),
                    pick(one, two).enabled(),
                    pick(one, two).constraint(),
                    pick(one, two).from(),
                    pick(one, two).oldTable(),
                    pick(one, two).newTable());
        }

        private View view(View one, View two) {
            List<Index> indexes = new ArrayList<>(one.indexes());
            mix(indexes, two.indexes(), this::index);
            View definition = pick(one, two);
            return new View(
                    one.name(),
                    pick(one, two).materialized(),
                    definition.definition(),
                    definition.columns(),
                    pick(one, two).options(),
                    indexes,
                    List.of(),
                    null,
                    pick(one, two).comment());
        }

        private Routine routine(Routine one, Routine two) {
            Routine head = pick(one, two);
            return new Routine(
                    one.signature(),
                    one.name(),
                    head.procedure(),
                    head.arguments(),
                    head.result(),
                    one.language(),
                    pick(one, two).volatility(),
                    pick(one, two).strict(),
                    pick(one, two).securityDefiner(),
                    pick(one, two).leakproof(),
                    pick(one, two).parallel(),
                    pick(one, two).configuration(),
                    pick(one, two).body(),
                    false,
                    pick(one, two).library(),
                    pick(one, two).transforms(),
                    null,
                    pick(one, two).comment());
        }

        private Sequence sequence(Sequence one, Sequence two) {
            return new Sequence(
                    one.name(),
                    pick(one, two).type(),
                    one.start(),
                    pick(one, two).increment(),
                    one.minimum(),
                    one.maximum(),
                    one.cache(),
                    pick(one, two).cycle(),
                    pick(one, two).ownedBy(),
                    null,
                    pick(one, two).comment());
        }

        private UserType type(UserType one, UserType two) {
            if (one instanceof Domain a && two instanceof Domain b) {
                return new Domain(
                        a.name(),
                        pick(a, b).type(),
                        pick(a, b).nullable(),
                        pick(a, b).defaultValue(),
                        pick(a, b).collation(),
                        List.of(new Check(
                                pick("c", "d"),
                                pick(a, b).checks().get(0).expression(),
                                false,
                                pick(a, b).checks().get(0).enforcement())),
                        null,
                        pick(a, b).comment());
            }
            return one.with(null, pick(one, two).comment());
        }
    }
}
