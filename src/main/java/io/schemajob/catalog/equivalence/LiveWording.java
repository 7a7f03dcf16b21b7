package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Exclusion;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.Partition;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.model.UserType;
import io.schemajob.catalog.model.UserType.Domain;
import io.schemajob.catalog.model.View;
import io.schemajob.catalog.sql.BriefDefault;
import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlTokens;
import io.schemajob.catalog.sql.TypeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A declaration in the words of the live catalog, wherever both mean the same. What still differs then is different, so
 * that comparing and planning need no notion of equal of their own.
 */
public final class LiveWording {
    private final Schema declared;
    private final Schema live;
    private final Equivalence equivalence;

    private LiveWording(Schema declared, Schema live, Equivalence equivalence) {
        this.declared = declared;
        this.live = live;
        this.equivalence = equivalence;
    }

    /** Of one schema; the further ones of its bundle stay as they are. */
    public static Schema of(Schema declared, Schema live, Equivalence equivalence) {
        return new LiveWording(declared, live, equivalence).schema();
    }

    private Schema schema() {
        return new Schema(
                both(declared.tables(), live.tables(), this::table),
                both(declared.views(), live.views(), this::view),
                both(declared.routines(), live.routines(), this::routine),
                declared.sequences(),
                both(declared.types(), live.types(), this::type),
                declared.extensions(),
                new ObjectWording(live, this::text).of(declared.objects()),
                declared.further(),
                declared.beside());
    }

    private static <T> Map<String, T> both(Map<String, T> declared, Map<String, T> live, BinaryOperator<T> wording) {
        Map<String, T> changed = new HashMap<>();
        declared.forEach((name, object) -> {
            T found = live.get(name);
            T worded = found == null ? object : wording.apply(object, found);
            if (worded != object) {
                changed.put(name, worded);
            }
        });
        if (changed.isEmpty()) {
            return declared;
        }
        Map<String, T> result = new HashMap<>(declared);
        result.putAll(changed);
        return result;
    }

    /** The live text if it means the same. */
    private String text(SqlScope scope, String expected, String found) {
        if (expected == null || found == null || expected.strip().equals(found.strip())) {
            return expected == null || found == null ? expected : found;
        }
        return equivalence.same(scope, expected, found) ? found : expected;
    }

    /** No default is the same as NULL, and what {@code snapshot} wrote of one needs no question. */
    private String defaultValue(String type, String expected, String found) {
        SqlScope scope = SqlScope.defaultOf(type);
        if (expected == null && found != null && SqlTokens.isNull(found)) {
            return equivalence.same(scope, "NULL", found) ? found : null;
        } else if (expected != null && found == null && SqlTokens.isNull(expected)) {
            return expected.equals("NULL") || equivalence.same(scope, expected, "NULL") ? null : expected;
        } else if (expected != null && expected.equals(BriefDefault.of(found, type))) {
            return found;
        }
        return text(scope, expected, found);
    }

    private Table table(Table expected, Table found) {
        List<Column> columns = columns(expected, found);
        if (sameBesideColumns(expected, found)) {
            return columns == expected.columns() ? expected : expected.withColumns(columns);
        }
        SqlScope scope = SqlScope.table(found.name());
        // A partition has indexes, checks and triggers from them that it does not have by itself.
        List<Table> ancestors = live.ancestors(found);
        TableBuilder table = TableBuilder.of(expected);
        replace(table.columns, columns);
        replace(table.checks, checks(expected.checks(), with(found.checks(), ancestors, Table::checks), scope));
        replace(table.indexes, indexes(expected.indexes(), with(found.indexes(), ancestors, Table::indexes), scope));
        replace(
                table.triggers,
                triggers(expected.triggers(), with(found.triggers(), ancestors, Table::triggers), found.name()));
        if (!expected.exclusions().equals(found.exclusions())) {
            exclusions(table.exclusions, found);
        }
        if (!Objects.equals(expected.partitionBy(), found.partitionBy())) {
            table.partitionBy =
                    text(columns(SqlScope.Kind.PARTITION_KEY, found), expected.partitionBy(), found.partitionBy());
        }
        if (table.partition != null && found.partition() != null) {
            table.partition = new Partition(
                    table.partition.parent(),
                    text(
                            SqlScope.WORDS,
                            table.partition.bound(),
                            found.partition().bound()));
        }
        return table.build();
    }

    /** Whether nothing else of a table has words that could be others: so it is with nearly all tables of a large schema. */
    private static boolean sameBesideColumns(Table expected, Table found) {
        return expected.checks().equals(found.checks())
                && expected.indexes().equals(found.indexes())
                && expected.triggers().equals(found.triggers())
                && expected.exclusions().equals(found.exclusions())
                && Objects.equals(expected.partitionBy(), found.partitionBy())
                && Objects.equals(expected.partition(), found.partition());
    }

    private List<Column> columns(Table expected, Table found) {
        if (expected.columns().equals(found.columns())) {
            return expected.columns();
        }
        SqlScope scope = SqlScope.table(found.name());
        return expected.columns().stream()
                .map(column -> found.column(column.name())
                        .map(partner -> column(column, partner, scope))
                        .orElse(column))
                .toList();
    }

    private interface Part<T> {
        List<T> of(Table table);
    }

    private static <T> List<T> with(List<T> own, List<Table> ancestors, Part<T> part) {
        List<T> all = new ArrayList<>(own);
        ancestors.forEach(ancestor -> all.addAll(part.of(ancestor)));
        return all;
    }

    private static <T> void replace(List<T> list, List<T> by) {
        list.clear();
        list.addAll(by);
    }

