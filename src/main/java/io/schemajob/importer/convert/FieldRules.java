package io.schemajob.importer.convert;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * What the mapping says about one column beyond where it comes from.
 *
 * @param integersAsText {@code as: text}: whole numbers are written in decimal
 * @param zone assumed for moments that name none
 * @param epoch what numbers mean where a moment is wanted
 * @param refuseDuplicates JSON objects with a key twice do not fit
 * @param renamed old values and the new ones
 * @param empty what an empty text stands for
 * @param fallback instead of NULL, or null
 * @param required NULL does not fit
 * @param formats of dates and times; empty for ISO 8601
 * @param fraction what becomes of digits that the type does not keep
 * @param trueValues further words for true
 * @param falseValues further words for false
 * @param trim what is left out at the ends of a text
 * @param lookup the values of another table by its key, one of which every value has to be; null for none
 */
public record FieldRules(
        boolean integersAsText,
        ZoneId zone,
        Epoch epoch,
        boolean refuseDuplicates,
        Map<String, String> renamed,
        Empty empty,
        String fallback,
        boolean required,
        TimeFormats formats,
        Fraction fraction,
        List<String> trueValues,
        List<String> falseValues,
        Trim trim,
        Map<String, String> lookup) {

    /** What an empty text stands for. */
    public enum Empty {
        /** Itself; it fits text only. */
        KEEP,
        /** NULL, and what NULL stands for. */
        NULL
    }

    public static final FieldRules PLAIN =
            new FieldRules(false, ZoneOffset.UTC, Epoch.NONE, false, Map.of(), Empty.KEEP, null, false);

    public FieldRules(
            boolean integersAsText,
            ZoneId zone,
            Epoch epoch,
            boolean refuseDuplicates,
            Map<String, String> renamed,
            Empty empty,
            String fallback,
            boolean required) {
        this(
                integersAsText,
                zone,
                epoch,
                refuseDuplicates,
                renamed,
                empty,
                fallback,
                required,
                new TimeFormats(),
                Fraction.REJECT,
                List.of(),
                List.of(),
                Trim.NONE,
                null);
    }

    public FieldRules withZone(ZoneId value) {
        return with(value, required, lookup);
    }

    public FieldRules withRequired(boolean value) {
        return with(zone, value, lookup);
    }

    /** @param values by key; null for none */
    public FieldRules withLookup(Map<String, String> values) {
        return with(zone, required, values);
    }

    private FieldRules with(ZoneId otherZone, boolean isRequired, Map<String, String> values) {
        return new FieldRules(
                integersAsText,
                otherZone,
                epoch,
                refuseDuplicates,
                renamed,
                empty,
                fallback,
                isRequired,
                formats,
                fraction,
                trueValues,
                falseValues,
                trim,
                values);
    }
}
