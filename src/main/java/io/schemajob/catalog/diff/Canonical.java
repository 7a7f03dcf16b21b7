package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Check;
import io.schemajob.catalog.model.Column;
import io.schemajob.catalog.model.Index;
import io.schemajob.catalog.model.IndexKey;
import io.schemajob.catalog.model.Key;
import io.schemajob.catalog.model.Trigger;
import io.schemajob.catalog.sql.SqlNormalizer;
import java.util.List;
import java.util.Map;

/**
 * The same object with its expressions normalised and without its name: two that are equal behave the same. For foreign
 * keys the record itself will do, as it has no expressions.
 */
public final class Canonical {
    private Canonical() {}

    public static Key key(Key key) {
        return key.named(null);
    }

    public static Column.Generated generated(Column.Generated generated) {
        return new Column.Generated(SqlNormalizer.expression(generated.expression()), generated.stored());
    }

    public static Check check(Check check) {
        String expression = SqlNormalizer.expression(check.expression());
        return new Check(null, expression, check.noInherit(), check.enforcement());
    }

    /** Without its storage parameters and validity, which are compared on their own. */
    public static Index index(Index index) {
        return new Index(
                null,
                index.unique(),
                index.method(),
                index.keys().stream().map(Canonical::indexKey).toList(),
                index.include(),
                SqlNormalizer.expression(index.predicate()),
                index.nullsNotDistinct(),
                Map.of(),
                true);
    }

    private static IndexKey indexKey(IndexKey key) {
        return new IndexKey(
                key.column(),
                SqlNormalizer.expression(key.expression()),
                key.collation(),
                key.opclass(),
                key.descending(),
                key.nullsFirst());
    }

    public static Trigger trigger(Trigger trigger) {
        return new Trigger(
                null,
                trigger.timing(),
                trigger.events(),
                trigger.updateOf().stream().sorted().toList(),
                trigger.perRow(),
                SqlNormalizer.expression(trigger.when()),
                SqlNormalizer.tokens(trigger.function()),
                List.copyOf(trigger.arguments()),
                trigger.enabled(),
                trigger.constraint(),
                trigger.oldTable(),
                trigger.newTable());
    }
}
