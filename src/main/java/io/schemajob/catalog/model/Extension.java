package io.schemajob.catalog.model;

/**
 * An installed extension.
 *
 * @param name as in {@code CREATE EXTENSION}
 * @param version or null where a declaration leaves it open
 * @param schema that its objects are in; null for that of the run or {@code public}, {@link #ANY} where a declaration leaves it open
 */
public record Extension(String name, String version, String schema) {
    /** As a declaration says that the schema does not matter. */
    public static final String ANY = "any";

    /** One in the run's schema or in {@code public}. */
    public static Extension of(String name, String version) {
        return new Extension(name, version, null);
    }

    /** Whether it has to be in another schema than these. */
    public boolean isElsewhere() {
        return schema != null && !schema.equals(ANY);
    }
}
