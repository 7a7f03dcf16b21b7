package io.schemajob.importer.mapping;

import io.schemajob.bundle.yaml.YamlNode;
import java.util.List;
import java.util.Set;

/**
 * Where the rows of one target table come from.
 *
 * @param target the table in PostgreSQL
 * @param source the table or view in SQLite; for a query the name of the target, for messages
 * @param query a SELECT that gives the rows, or null
 * @param columns in the file's order
 * @param ignored columns of the source that are left behind on purpose
 * @param orphans what becomes of rows that name rows which are not there
 * @param node where it stands, for complaints
 */
public record TableMapping(
        String target,
        String source,
        String query,
        List<ColumnMapping> columns,
        Set<String> ignored,
        Orphans orphans,
        YamlNode node) {}
