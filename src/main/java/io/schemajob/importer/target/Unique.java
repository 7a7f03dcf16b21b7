package io.schemajob.importer.target;

import java.util.List;

/**
 * A primary key, unique constraint or unique index over plain columns.
 *
 * @param nullsEqual two NULLs are a conflict (NULLS NOT DISTINCT)
 */
public record Unique(String name, List<String> columns, boolean primary, boolean nullsEqual) {}
