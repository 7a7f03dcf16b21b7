package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Indexes of partitions, also those behind keys, that are parts of an incomplete one of the parent. */
public final class IndexParts {
    /** The aspect that names the parent's. */
    public static final String ATTACHED_TO = "attached_to";

    static final String DETACHED =
            "PostgreSQL detaches no index: drop that of the parent, which takes its parts with it, and make both again.";

    /** Longer names are cut, by rules of their own. */
    private static final int LONGEST_WHOLE = 60;

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

    /**
     * Whether an index or unique constraint that is declared at a partition is the part that it has of one of its parent: by the name
     * that the part has, or that PostgreSQL would give it ({@code ChooseIndexName} in its source), perhaps with a number. Under
     * another name it is one more beside the part: {@code snapshot} writes such a one in the same words, and it must not be lost unseen.
     *
     * @param columns of the key and behind INCLUDE; null for an expression
     * @param label {@code idx} or {@code key}
     */
    public static boolean isPart(
            Schema schema, String partition, String ofParent, String name, List<String> columns, String label) {
        SchemaObject part = schema.objects()
                .of(AttachedIndexKind.NOUN)
                .get(List.of("tables", partition, "attached_indexes", ofParent));
        if (part != null && name.equals(part.text(AttachedIndexKind.NAME))) {
            return true;
        }
        String usual = columns.stream()
                .map(column -> column == null ? ".+" : Pattern.quote(column) + "\\d*")
                .collect(Collectors.joining("_", Pattern.quote(partition) + "_", "_" + label + "\\d*"));
        return name.matches(usual)
                || (partition + "_" + String.join("_", columns) + "_" + label).length() > LONGEST_WHOLE;
    }

    /** Makes it a part; does nothing if it is one. */
    static String attach(SchemaObject index) {
        return "ALTER INDEX " + SqlText.qualified(index.text(ATTACHED_TO)) + " ATTACH PARTITION "
                + SqlText.name(index.name());
    }
}
