package io.schemajob.importer.target;

/**
 * An index that backs no constraint and of which nothing but its definition would be lost if it were built anew.
 *
 * @param name quoted, with its schema
 * @param definition {@code CREATE INDEX …}
 */
public record SecondaryIndex(String name, String definition) {}
