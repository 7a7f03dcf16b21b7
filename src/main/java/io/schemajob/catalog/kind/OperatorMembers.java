package io.schemajob.catalog.kind;

/** What a family of operators, or a class of one, consists of. */
final class OperatorMembers {
    private OperatorMembers() {}

    /** Operators and functions of a family that do, or do not, depend on a class. */
    static String query(String catalog, String owner, String family, String not) {
        boolean loose = !not.isEmpty();
        String depends =
                """
                %s EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = x.oid AND d.deptype = 'i'
                       AND d.classid = '%%s'::regclass AND d.refclassid = 'pg_catalog.pg_opclass'::regclass %s)
                """
                        .formatted(not, loose ? "" : "AND d.refobjid = " + owner);
        return """
            ARRAY(SELECT pg_catalog.format('OPERATOR %%s %%s%%s', x.amopstrategy, x.amopopr::regoperator,
                         CASE WHEN x.amopsortfamily <> 0 THEN ' FOR ORDER BY ' || (
                              SELECT CASE WHEN pg_catalog.pg_opfamily_is_visible(s.oid) THEN pg_catalog.quote_ident(s.opfname)
                                          ELSE pg_catalog.format('%%s.%%I', s.opfnamespace::regnamespace, s.opfname) END
                                FROM pg_catalog.pg_opfamily s WHERE s.oid = x.amopsortfamily) ELSE '' END)
                    FROM pg_catalog.pg_amop x WHERE x.amopfamily = %s AND %s
                   ORDER BY x.amopstrategy, 1)
            || ARRAY(SELECT pg_catalog.format('FUNCTION %%s (%%s, %%s) %%s', x.amprocnum,
                            pg_catalog.format_type(x.amproclefttype, NULL), pg_catalog.format_type(x.amprocrighttype, NULL),
                            x.amproc::regprocedure)
                       FROM pg_catalog.pg_amproc x WHERE x.amprocfamily = %s AND %s
                      ORDER BY x.amprocnum, 1)
            """
                .formatted(
                        family,
                        depends.formatted("pg_catalog.pg_amop"),
                        family,
                        depends.formatted("pg_catalog.pg_amproc"));
    }
}
