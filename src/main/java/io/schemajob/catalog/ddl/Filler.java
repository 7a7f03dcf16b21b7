package io.schemajob.catalog.ddl;

import java.util.Map;

/** Values for rows whose own are gone, so that a column can be NOT NULL again when a migration is rolled back. */
final class Filler {
    private static final Map<String, String> VALUES = Map.ofEntries(
            Map.entry("text", "''"),
            Map.entry("character varying", "''"),
            Map.entry("character", "''"),
            Map.entry("smallint", "0"),
            Map.entry("integer", "0"),
            Map.entry("bigint", "0"),
            Map.entry("numeric", "0"),
            Map.entry("real", "0"),
            Map.entry("double precision", "0"),
            Map.entry("boolean", "false"),
            Map.entry("date", "'epoch'"),
            Map.entry("timestamp without time zone", "'epoch'"),
            Map.entry("timestamp with time zone", "'epoch'"),
            Map.entry("interval", "'0'"),
            Map.entry("json", "'{}'"),
            Map.entry("jsonb", "'{}'"),
            Map.entry("bytea", "''"),
            Map.entry("uuid", "'00000000-0000-0000-0000-000000000000'"));

    private Filler() {}

    /** An expression, or null for types that have no neutral value. */
    static String of(String type) {
        return type.endsWith("[]") ? "'{}'" : VALUES.get(type.replaceAll("\\([^)]*\\)", ""));
    }
}
