package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Row security policies: which rows whom may see and write. */
final class PolicyKind extends AbstractKind {
    PolicyKind() {
        super(
                "policy",
                "tables/*/policies/*",
                Phase.ATTACHED,
                Undeclared.DRIFT,
                "policy",
                List.of(
                        Aspect.expression("using"),
                        Aspect.expression("check"),
                        Aspect.text("command"),
                        Aspect.list("roles").usually(List.of("public")),
                        Aspect.flag("restrictive")));
    }

    @Override
    public List<String> roles(SchemaObject policy) {
        return policy.list("roles").stream()
                .filter(role -> !role.equals("public"))
                .toList();
    }

    @Override
    public Sign sign() {
        return Sign.filled("pg_policy");
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['tables', c.relname, 'policies', p.polname]::text[] AS path,
                   CASE p.polcmd WHEN 'r' THEN 'select' WHEN 'a' THEN 'insert' WHEN 'w' THEN 'update'
                                 WHEN 'd' THEN 'delete' END AS command,
                   (NOT p.polpermissive)::text AS restrictive,
                   ARRAY(SELECT CASE WHEN u.role = 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(u.role)::text END AS r
                           FROM pg_catalog.unnest(p.polroles) u(role) ORDER BY r) AS roles,
                   pg_catalog.pg_get_expr(p.polqual, p.polrelid, true) AS using,
                   pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true) AS check
              FROM pg_catalog.pg_policy p JOIN pg_catalog.pg_class c ON c.oid = p.polrelid
             WHERE c.relnamespace = :schema
            """;
    }

    @Override
    public List<String> create(SchemaObject policy) {
        String command = policy.text("command");
        return List.of("CREATE POLICY " + SqlText.name(policy.name()) + " ON " + SqlText.name(policy.name(0))
                + (policy.flag("restrictive") ? " AS RESTRICTIVE" : "")
                + (command == null ? "" : " FOR " + command.toUpperCase(Locale.ROOT)) + to(policy)
                + expressions(policy));
    }

    private static String to(SchemaObject policy) {
        List<String> roles = policy.list("roles");
        return roles.isEmpty()
                ? " TO PUBLIC"
                : " TO "
                        + roles.stream()
                                .map(role -> role.equals("public") ? "PUBLIC" : SqlText.name(role))
                                .collect(Collectors.joining(", "));
    }

    private static String expressions(SchemaObject policy) {
        return (policy.text("using") == null ? "" : " USING (" + policy.text("using") + ")")
                + (policy.text("check") == null ? "" : " WITH CHECK (" + policy.text("check") + ")");
    }

    @Override
    public List<String> drop(SchemaObject policy) {
        return List.of("DROP POLICY " + SqlText.name(policy.name()) + " ON " + SqlText.name(policy.name(0)));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        boolean sameSort = !SettingsSql.differs(before, after, "command")
                && !SettingsSql.differs(before, after, "restrictive")
                && (before.text("using") == null || after.text("using") != null)
                && (before.text("check") == null || after.text("check") != null);
        return sameSort
                ? Optional.of(List.of("ALTER POLICY " + SqlText.name(after.name()) + " ON "
                        + SqlText.name(after.name(0)) + to(after) + expressions(after)))
                : Optional.empty();
    }
}
