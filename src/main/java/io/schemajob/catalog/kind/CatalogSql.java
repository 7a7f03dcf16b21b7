package io.schemajob.catalog.kind;

/** Pieces of catalog queries that several kinds need. Names come out as SQL: in quotes, qualified where they must be. */
public final class CatalogSql {
    /** PostgreSQL's FirstNormalObjectId: what initdb made has a smaller OID. */
    private static final String OWN = "16384";

    /**
     * Indexes {@code i} that partitions {@code c} have because a parent has them, with the parent's {@code p}; the parts of one
     * that is incomplete are indexes of their own.
     */
    static final String ATTACHED_INDEXES =
            """
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_index x ON x.indrelid = c.oid
              JOIN pg_catalog.pg_class i ON i.oid = x.indexrelid AND i.relispartition
              JOIN pg_catalog.pg_inherits h ON h.inhrelid = i.oid
              JOIN pg_catalog.pg_class p ON p.oid = h.inhparent
              JOIN pg_catalog.pg_index px ON px.indexrelid = p.oid AND px.indisvalid
            """;

    /** Of a server {@code s}: whether only foreign tables of other schemas use it. */
    static final String SERVER_ELSEWHERE =
            """
            (EXISTS (SELECT FROM pg_catalog.pg_foreign_table t WHERE t.ftserver = s.oid)
             AND NOT EXISTS (SELECT FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid
                              WHERE t.ftserver = s.oid AND c.relnamespace IN :schemas))""";

    private CatalogSql() {}

    /** Whether a catalog holds anything that was made after initdb. */
    public static String any(String catalog) {
        return "EXISTS (SELECT x.oid FROM pg_catalog." + catalog + " x WHERE x.oid >= " + OWN + ")";
    }

    /** A condition on a row of a catalog: no extension brought it, nor initdb. */
    static String ours(String alias, String catalog) {
        return alias + ".oid >= " + OWN + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e WHERE e.objid = " + alias
                + ".oid AND e.classid = 'pg_catalog." + catalog + "'::regclass AND e.deptype = 'e')";
    }

    /** The function of this OID; NULL for 0. */
    static String function(String oid) {
        return """
                (SELECT CASE WHEN pg_catalog.pg_function_is_visible(f.oid) THEN pg_catalog.quote_ident(f.proname)
                             ELSE pg_catalog.format('%s.%I', f.pronamespace::regnamespace, f.proname) END
                   FROM pg_catalog.pg_proc f WHERE f.oid = """
                + oid + ")";
    }

    /** The operator of this OID, as CREATE OPERATOR wants its commutator; NULL for 0. */
    static String operator(String oid) {
        return """
                (SELECT CASE WHEN pg_catalog.pg_operator_is_visible(f.oid) THEN f.oprname
                             ELSE pg_catalog.format('OPERATOR(%s.%s)', f.oprnamespace::regnamespace, f.oprname) END
                   FROM pg_catalog.pg_operator f WHERE f.oid = """
                + oid + ")";
    }

    /** The relation of this OID by its bare name, with its schema in front if that is another. */
    static String relation(String oid) {
        return """
                (SELECT CASE WHEN f.relnamespace = :schema THEN f.relname::text
                             ELSE pg_catalog.format('%s.%s', fn.nspname, f.relname) END
                   FROM pg_catalog.pg_class f JOIN pg_catalog.pg_namespace fn ON fn.oid = f.relnamespace
                  WHERE f.oid = """
                + oid + ")";
    }

    /** The same in quotes where a dot in its name could be taken for that between a schema and a name. */
    static String reference(String oid) {
        return relation(oid)
                .replace(
                        "THEN f.relname::text",
                        "THEN CASE WHEN f.relname ~ '[.]' THEN "
                                + "pg_catalog.quote_ident(f.relname) ELSE f.relname::text END");
    }

    /** The tablespace of this OID; NULL for the database's own. */
    static String tablespace(String oid) {
        return "(SELECT s.spcname::text FROM pg_catalog.pg_tablespace s WHERE s.oid = " + oid + ")";
    }

    /**
     * Whether PostgreSQL would not take an operator class {@code o} for a type by itself ({@code GetDefaultOpClass} in its source):
     * one of its own that serves many types is no default for a type that has got another one.
     */
    public static String isChosenOpclass(String type) {
        String others = " FROM pg_catalog.pg_opclass x WHERE x.opcdefault AND x.oid >= " + OWN + ")";
        return "(NOT o.opcdefault OR o.oid < " + OWN + " AND EXISTS (SELECT" + others
                + """
                 AND (o.opcmethod, (SELECT CASE u.typtype WHEN 'd' THEN u.typbasetype ELSE u.oid END
                                      FROM pg_catalog.pg_type u WHERE u.oid = %s)) IN (SELECT x.opcmethod, x.opcintype %s)
                """
                        .formatted(type, others);
    }

    /** The type of this OID; NULL for 0. */
    static String type(String oid) {
        return "CASE WHEN " + oid + " <> 0 THEN pg_catalog.format_type(" + oid + ", NULL) END";
    }

    /**
     * What {@code pg_identify_object} calls an object, without the name of its schema {@code n}, since a file is right for a
     * schema of any name. It stands at the beginning or behind a blank, a bracket or a comma: that of {@code app} is neither
     * in {@code myapp.t} nor in a quoted name, nor is it a table {@code app} before its column.
     */
    static String withoutSchema(String identity) {
        String name = "pg_catalog.regexp_replace(pg_catalog.quote_ident(n.nspname), "
                + "E'([][*+?|(){}^$.\\\\\\\\])', E'\\\\\\\\\\\\1', 'g')";
        return "pg_catalog.regexp_replace(" + identity + ", '(\"(?:[^\"]|\"\")*\")|(^|[ (,])' || " + name
                + " || '[.]', E'\\\\1\\\\2', 'g')";
    }
}
