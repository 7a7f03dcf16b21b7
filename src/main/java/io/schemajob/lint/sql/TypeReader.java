package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a type with its many spellings. */
final class TypeReader {
    private static final Map<String, String> SYNONYMS = Map.ofEntries(
            Map.entry("int", "integer"),
            Map.entry("int4", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("bool", "boolean"),
            Map.entry("float8", "double precision"),
            Map.entry("double", "double precision"),
            Map.entry("float4", "real"),
            Map.entry("decimal", "numeric"),
            Map.entry("dec", "numeric"),
            Map.entry("character", "char"),
            Map.entry("nchar", "char"),
            Map.entry("serial4", "serial"),
            Map.entry("serial8", "bigserial"),
            Map.entry("serial2", "smallserial"));

    private TypeReader() {}

    /** Reads a type and moves past it; null if there is none. */
    static SqlType read(Sql sql) {
        sql.accept("SETOF");
        sql.accept("NATIONAL");
        SqlName written = sql.name();
        if (written == null) {
            return null;
        }
        String name = SYNONYMS.getOrDefault(written.name(), written.name());
        sql.accept("PRECISION");
        if (sql.accept("VARYING")) {
            name = name.equals("bit") ? "varbit" : "varchar";
        }
        List<String> modifiers = modifiers(sql);
        if (name.equals("interval")) {
            modifiers = intervalFields(sql, modifiers);
        }
        if (sql.accept("WITH", "TIME", "ZONE")) {
            name += "tz";
        } else {
            sql.accept("WITHOUT", "TIME", "ZONE");
        }
        return finished(name, modifiers, array(sql));
    }

    private static SqlType finished(String name, List<String> modifiers, boolean array) {
        if (name.equals("float")) {
            boolean single = !modifiers.isEmpty() && modifiers.get(0).matches("\\d|1\\d|2[0-4]");
            return new SqlType(single ? "real" : "double precision", List.of(), array);
        }
        boolean one = (name.equals("char") || name.equals("bit")) && modifiers.isEmpty();
        return new SqlType(name.equals("bpchar") ? "char" : name, one ? List.of("1") : modifiers, array);
    }

    private static List<String> modifiers(Sql sql) {
        Sql group = sql.group();
        return group == null
                ? List.of()
                : group.parts().stream().map(Sql::words).toList();
    }

    /** {@code YEAR TO MONTH}, {@code SECOND (3)} and the like. */
    private static List<String> intervalFields(Sql sql, List<String> modifiers) {
        List<String> fields = new ArrayList<>(modifiers);
        while (List.of("YEAR", "MONTH", "DAY", "HOUR", "MINUTE", "SECOND", "TO").contains(sql.keyword())) {
            fields.add(sql.keyword());
            sql.skip();
            fields.addAll(modifiers(sql));
        }
        return fields;
    }

    private static boolean array(Sql sql) {
        boolean array = sql.accept("ARRAY");
        while (sql.accept('[')) {
            array = true;
            sql.skipTo(List.of("]"));
            sql.accept(']');
        }
        return array;
    }
}
