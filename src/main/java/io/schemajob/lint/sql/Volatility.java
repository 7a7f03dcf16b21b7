package io.schemajob.lint.sql;

import java.util.Locale;
import java.util.Set;

/**
 * Finds calls in a default whose result differs from row to row. A function that is not known to be stable counts as
 * volatile, which is what PostgreSQL takes a user's function for unless its author said otherwise. An integration test
 * holds the list against {@code pg_proc}.
 */
final class Volatility {
    /** Functions of PostgreSQL that are immutable or stable and that people use in defaults. */
    static final Set<String> STABLE = Set.of(
            ("abs age array_append array_cat array_fill array_prepend array_to_json array_to_string btrim ceil ceiling"
                            + " char_length chr concat concat_ws convert_from convert_to current_database"
                            + " current_schema current_setting date date_bin date_part date_trunc decode encode extract"
                            + " floor format inet_client_addr inet_server_addr initcap int4range int8range json_build_array"
                            + " json_build_object json_object jsonb_build_array jsonb_build_object jsonb_object justify_days"
                            + " left length lower lpad ltrim make_date make_interval make_time make_timestamp"
                            + " make_timestamptz md5 mod now numrange overlay pg_backend_pid point position power"
                            + " quote_ident quote_literal repeat replace reverse right round row_to_json rpad rtrim sha256"
                            + " sha512 split_part sqrt statement_timestamp string_to_array substr substring to_char"
                            + " to_date to_json to_jsonb to_number to_timestamp to_tsvector transaction_timestamp translate"
                            + " trim trunc tsrange tstzrange upper daterange numeric int4 int8 text")
                    .split(" "));

    /** Words that may stand before a parenthesis and are no functions. */
    private static final Set<String> SYNTAX = Set.of(
            ("ALL AND ANY ARRAY AS BETWEEN CASE CAST COALESCE CURRENT_TIME CURRENT_TIMESTAMP ELSE GREATEST IN INTERVAL IS"
                            + " LEAST LIKE LOCALTIME LOCALTIMESTAMP NOT NULLIF OR ROW SOME THEN TIME TIMESTAMP WHEN"
                            + " XMLELEMENT")
                    .split(" "));

    private Volatility() {}

    /** The first function called that is volatile, or may be; null if there is none. */
    static String volatileCall(Sql expression) {
        boolean type = false;
        while (!expression.atEnd()) {
            boolean colons = expression.is(':');
            boolean as = expression.is("AS");
            if (!expression.isName()) {
                expression.skip();
                type = colons;
                continue;
            }
            if (type) {
                TypeReader.read(expression);
                type = false;
                continue;
            }
            String keyword = expression.keyword();
            String schema = null;
            String name = word(expression);
            while (expression.accept('.')) {
                schema = name;
                name = expression.isName() ? word(expression) : "";
            }
            if (expression.is('(') && !(schema == null && SYNTAX.contains(keyword)) && !isStable(schema, name)) {
                return name;
            }
            type = as;
        }
        return null;
    }

    private static boolean isStable(String schema, String name) {
        return (schema == null || schema.equals("pg_catalog")) && STABLE.contains(name);
    }

    private static String word(Sql expression) {
        String lexeme = expression.lexeme();
        expression.skip();
        return lexeme.startsWith("\"") ? lexeme.substring(1, lexeme.length() - 1) : lexeme.toLowerCase(Locale.ROOT);
    }
}
