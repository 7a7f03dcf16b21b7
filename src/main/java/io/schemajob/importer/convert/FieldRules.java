package io.schemajob.importer.convert;

import java.time.ZoneId;
import java.time.ZoneOffset;
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
 */
public record FieldRules(
        boolean integersAsText,
        ZoneId zone,
        Epoch epoch,
        boolean refuseDuplicates,
        Map<String, String> renamed,
        Empty empty,
        String fallback,
        boolean required) {

    /** What an empty text stands for. */
    public enum Empty {
        /** Itself; it fits text only. */
        KEEP,
        /** NULL, and what NULL stands for. */
        NULL
    }

    public static final FieldRules PLAIN =
            new FieldRules(false, ZoneOffset.UTC, Epoch.NONE, false, Map.of(), Empty.KEEP, null, false);

    public FieldRules withRequired(boolean value) {
        return new FieldRules(integersAsText, zone, epoch, refuseDuplicates, renamed, empty, fallback, value);
    }
}
