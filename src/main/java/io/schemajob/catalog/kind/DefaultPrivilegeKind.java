package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What will be granted on what a role creates in this schema: role, class of objects, grantee. The defaults of the whole
 * database are nobody's in particular, see {@link NotHeld}.
 */
final class DefaultPrivilegeKind extends AbstractKind {
    private static final List<String> OBJECTS = List.of("tables", "sequences", "functions", "types");

    DefaultPrivilegeKind() {
        super(
                "default privilege",
                "default_privileges/*/*/*",
                Phase.ATTACHED,
                Undeclared.DRIFT,
                "default acl",
                List.of(Aspect.words("privileges"), Aspect.words("grantable")));
    }

    @Override
    public boolean onDemand() {
        return true;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return ObjectIdentity.worded(
                noun(),
                "default privileges of %3$s on %2$s made by %1$s",
                object.path().get(1),
                object.path().get(2),
                object.path().get(3));
    }

    @Override
    public List<String> roles(SchemaObject object) {
        return object.path().get(3).equals("public")
                ? List.of(object.path().get(1))
                : List.of(object.path().get(1), object.path().get(3));
    }

    /** One of the class that the privileges will be on. */
    private static AccessTarget example(SchemaObject object) {
        String objects = object.path().get(2);
        return new AccessTarget(objects.substring(0, objects.length() - 1), "");
    }

    @Override
    public Optional<String> problem(SchemaObject object) {
        if (!OBJECTS.contains(object.path().get(2))) {
            return Optional.of("is none of " + String.join(", ", OBJECTS));
        }
        String unknown = object.text("privileges") == null
                ? "at all"
                : PrivilegeWords.unknown(example(object), object.text("privileges"));
        return Optional.ofNullable(unknown)
                .map(word ->
                        "there is no privilege " + word + " on " + object.path().get(2));
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return PrivilegeAspects.on(example(declared), major, declared);
    }

    @Override
    public String newer() {
        return "`maintain` 17";
    }

    @Override
    public Sign sign() {
        return Sign.always();
    }

    @Override
    public String query(int major) {
        return """
            SELECT ARRAY['default_privileges', pg_catalog.pg_get_userbyid(o.defaclrole),
                         CASE o.defaclobjtype WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions'
                                              WHEN 'T' THEN 'types' END,
                         CASE g.grantee WHEN 0 THEN 'public' ELSE pg_catalog.pg_get_userbyid(g.grantee) END]::text[] AS path,
                   %s
              FROM (SELECT x.*, (SELECT %s FROM pg_catalog.aclexplode(pg_catalog.acldefault(
                           (CASE x.defaclobjtype WHEN 'S' THEN 's' ELSE x.defaclobjtype END)::"char", x.defaclrole)) e
                                  WHERE e.grantee = x.defaclrole) AS known
                      FROM pg_catalog.pg_default_acl x WHERE x.defaclnamespace = :schema) o
             CROSS JOIN LATERAL (SELECT e.grantee, %s AS list, %s AS options, NULL::text[] AS revoked
                                   FROM pg_catalog.aclexplode(o.defaclacl) e GROUP BY e.grantee) g
            """
                .formatted(
                        PrivilegeAspects.lists(),
                        PrivilegeAspects.words(""),
                        PrivilegeAspects.words(""),
                        PrivilegeAspects.words(" FILTER (WHERE e.is_grantable)"));
    }

    private static String change(SchemaObject object, String verb, String words, String toOrFrom, String option) {
        String grantee = object.path().get(3);
        String sql = "ALTER DEFAULT PRIVILEGES FOR ROLE "
                + AccessTarget.inFormat(SqlText.name(object.path().get(1))) + " IN SCHEMA %I " + verb + " "
                + words.toUpperCase(Locale.ROOT) + " ON " + object.path().get(2).toUpperCase(Locale.ROOT) + toOrFrom
                + AccessTarget.inFormat(AccessTarget.grantee(grantee)) + option;
        return AccessTarget.inSchema(sql);
    }

    @Override
    public List<String> create(SchemaObject object) {
        List<String> statements = new ArrayList<>();
        statements.add(change(object, "GRANT", object.text("privileges"), " TO ", ""));
        if (object.text("grantable") != null) {
            statements.add(change(object, "GRANT", object.text("grantable"), " TO ", " WITH GRANT OPTION"));
        }
        return statements;
    }

    @Override
    public List<String> drop(SchemaObject object) {
        return List.of(change(object, "REVOKE", PrivilegeWords.ALL, " FROM ", ""));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(anew(before, after));
    }
}
