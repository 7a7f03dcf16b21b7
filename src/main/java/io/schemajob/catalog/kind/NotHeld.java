package io.schemajob.catalog.kind;

import java.util.List;

/**
 * A class of objects that no kind holds: not written, not compared, and named wherever there are some.
 *
 * @param words in the plural, as a report names it
 * @param classes the types of {@code pg_identify_object} that it stands for
 * @param sign without it there are none
 * @param names an expression for the names of those that this schema has, as {@code text[]}
 */
public record NotHeld(String words, List<String> classes, Sign sign, String names) {
    public static final List<NotHeld> ALL = List.of(
            new NotHeld(
                    "base types",
                    List.of("type"),
                    Sign.type("t.typtype = 'b'"),
                    """
                    ARRAY(SELECT x.typname::text FROM pg_catalog.pg_type x
                           WHERE x.typnamespace = :schema AND x.typtype = 'b' AND x.typelem = 0 AND %s ORDER BY 1)
                    """
                            .formatted(CatalogSql.ours("x", "pg_type"))),
            new NotHeld(
                    "shell types",
                    List.of(),
                    Sign.type("t.typtype = 'p'"),
                    """
                    ARRAY(SELECT x.typname::text FROM pg_catalog.pg_type x
                           WHERE x.typnamespace = :schema AND x.typtype = 'p' AND %s ORDER BY 1)
                    """
                            .formatted(CatalogSql.ours("x", "pg_type"))),
            new NotHeld(
                    "window functions",
                    List.of(),
                    Sign.routine("p.prokind = 'w'"),
                    """
                    ARRAY(SELECT x.proname::text FROM pg_catalog.pg_proc x
                           WHERE x.pronamespace = :schema AND x.prokind = 'w' AND %s ORDER BY 1)
                    """
                            .formatted(CatalogSql.ours("x", "pg_proc"))),
            new NotHeld(
                    "subscriptions",
                    List.of("subscription"),
                    Sign.filled("pg_subscription"),
                    """
                    ARRAY(SELECT x.subname::text FROM pg_catalog.pg_subscription x
                           WHERE x.subdbid = (SELECT d.oid FROM pg_catalog.pg_database d
                                               WHERE d.datname = pg_catalog.current_database()) ORDER BY 1)
                    """),
            new NotHeld(
                    "options of user mappings",
                    List.of(),
                    Sign.filled("pg_user_mapping"),
                    """
                    ARRAY(SELECT pg_catalog.format('%%s on %%s', x.usename, x.srvname)
                            FROM pg_catalog.pg_user_mappings x JOIN pg_catalog.pg_foreign_server s ON s.oid = x.srvid
                           WHERE %s ORDER BY 1)
                    """
                            .formatted(CatalogSql.ours("s", "pg_foreign_server"))),
            new NotHeld(
                    "values of options that may be secret",
                    List.of(),
                    Sign.filled("pg_foreign_data_wrapper"),
                    """
                    ARRAY(SELECT pg_catalog.format('%%s of %%s', o.option_name, x.name)
                            FROM (SELECT w.fdwname::text, w.fdwoptions FROM pg_catalog.pg_foreign_data_wrapper w
                                  UNION ALL SELECT s.srvname::text, s.srvoptions FROM pg_catalog.pg_foreign_server s
                                  UNION ALL SELECT f.ftrelid::regclass::text, f.ftoptions
                                    FROM pg_catalog.pg_foreign_table f) x(name, options),
                                 LATERAL pg_catalog.pg_options_to_table(x.options) o
                           WHERE %s ORDER BY 1)
                    """
                            .formatted(SettingsSql.SECRET)),
            new NotHeld(
                    "default privileges of the whole database",
                    List.of(),
                    Sign.filled("pg_default_acl"),
                    """
                    ARRAY(SELECT DISTINCT pg_catalog.pg_get_userbyid(x.defaclrole)::text FROM pg_catalog.pg_default_acl x
                           WHERE x.defaclnamespace = 0 ORDER BY 1)
                    """),
            new NotHeld(
                    "security labels",
                    List.of(),
                    Sign.filled("pg_seclabel"),
                    """
                    ARRAY(SELECT DISTINCT x.provider FROM pg_catalog.pg_seclabel x ORDER BY 1)
                    """));

    /** Whether it is about the whole database, which is told once. */
    public boolean databaseWide() {
        return !names.contains(":schema");
    }

    /** Its label in a query. */
    public String column() {
        return words.replace(' ', '_');
    }
}
