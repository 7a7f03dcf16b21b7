package io.schemajob.importer.mapping;

import io.schemajob.importer.convert.FieldRules;
import io.schemajob.importer.convert.Fraction;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.target.TargetColumn;
import java.util.EnumSet;
import java.util.Set;

/** Refuses keys of a mapping that would do nothing for the type of their column. */
final class FittingKeys {
    private static final Set<Kind> TIMES = EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMPTZ);
    private static final Set<Kind> DIGITS =
            EnumSet.of(Kind.DATE, Kind.TIMESTAMP, Kind.TIMESTAMPTZ, Kind.NUMERIC, Kind.INT2, Kind.INT4, Kind.INT8);

    private FittingKeys() {}

    static void require(ColumnMapping column, TargetColumn into) {
        FieldRules rules = column.rules();
        Kind kind = into.type().kind();
        if (!rules.formats().isEmpty() && !TIMES.contains(kind)) {
            throw wrong(column, into, "format");
        }
        if (rules.fraction() != Fraction.REJECT && !DIGITS.contains(kind)) {
            throw wrong(column, into, "fraction");
        }
        if (rules.fraction() == Fraction.ROUND && kind == Kind.DATE) {
            throw column.node().error("fraction of %s: a date can only be cut".formatted(into.name()));
        }
        boolean words = !rules.trueValues().isEmpty() || !rules.falseValues().isEmpty();
        if (words && kind != Kind.BOOLEAN) {
            throw wrong(column, into, rules.trueValues().isEmpty() ? "false_values" : "true_values");
        }
    }

    private static RuntimeException wrong(ColumnMapping column, TargetColumn into, String key) {
        return column.node().error("%s means nothing for %s of type %s".formatted(key, into.name(), into.typeName()));
    }
}
