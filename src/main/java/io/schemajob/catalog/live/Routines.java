package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.live.CatalogQuery.CatalogRow;
import io.schemajob.catalog.model.Routine;
import io.schemajob.catalog.model.Routine.Parallel;
import io.schemajob.catalog.model.Routine.Volatility;
import java.sql.SQLException;

/** Functions and procedures, without those that an extension or a range type brings. */
final class Routines {
    private static final String ROUTINES =
            """
            SELECT p.proname, pg_catalog.format('%s(%s)', p.proname, pg_catalog.oidvectortypes(p.proargtypes)) AS signature,
                   p.prokind, pg_catalog.pg_get_function_arguments(p.oid) AS arguments,
                   pg_catalog.pg_get_function_result(p.oid) AS result, l.lanname, p.provolatile, p.proisstrict,
                   p.prosecdef, p.proleakproof, p.proparallel, p.proconfig, p.prosrc,
                   pg_catalog.pg_get_function_sqlbody(p.oid) AS sqlbody, pg_catalog.pg_get_userbyid(p.proowner) AS owner,
                   d.description, p.probin,
                   ARRAY(SELECT pg_catalog.format_type(f.type, NULL) FROM pg_catalog.unnest(p.protrftypes) WITH ORDINALITY f(type, place)
                          ORDER BY f.place) AS transforms
              FROM pg_catalog.pg_proc p
              JOIN pg_catalog.pg_language l ON l.oid = p.prolang
              LEFT JOIN pg_catalog.pg_description d
                     ON d.objoid = p.oid AND d.objoid >= 16384 AND d.classoid = 'pg_catalog.pg_proc'::regclass AND d.objsubid = 0
             WHERE p.pronamespace = :schema AND p.prokind IN ('f', 'p')
               AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend e
                                WHERE e.objid = p.oid AND e.classid = 'pg_catalog.pg_proc'::regclass
                                  AND e.deptype IN ('e', 'i'))
            """;

    private Routines() {}

    static Sign sign() {
        return Sign.routine("p.prokind IN ('f', 'p')");
    }

    static void read(CatalogQuery query, Outline outline, Assembly assembly) {
        query.later(ROUTINES, row -> {
            Routine routine = routine(row);
            assembly.routines.put(routine.signature(), routine);
        });
    }

    private static Routine routine(CatalogRow row) throws SQLException {
        String sqlBody = row.text("sqlbody");
        return new Routine(
                row.text("signature"),
                row.text("proname"),
                row.letter("prokind") == 'p',
                row.text("arguments"),
                row.text("result"),
                row.text("lanname"),
                switch (row.letter("provolatile")) {
                    case 'i' -> Volatility.IMMUTABLE;
                    case 's' -> Volatility.STABLE;
                    default -> Volatility.VOLATILE;
                },
                row.flag("proisstrict"),
                row.flag("prosecdef"),
                row.flag("proleakproof"),
                switch (row.letter("proparallel")) {
                    case 's' -> Parallel.SAFE;
                    case 'r' -> Parallel.RESTRICTED;
                    default -> Parallel.UNSAFE;
                },
                row.texts("proconfig"),
                sqlBody == null ? row.text("prosrc") : sqlBody,
                sqlBody != null,
                row.text("probin"),
                row.texts("transforms"),
                row.text("owner"),
                row.text("description"));
    }
}
