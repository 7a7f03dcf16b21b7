package io.schemajob.importer.reverse;

import io.schemajob.importer.convert.ArrayText;
import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Epoch;
import io.schemajob.importer.convert.FieldRules;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.sqlite.Affinity;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The way back of a converter: from what it made of a value to one that it would turn into the same again, in the storage class that SQLite keeps in the old column. Where several old values became one it gives
 * one of them; {@link WayBack} tells which were others.
 */
public final class OldValue {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9]\\d{0,18})");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,15}\\.\\d{1,15}");

    /** Of some numbers of 64 bits. */
    private static final int LONG_DIGITS = 19;

    private final ColumnPlan column;
    private final Affinity affinity;

    /** @param affinity of the column in the SQLite file that is written */
    public OldValue(ColumnPlan column, Affinity affinity) {
        this.column = column;
        this.affinity = affinity;
    }

    /** @param value null for NULL */
    public SourceValue of(CanonicalValue value) {
        if (value == null) {
            return SourceValue.NULL;
        }
        String renamed = column.field().oldName(value);
        if (renamed != null) {
            return word(renamed, true);
        }
        return switch (column.kind()) {
            case BOOLEAN -> truth(value.number() == 1);
            case INT2, INT4, INT8 -> whole(value.number());
            case FLOAT4 -> real(Double.parseDouble(Float.toString(Float.intBitsToFloat((int) value.number()))));
            case FLOAT8 -> real(Double.longBitsToDouble(value.number()));
            case BYTEA -> SourceValue.blob(value.bytes());
            case DATE -> date(value.number() + Kind.EPOCH_DAYS);
            case TIMESTAMP, TIMESTAMPTZ -> moment(value.number() + Kind.EPOCH_MICROS);
            case NUMERIC -> decimal(column.kind().text(value));
            case TEXT_ARRAY, UUID_ARRAY, INT4_ARRAY, INT8_ARRAY ->
                SourceValue.text(ArrayText.toJson(column.kind(), column.kind().text(value)));
            case UUID -> SourceValue.text(column.kind().text(value));
            default ->
                column.mapping().rules().integersAsText()
                        ? word(column.kind().text(value), true)
                        : SourceValue.text(value.bytes());
        };
    }

    /** An id in the storage class that SQLite gives it in the old column. */
    public SourceValue ofId(SourceValue id) {
        return switch (id.type()) {
            case INTEGER -> whole(id.integer());
            case TEXT -> affinity.isNumeric() ? word(id.string(), true) : id;
            default -> id;
        };
    }

    /** @param number whether a text that looks like a number may have been one */
    private SourceValue word(String text, boolean number) {
        if (number && affinity.isNumeric() && isLong(text)) {
            return whole(Long.parseLong(text));
        }
        return number && affinity.isNumeric() && DECIMAL.matcher(text).matches()
                ? real(Double.parseDouble(text))
                : SourceValue.text(text);
    }

    static boolean isLong(String text) {
        if (!WHOLE.matcher(text).matches() || text.equals("-0")) {
            return false;
        }
        return text.length() < LONG_DIGITS || new BigInteger(text).bitLength() < Long.SIZE;
    }

    /** In the application's own words, where the mapping has any. */
    private SourceValue truth(boolean value) {
        List<String> words = value
                ? column.mapping().rules().trueValues()
                : column.mapping().rules().falseValues();
        return words.isEmpty() ? whole(value ? 1 : 0) : word(words.get(0), true);
    }

    private SourceValue whole(long number) {
        return switch (affinity) {
            case TEXT -> SourceValue.text(Long.toString(number));
            case REAL -> SourceValue.real(number);
            default -> SourceValue.integer(number);
        };
    }

    private SourceValue real(double number) {
        if (affinity == Affinity.TEXT) {
            return SourceValue.text(Double.toString(number));
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) < Long.MAX_VALUE;
        return whole && (affinity == Affinity.INTEGER || affinity == Affinity.NUMERIC)
                ? SourceValue.integer((long) number)
                : SourceValue.real(number);
    }

    /** A number where that says the same, else text. */
    private SourceValue decimal(String text) {
        BigDecimal number = new BigDecimal(text);
        if (affinity == Affinity.TEXT) {
            return SourceValue.text(text);
        }
        boolean whole = number.stripTrailingZeros().scale() <= 0
                && number.toBigInteger().bitLength() < Long.SIZE;
        if (whole && (affinity != Affinity.NONE || number.scale() <= 0)) {
            return whole(number.longValueExact());
        }
        double real = number.doubleValue();
        // A number has no zeros at its end, which numeric keeps unless its type says how many there are.
        boolean padded = number.scale() > 0 && text.endsWith("0");
        if (padded && affinity == Affinity.NONE && column.target().type().precision() < 0) {
            return SourceValue.text(text);
        }
        boolean exact = !Double.isInfinite(real) && new BigDecimal(Double.toString(real)).compareTo(number) == 0;
        return exact ? real(real) : SourceValue.text(text);
    }

    private SourceValue date(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return isCounted()
                ? counted(OldMoment.instant(
                        date.atStartOfDay(), column.mapping().rules().zone()))
                : ofFormat(date.atStartOfDay(), date.toString());
    }

    /** @param micros since 1970, local ones for {@code timestamp} */
    private SourceValue moment(long micros) {
        boolean local = column.kind() == Kind.TIMESTAMP;
        if (isCounted()) {
            return counted(
                    local
                            ? OldMoment.instant(
                                    OldMoment.local(micros),
                                    column.mapping().rules().zone())
                            : micros);
        }
        return local
                ? ofFormat(
                        OldMoment.local(micros),
                        OldMoment.localText(micros, column.mapping().rules().zone()))
                : ofFormat(
                        OldMoment.local(micros, column.mapping().rules().zone()),
                        OldMoment.text(micros, column.mapping().rules().zone()));
    }

    private SourceValue ofFormat(LocalDateTime local, String iso) {
        FieldRules rules = column.mapping().rules();
        String text = rules.formats().isEmpty() ? null : rules.formats().text(local, rules.zone());
        return SourceValue.text(text == null ? iso : text);
    }

    /** Whether the old column held numbers of units since an epoch. */
    private boolean isCounted() {
        return column.mapping().rules().epoch() != Epoch.NONE && affinity != Affinity.TEXT;
    }

    private SourceValue counted(long micros) {
        BigDecimal units = OldMoment.units(micros, column.mapping().rules().epoch());
        return units.scale() <= 0 ? whole(units.longValueExact()) : real(units.doubleValue());
    }
}
