package io.schemajob.importer.mapping;

import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.importer.convert.FieldRules;

/**
 * Where the values of one target column come from.
 *
 * @param target the column in PostgreSQL
 * @param source the column in SQLite, or null for a constant
 * @param constant the value of every row, or null
 * @param as the converter that was asked for, or null to take the target type's
 * @param ids the source table whose ids these are, {@code none}, or null to find out by the foreign keys
 * @param lookup another table in which values are looked up, or null
 * @param rules how values are converted
 * @param node where it stands, for complaints
 */
public record ColumnMapping(
        String target,
        String source,
        String constant,
        String as,
        String ids,
        Lookup lookup,
        FieldRules rules,
        YamlNode node) {}
