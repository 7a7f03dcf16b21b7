package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import java.util.List;
import java.util.Locale;

/** Reads {@code VACUUM}, {@code CLUSTER}, {@code ANALYZE} and {@code LOCK TABLE}. */
final class UpkeepReader {
    private UpkeepReader() {}

    static Ddl read(String verb, Sql sql) {
        Sql options = sql.group();
        boolean full = options != null
                && options.parts().stream()
                        .map(part -> part.words().toUpperCase(Locale.ROOT))
                        .anyMatch(part -> part.matches("FULL( (TRUE|ON|1))?"));
        while (List.of("FULL", "FREEZE", "VERBOSE", "ANALYZE", "ANALYSE").contains(sql.keyword())) {
            full |= sql.is("FULL");
            sql.skip();
        }
        SqlName table = sql.name();
        if (table == null) {
            return new Ddl.Other();
        } else if (verb.equals("CLUSTER") && sql.accept("ON")) {
            table = sql.name();
        }
        boolean rewrite = verb.equals("CLUSTER") || full;
        return rewrite
                ? new Ddl.Rewrite(verb.equals("CLUSTER") ? verb : "VACUUM FULL", table)
                : new Ddl.Touch(List.of(table), LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    static Ddl lock(Sql sql) {
        sql.accept("TABLE");
        List<SqlName> tables = sql.names();
        StringBuilder mode = new StringBuilder();
        if (sql.accept("IN")) {
            while (!sql.atEnd() && !sql.is("MODE")) {
                mode.append(mode.isEmpty() ? "" : "_").append(sql.keyword());
                sql.skip();
            }
        }
        for (LockMode known : LockMode.values()) {
            if (known.name().contentEquals(mode)) {
                return new Ddl.Touch(tables, known);
            }
        }
        return new Ddl.Touch(tables, LockMode.ACCESS_EXCLUSIVE);
    }
}
