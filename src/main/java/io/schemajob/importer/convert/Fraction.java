package io.schemajob.importer.convert;

import java.math.RoundingMode;
import java.util.Locale;

/** What becomes of digits that a column cannot keep: of a second, or behind the point of a number. */
public enum Fraction {
    /** The value does not fit. */
    REJECT,
    /** They are left out. */
    CUT,
    /** The value becomes the nearest that the column can keep; what is halfway goes away from zero. */
    ROUND;

    RoundingMode mode() {
        return switch (this) {
            case REJECT -> RoundingMode.UNNECESSARY;
            case CUT -> RoundingMode.DOWN;
            case ROUND -> RoundingMode.HALF_UP;
        };
    }

    /** As {@code import.yaml} has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
