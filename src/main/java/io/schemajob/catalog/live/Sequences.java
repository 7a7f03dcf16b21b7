package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.live.Assembly.Relation;
import io.schemajob.catalog.model.Sequence;

/** Sequences; those of identity columns are part of the column. */
final class Sequences {
    private static final String SEQUENCES =
            """
            SELECT s.seqrelid, pg_catalog.format_type(s.seqtypid, NULL) AS type, s.seqstart, s.seqincrement, s.seqmin,
                   s.seqmax, s.seqcache, s.seqcycle, d.refobjid, d.refobjsubid
              FROM pg_catalog.pg_sequence s
              JOIN pg_catalog.pg_class c ON c.oid = s.seqrelid
              LEFT JOIN pg_catalog.pg_depend d
                     ON d.objid = s.seqrelid AND d.classid = 'pg_catalog.pg_class'::regclass
                    AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.deptype IN ('a', 'i')
             WHERE c.relnamespace = :schema AND d.deptype IS DISTINCT FROM 'i'
            """;

    private Sequences() {}

    static Sign sign() {
        return Sign.relation("c.relkind = 'S'");
    }

    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        query.later(SEQUENCES, row -> {
            Sequence head = assembly.sequenceHeads.get(row.number("seqrelid"));
            if (head == null) {
                return;
            }
            Relation table = assembly.relations.get(row.number("refobjid"));
            String ownedBy =
                    table == null ? null : table.name() + "." + table.numbers().name(row.number("refobjsubid"));
            assembly.sequences.put(
                    head.name(),
                    new Sequence(
                            head.name(),
                            row.text("type"),
                            row.number("seqstart"),
                            row.number("seqincrement"),
                            row.number("seqmin"),
                            row.number("seqmax"),
                            row.number("seqcache"),
                            row.flag("seqcycle"),
                            ownedBy,
                            head.owner(),
                            head.comment()));
        });
    }
}
