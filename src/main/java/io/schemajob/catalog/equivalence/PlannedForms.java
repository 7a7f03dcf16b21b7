package io.schemajob.catalog.equivalence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.catalog.sql.SqlNames;
import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlText;
import io.schemajob.catalog.sql.SqlTokens;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Forms as the planner simplifies them, by {@code EXPLAIN}, which runs nothing: {@code '0'::bigint} is {@code 0} there, and
 * brackets around AND are gone. It needs no more than SELECT on the table, and works on a standby.
 *
 * <p>It tells less than what is stored: collations and queries inside of the expression are not printed. The planner also
 * runs immutable functions of constants, and replaces functions by their bodies, also those behind operators and casts. So
 * texts with a collation, a query or a function that is not PostgreSQL's own are not asked about here.
 */
public final class PlannedForms implements Forms {
    private static final Set<SqlScope.Kind> COVERED =
            Set.of(SqlScope.Kind.TABLE, SqlScope.Kind.TRIGGER, SqlScope.Kind.DOMAIN, SqlScope.Kind.DEFAULT);

    private static final List<String> NOT_PRINTED = List.of("collate", "select", "values", "table");

    /** Of what operators and casts call, the planner looks into these; others are not PostgreSQL's either, and stay as they are. */
    private static final String REPLACED =
            """
            p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace
               AND p.prolang NOT IN (SELECT l.oid FROM pg_catalog.pg_language l WHERE l.lanname IN ('c', 'internal'))
            """;

    /** Functions by their names, and what hides one: operators, and types that are cast by one, with the columns of these. */
    private static final String HIDING =
            """
            WITH cast_types AS (
                SELECT t.oid, t.typname, t.typnamespace <> 'pg_catalog'::pg_catalog.regnamespace AS further, k.oid AS cast
                  FROM pg_catalog.pg_cast k JOIN pg_catalog.pg_proc p ON p.oid = k.castfunc
                  JOIN pg_catalog.pg_type t ON t.oid IN (k.castsource, k.casttarget)
                 WHERE %2$s)
            SELECT DISTINCT 'function', p.proname FROM pg_catalog.pg_proc p
             WHERE p.pronamespace <> 'pg_catalog'::pg_catalog.regnamespace AND p.proname IN (%1$s)
            UNION SELECT 'operator', o.oprname
              FROM pg_catalog.pg_operator o JOIN pg_catalog.pg_proc p ON p.oid = o.oprcode WHERE %2$s
            UNION SELECT 'cast', t.typname FROM cast_types t WHERE t.further
            UNION SELECT 'cast', a.attname FROM cast_types t JOIN pg_catalog.pg_attribute a ON a.atttypid = t.oid
             WHERE t.further AND NOT a.attisdropped
            UNION (SELECT 'any cast', '' FROM cast_types t GROUP BY t.cast HAVING NOT pg_catalog.bool_or(t.further))
            """;

    private final SqlServerTexts server;
    private final Map<String, Set<String>> hiding;

    private PlannedForms(SqlServerTexts server, Map<String, Set<String>> hiding) {
        this.server = server;
        this.hiding = hiding;
    }

    /** For these questions, in the open transaction. */
    public static PlannedForms of(Connection connection, String schema, Answers answers) throws SQLException {
        SqlServerTexts server = new SqlServerTexts(connection, schema);
        Set<String> called = new TreeSet<>(Set.of(""));
        answers.texts().forEach(text -> called.addAll(SqlNames.called(text)));
        Map<String, Set<String>> hiding = new HashMap<>();
        server.rows(
                HIDING.formatted(called.stream().map(SqlText::literal).collect(Collectors.joining(", ")), REPLACED),
                row -> hiding.computeIfAbsent(row.getString(1), any -> new HashSet<>())
                        .add(row.getString(2)));
        return new PlannedForms(server, hiding);
    }

    @Override
    public boolean covers(Question question) {
        return COVERED.contains(question.scope().kind())
                && !hiding.containsKey("any cast")
                && Stream.concat(question.scope().parts().stream(), Stream.of(question.declared(), question.live()))
                        .noneMatch(text -> SqlTokens.mentions(text, hiding("cast")))
                && isPrinted(question.declared())
                && isPrinted(question.live());
    }

    private Set<String> hiding(String what) {
        return hiding.getOrDefault(what, Set.of());
    }

    private boolean isPrinted(String text) {
        return !SqlTokens.mentions(text, NOT_PRINTED)
                && Collections.disjoint(SqlNames.called(text), hiding("function"))
                && Collections.disjoint(SqlNames.operators(text), hiding("operator"));
    }

    /** Without a length, which would cut a literal that does not fit and make it equal to another one. */
    private static String withoutLength(String type) {
        return type.replaceFirst("^character(?! varying)", "pg_catalog.bpchar")
                .replaceFirst("^bit(?! varying)", "pg_catalog.varbit")
                .replaceAll("\\([^)]*\\)", "");
    }

    @Override
    public boolean isSqlAgain(SqlScope scope) {
        return false;
    }

    @Override
    public List<String> of(SqlScope scope, List<String> texts) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (String text : texts) {
            String expression = SqlServerTexts.expression(scope, text);
            columns.add(
                    scope.kind() == SqlScope.Kind.DEFAULT
                            ? "CAST(" + expression + " AS "
                                    + withoutLength(scope.parts().get(0)) + ")"
                            : expression);
        }
        String sql = "EXPLAIN (VERBOSE, COSTS OFF, FORMAT JSON) SELECT " + String.join(", ", columns)
                + server.from(scope, "(SELECT * FROM %s OFFSET 0)");
        String plan = server.undone(() -> server.value(sql));
        List<String> forms = new ArrayList<>();
        output(plan).forEach(column -> forms.add(column.asText()));
        if (forms.size() != texts.size()) {
            throw new SQLException("the text is not one expression");
        }
        return forms;
    }

    private static JsonNode output(String plan) throws SQLException {
        try {
            return new ObjectMapper().readTree(plan).path(0).path("Plan").path("Output");
        } catch (JsonProcessingException e) {
            throw new SQLException("EXPLAIN gave no JSON", e);
        }
    }
}
