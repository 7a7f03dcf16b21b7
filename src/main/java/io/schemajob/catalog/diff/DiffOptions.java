package io.schemajob.catalog.diff;

/**
 * What a comparison is to be strict about.
 *
 * @param strict whether objects that are not declared are drift rather than warnings
 * @param expectedOwner the role that must own every declared object, or null if any may
 */
public record DiffOptions(boolean strict, String expectedOwner) {
    public static final DiffOptions DEFAULT = new DiffOptions(false, null);
}
