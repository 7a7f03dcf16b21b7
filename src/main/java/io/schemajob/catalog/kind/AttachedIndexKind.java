package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The names of indexes and keys that a partition has because its parent has them, where they are not those that PostgreSQL
 * gives by itself ({@code ChooseIndexName} in its source). A key of the partition's own that is a part of a plain index has
 * its name for itself, see {@link KeyIndexKind}.
 */
final class AttachedIndexKind extends AbstractAttachedIndex {
    static final String NOUN = "attached index";
    static final String NAME = "name";

    /** What PostgreSQL would call it; it may add a number. */
    private static final String USUAL =
            """
            CASE WHEN x.indisprimary THEN c.relname || '_pkey'
                 ELSE (SELECT c.relname || '_' || pg_catalog.string_agg(a.attname, '_' ORDER BY a.attnum)
                         FROM pg_catalog.pg_attribute a WHERE a.attrelid = i.oid)
                      || CASE WHEN x.indisexclusion THEN '_excl' WHEN k.contype = 'u' THEN '_key' ELSE '_idx' END END
            """;

    private static final String OF_PARENT = CatalogSql.ATTACHED_INDEXES
            + """
              LEFT JOIN pg_catalog.pg_constraint k ON k.conindid = i.oid AND k.conrelid = c.oid AND k.contype IN ('p', 'u', 'x')
            """;

    /** Names as long as can be are cut by rules of their own. */
    private static final String FROM = OF_PARENT
            + """
             WHERE c.relnamespace = :schema AND p.relnamespace = :schema AND pg_catalog.octet_length(i.relname::text) < 63
               AND k.conparentid IS DISTINCT FROM 0
               AND i.relname <> %1$s AND pg_catalog.regexp_replace(i.relname, '[0-9]+$', '') <> %1$s
            """
                    .formatted(USUAL);

    AttachedIndexKind() {
        super(NOUN, Undeclared.WARNING, List.of(Aspect.text(NAME)), FROM, "i.relname AS name");
    }

    @Override
    public int since() {
        return 4;
    }

    /** Others may say something of it by its name. */
    @Override
    public List<String> names(SchemaObject object) {
        return Stream.ofNullable(object.text(NAME)).toList();
    }

    /** A name changes no result. */
    @Override
    public boolean isName(Aspect aspect) {
        return true;
    }

    /** The index of the partition is found by that of its parent, whatever its name is. */
    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        String name = after.text(NAME);
        return SettingsSql.differs(before, after, NAME)
                ? Optional.of(List.of(SettingsSql.each(
                        "name",
                        """
                        SELECT pg_catalog.format('ALTER INDEX %%s RENAME TO %%I', i.oid::regclass, %1$s)
                        %2$s WHERE c.oid = %3$s::regclass AND p.oid = %4$s::regclass AND i.relname <> %1$s"""
                                .formatted(
                                        name == null ? USUAL.strip() : SqlText.literal(name),
                                        OF_PARENT.indent(6),
                                        SqlText.literal(SqlText.name(after.name(0))),
                                        SqlText.literal(SqlText.name(after.name()))))))
                : Optional.of(List.of());
    }
}
