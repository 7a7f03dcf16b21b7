package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;

/** Indexes of partitions, also those behind keys, that are parts of an incomplete one of the parent. */
public final class IndexParts {
    /** The aspect that names the parent's. */
    public static final String ATTACHED_TO = "attached_to";

    static final String DETACHED =
            "PostgreSQL detaches no index: drop that of the parent, which takes its parts with it, and make both again.";

    /** Something of the incomplete index {@code h.inhparent} of which an index {@code i} is a part. */
    private static final String PARENT =
            """
            (SELECT %s FROM pg_catalog.pg_inherits h JOIN pg_catalog.pg_index px ON px.indexrelid = h.inhparent
              WHERE h.inhrelid = i.oid AND NOT px.indisvalid)
            """;

    /** Its name, or NULL. */
    static final String PARENT_NAME = PARENT.formatted(CatalogSql.relation("h.inhparent"));

    /** Whether there is one. */
    static final String EXISTS = "EXISTS " + PARENT.formatted("h.inhparent");

    private IndexParts() {}

    /** Makes it a part; does nothing if it is one. */
    static String attach(SchemaObject index) {
        return "ALTER INDEX " + SqlText.qualified(index.text(ATTACHED_TO)) + " ATTACH PARTITION "
                + SqlText.name(index.name());
    }
}
