package io.schemajob.catalog.model;

/**
 * An installed extension.
 *
 * @param name as in {@code CREATE EXTENSION}
 * @param version or null where a declaration leaves it open
 */
public record Extension(String name, String version) {}