    private static SqlScope columns(SqlScope.Kind kind, Table table) {
        return new SqlScope(
                kind,
                table.columns().stream()
                        .map(column -> SqlScope.column(column.name(), column.type(), column.collation()))
                        .toList());
    }

    /** A default is compared only under one type: of another it is another. */
    private Column column(Column expected, Column found, SqlScope scope) {
        if (expected.equals(found)) {
            return expected;
        }
        Column.Generated generated = expected.generated();
        if (generated != null && found.generated() != null) {
            generated = new Column.Generated(
                    text(scope, generated.expression(), found.generated().expression()), generated.stored());
        }
        return new Column(
                expected.name(),
                expected.type(),
                expected.nullable(),
                TypeNames.base(expected.type()).equals(TypeNames.base(found.type()))
                        ? defaultValue(found.type(), expected.defaultValue(), found.defaultValue())
                        : expected.defaultValue(),
                expected.identity(),
                generated,
                expected.collation(),
                expected.comment());
    }

    /** One without a live namesake may be there under another name. */
    private List<Check> checks(List<Check> expected, List<Check> found, SqlScope scope) {
        Set<String> names = expected.stream().map(Check::name).collect(Collectors.toSet());
        return each(expected, found, check -> {
            List<Check> partners = found.stream()
                    .filter(other -> other.name().equals(check.name()))
                    .toList();
            if (partners.isEmpty()) {
                partners = found.stream()
                        .filter(other -> !names.contains(other.name()))
                        .toList();
            }
            String text = check.expression();
            for (Check partner : partners) {
                String same = text(scope, check.expression(), partner.expression());
                text = text.equals(check.expression()) ? same : text;
            }
            return new Check(check.name(), text, check.noInherit(), check.enforcement());
        });
    }

    private List<Index> indexes(List<Index> expected, List<Index> found, SqlScope scope) {
        Set<String> names = expected.stream().map(Index::name).collect(Collectors.toSet());
        return each(expected, found, index -> {
            for (Index other : found) {
                if (other.name().equals(index.name())) {
                    return IndexTexts.replaced(index, other, (a, b) -> text(scope, a, b));
                }
            }
            Index result = index;
            for (Index other : found) {
                boolean candidate = result == index && !names.contains(other.name());
                if (candidate && IndexTexts.alike(index, other)) {
                    Index renamed = IndexTexts.replaced(index, other, (a, b) -> text(scope, a, b));
                    result = IndexTexts.equal(renamed, other) ? renamed : index;
                }
            }
            return result;
        });
    }

    private List<Trigger> triggers(List<Trigger> expected, List<Trigger> found, String relation) {
        return each(expected, found, trigger -> found.stream()
                .filter(other -> other.name().equals(trigger.name()))
                .findFirst()
                .map(other -> new Trigger(
                        trigger.name(),
                        trigger.timing(),
                        trigger.events(),
                        trigger.updateOf(),
                        trigger.perRow(),
                        text(SqlScope.trigger(relation), trigger.when(), other.when()),
                        text(SqlScope.WORDS, trigger.function(), other.function()),
                        trigger.arguments(),
                        trigger.enabled(),
                        trigger.constraint(),
                        text(SqlScope.WORDS, trigger.from(), other.from()),
                        trigger.oldTable(),
                        trigger.newTable()))
                .orElse(trigger));
    }

    /** As for checks; the definition holds no name. */
    private void exclusions(List<Exclusion> exclusions, Table found) {
        SqlScope scope = columns(SqlScope.Kind.EXCLUSION, found);
        exclusions.replaceAll(exclusion -> {
            String text = exclusion.definition();
            for (Exclusion other : found.exclusions()) {
                String same = text(scope, exclusion.definition(), other.definition());
                text = text.equals(exclusion.definition()) ? same : text;
            }
            return new Exclusion(exclusion.name(), text);
        });
    }

    private static <T> List<T> each(List<T> expected, List<T> found, UnaryOperator<T> wording) {
        return expected.isEmpty() || expected.equals(found)
                ? expected
                : expected.stream().map(wording).toList();
    }

    private View view(View expected, View found) {
        return new View(
                expected.name(),
                expected.materialized(),
                text(SqlScope.QUERY, expected.definition(), found.definition()),
                expected.columns(),
                expected.options(),
                indexes(expected.indexes(), found.indexes(), SqlScope.table(found.name())),
                triggers(expected.triggers(), found.triggers(), found.name()),
                expected.owner(),
                expected.comment());
    }

    private Routine routine(Routine expected, Routine found) {
        if (expected.procedure() != found.procedure()) {
            return expected;
        }
        return new Routine(
                expected.signature(),
                expected.name(),
                expected.procedure(),
                text(SqlScope.arguments(found.result()), expected.arguments(), found.arguments()),
                text(SqlScope.result(found.arguments()), expected.result(), found.result()),
                expected.language(),
                expected.volatility(),
                expected.strict(),
                expected.securityDefiner(),
                expected.leakproof(),
                expected.parallel(),
                expected.configuration(),
                expected.sqlBody() && found.sqlBody()
                        ? text(SqlScope.body(found.arguments(), found.result()), expected.body(), found.body())
                        : expected.body(),
                expected.sqlBody(),
                expected.library(),
                expected.transforms(),
                expected.owner(),
                expected.comment());
    }

    private UserType type(UserType expected, UserType found) {
        if (!(expected instanceof Domain domain) || !(found instanceof Domain other)) {
            return expected;
        }
        return new Domain(
                domain.name(),
                domain.type(),
                domain.nullable(),
                defaultValue(other.type(), domain.defaultValue(), other.defaultValue()),
                domain.collation(),
                checks(domain.checks(), other.checks(), SqlScope.domain(other.type(), other.collation())),
                domain.owner(),
                domain.comment());
    }
}
