package io.schemajob.importer.mapping;

/**
 * Another table of the SQLite file, in which the values of a column are looked up.
 *
 * @param table in SQLite
 * @param key its column that holds what the mapped column holds
 * @param value its column that holds what is loaded instead
 */
public record Lookup(String table, String key, String value) {}
