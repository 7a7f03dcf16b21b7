package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a role may do with an object: granted by its owner, or by somebody who was granted it with the option to grant.
 *
 * <p>PostgreSQL's defaults (all for the owner, EXECUTE on functions and USAGE on types for everybody) are not written: an
 * object has an entry for the owner or PUBLIC only where that was changed. What PUBLIC may do with the schema is always
 * written, as PostgreSQL 15 has changed the default for {@code public}.
 */
final class GrantKind extends AbstractKind {
    private static final String PUBLIC = AccessTarget.PUBLIC;

    private final boolean delegated;

    private GrantKind(String noun, String place, boolean delegated) {
        super(
                noun,
                place,
                Phase.ATTACHED,
                Undeclared.DRIFT,
                "",
                delegated
                        ? List.of(Aspect.words("privileges"), Aspect.words("grantable"))
                        : List.of(Aspect.words("privileges"), Aspect.words("grantable"), Aspect.words("revoked")));
        this.delegated = delegated;
    }

    static GrantKind own() {
        return new GrantKind("privilege", "grants/*/*", false);
    }

    /** By somebody else than the owner: object, grantee, grantor. */
    static GrantKind delegated() {
        return new GrantKind("delegated privilege", "delegated_grants/*/*/*", true);
    }

    private static String grantee(SchemaObject object) {
        return object.path().get(2);
    }

    private static String grantor(SchemaObject object) {
        return object.path().get(3);
    }

    @Override
    public boolean onDemand() {
        return true;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return delegated
                ? ObjectIdentity.worded(
                        noun(),
                        "privileges of %2$s on %1$s granted by %3$s",
                        object.name(0),
                        grantee(object),
                        grantor(object))
                : ObjectIdentity.worded(noun(), "privileges of %2$s on %1$s", object.name(0), grantee(object));
    }

    @Override
    public Optional<AccessTarget> target(SchemaObject object) {
        return AccessTarget.of(object.name(0));
    }

    @Override
    public boolean sweeps(SchemaObject object) {
        AccessTarget target = target(object).orElseThrow();
        return target.relation() != null && !target.isColumn();
    }

    @Override
    public boolean reshapes(SchemaObject before, SchemaObject after) {
        return sweeps(after);
    }

    @Override
    public List<String> names(SchemaObject object) {
        return sweeps(object) ? List.of(sweep(object)) : List.of();
    }

    /** REVOKE on a table takes what the same grantor has granted on its columns with it (PostgreSQL's manual, REVOKE). */
    @Override
    public String sweptBy(SchemaObject object) {
        return target(object).orElseThrow().isColumn() ? sweep(object) : null;
    }

    private String sweep(SchemaObject object) {
        return "privileges of %s on the relation %s granted by %s"
                .formatted(
                        grantee(object),
                        target(object).orElseThrow().relation(),
                        delegated ? grantor(object) : "its owner");
    }

    @Override
    public List<String> roles(SchemaObject object) {
        List<String> roles = new ArrayList<>();
        if (!grantee(object).equals(PUBLIC)) {
            roles.add(grantee(object));
        }
        if (delegated) {
            roles.add(grantor(object));
        }
        return roles;
    }

    @Override
    public Optional<String> problem(SchemaObject object) {
        AccessTarget target = target(object).orElse(null);
        if (target == null) {
            return Optional.of("names no class of objects with privileges: " + object.name(0));
        }
        for (String aspect : List.of("privileges", "grantable", "revoked")) {
            String unknown = object.text(aspect) == null ? null : PrivilegeWords.unknown(target, object.text(aspect));
            if (unknown != null) {
                return Optional.of("there is no privilege " + unknown + " on a " + target.word());
            }
        }
        return object.text("privileges") == null && object.text("revoked") == null
                ? Optional.of("lacks the key privileges")
                : Optional.empty();
    }

    @Override
    public Optional<SchemaObject> on(int major, SchemaObject declared) {
        return PrivilegeAspects.on(target(declared).orElseThrow(), major, declared);
    }

    /** Spelled out, a default is the same as left out. */
    @Override
    public Optional<SchemaObject> implied(SchemaObject declared, Schema live) {
        AccessTarget target = target(declared).orElseThrow();
        SchemaObject owner = live.objects().of(OwnerKind.NOUN).get(List.of("owners", declared.name(0)));
        String privileges = grantee(declared).equals(PUBLIC)
                ? publicDefault(target)
                : owner != null && grantee(declared).equals(owner.text("owner"))
                        ? PrivilegeWords.on(
                                target,
                                PrivilegeWords.ALL,
                                live.objects().server().major())
                        : null;
        return delegated || privileges == null || !privileges.equals(declared.text("privileges"))
                ? Optional.empty()
                : Optional.of(declared);
    }

    private static String publicDefault(AccessTarget target) {
        return target.isRoutine() ? "execute" : List.of("type", "language").contains(target.word()) ? "usage" : null;
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
        return delegated ? delegatedQuery() : ownQuery();
    }

    private static String ownQuery() {
        return """
            SELECT ARRAY['grants', o.object, CASE g.grantee WHEN 0 THEN 'public'
                         ELSE pg_catalog.pg_get_userbyid(g.grantee) END]::text[] AS path,
                   %s
              FROM (SELECT x.*, %s AS known FROM (%s) x) o
             CROSS JOIN LATERAL (
                   SELECT COALESCE(a.grantee, u.grantee) AS grantee, a.list,
                          CASE WHEN a.grantee <> o.owner THEN a.options END AS options, u.list AS usual,
                          CASE WHEN o.letter <> 'c' AND u.grantee = o.owner THEN
                               ARRAY(SELECT k FROM pg_catalog.unnest(o.known) k WHERE k <> ALL (COALESCE(a.list, '{}')) ORDER BY k COLLATE "C")
                          END AS revoked
                     FROM (SELECT e.grantee, %s AS list, %s AS options
                             FROM pg_catalog.aclexplode(o.acl) e WHERE e.grantor = o.owner GROUP BY e.grantee) a
                     FULL JOIN (SELECT e.grantee, %s AS list
                                  FROM pg_catalog.aclexplode(pg_catalog.acldefault(o.letter, o.owner)) e
                                 GROUP BY e.grantee) u ON u.grantee = a.grantee) g
             WHERE o.acl IS NOT NULL
               AND (g.list IS DISTINCT FROM g.usual OR g.options IS NOT NULL OR o.object = 'schema' AND g.grantee = 0)
            """
                .formatted(
                        PrivilegeAspects.lists(),
                        known(),
                        OwnedSql.withPrivileges(),
                        PrivilegeAspects.words(""),
                        PrivilegeAspects.words(" FILTER (WHERE e.is_grantable)"),
                        PrivilegeAspects.words(""));
    }

    private static String delegatedQuery() {
        return """
            SELECT ARRAY['delegated_grants', o.object, CASE g.grantee WHEN 0 THEN 'public'
                         ELSE pg_catalog.pg_get_userbyid(g.grantee) END, pg_catalog.pg_get_userbyid(g.grantor)]::text[] AS path,
                   %s
              FROM (SELECT x.*, %s AS known FROM (%s) x) o
             CROSS JOIN LATERAL (SELECT e.grantee, e.grantor, %s AS list, %s AS options, NULL::text[] AS revoked
                                   FROM pg_catalog.aclexplode(o.acl) e WHERE e.grantor <> o.owner
                                  GROUP BY e.grantee, e.grantor) g
            """
                .formatted(
                        PrivilegeAspects.lists(),
                        known(),
                        OwnedSql.withPrivileges(),
                        PrivilegeAspects.words(""),
                        PrivilegeAspects.words(" FILTER (WHERE e.is_grantable)"));
    }

    /** All that there is to grant: what an owner has. */
    private static String known() {
        return """
            CASE x.letter WHEN 'c' THEN ARRAY['insert', 'references', 'select', 'update'] ELSE
                 (SELECT %s FROM pg_catalog.aclexplode(pg_catalog.acldefault(x.letter, x.owner)) e WHERE e.grantee = x.owner) END
            """
                .formatted(PrivilegeAspects.words(""));
    }

    @Override
    public List<String> create(SchemaObject object) {
        List<String> statements = new ArrayList<>();
        if (object.text("revoked") != null) {
            statements.add(revoke(object, words(object, "revoked"), ""));
            return statements;
        }
        boolean fromDefault = object.flag(DefaultGrants.ANEW)
                || grantee(object).equals(PUBLIC)
                        && publicDefault(target(object).orElseThrow()) != null;
        if (fromDefault || object.text("privileges").equals(PrivilegeWords.NONE)) {
            statements.add(revoke(object, List.of(PrivilegeWords.ALL), ""));
        }
        grants(object, List.of(), List.of(), statements);
        return statements;
    }

    private void grants(SchemaObject object, List<String> had, List<String> options, List<String> statements) {
        List<String> grantable = words(object, "grantable");
        List<String> plain = new ArrayList<>(words(object, "privileges"));
        List<String> withOption = new ArrayList<>(grantable);
        withOption.removeAll(options);
        plain.removeAll(had);
        plain.removeAll(grantable.equals(List.of(PrivilegeWords.ALL)) ? plain : grantable);
        if (!plain.isEmpty()) {
            statements.add(grant(object, plain, ""));
        }
        if (!withOption.isEmpty()) {
            statements.add(grant(object, withOption, " WITH GRANT OPTION"));
        }
    }

    private static List<String> words(SchemaObject object, String aspect) {
        String words = object.text(aspect);
        return words == null || words.equals(PrivilegeWords.NONE) ? List.of() : PrivilegeWords.list(words);
    }

    private String grant(SchemaObject object, List<String> words, String option) {
        AccessTarget target = target(object).orElseThrow();
        return statement(
                object,
                "GRANT " + PrivilegeWords.sql(target, words) + " " + target.on() + " TO " + role(object) + option);
    }

    private String revoke(SchemaObject object, List<String> words, String option) {
        AccessTarget target = target(object).orElseThrow();
        return statement(
                object,
                "REVOKE " + option + PrivilegeWords.sql(target, words) + " " + target.on() + " FROM " + role(object));
    }

    private String role(SchemaObject object) {
        String role = AccessTarget.grantee(grantee(object));
        return target(object).orElseThrow().isSchema() ? AccessTarget.inFormat(role) : role;
    }

    /** Only the grantor can grant in its name. */
    private String statement(SchemaObject object, String sql) {
        AccessTarget target = target(object).orElseThrow();
        if (!delegated) {
            return target.statement(sql);
        }
        String run = target.isSchema() ? AccessTarget.execute(sql) : sql;
        return """
            DO $do$
            DECLARE
                before name := current_user;
            BEGIN
                SET LOCAL ROLE %s;
                %s;
                EXECUTE format('SET LOCAL ROLE %%I', before);
            END
            $do$"""
                .formatted(SqlText.name(grantor(object)), run);
    }

    @Override
    public List<String> drop(SchemaObject object) {
        String usual =
                grantee(object).equals(PUBLIC) ? publicDefault(target(object).orElseThrow()) : null;
        if (object.text("revoked") != null || usual != null) {
            return List.of(grant(object, usual == null ? words(object, "revoked") : List.of(usual), ""));
        }
        return PrivilegeWords.NONE.equals(object.text("privileges"))
                ? List.of()
                : List.of(revoke(object, List.of(PrivilegeWords.ALL), ""));
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        if (before.text("revoked") != null || after.text("revoked") != null) {
            return Optional.of(anew(before, after));
        }
        List<String> statements = new ArrayList<>();
        List<String> had = words(before, "privileges");
        List<String> options = words(before, "grantable");
        List<String> all = List.of(PrivilegeWords.ALL);
        List<String> lost = new ArrayList<>(had);
        lost.removeAll(words(after, "privileges"));
        List<String> lostOptions = new ArrayList<>(options);
        lostOptions.removeAll(words(after, "grantable"));
        boolean some = !words(after, "privileges").equals(all);
        if (!lost.isEmpty() && some) {
            statements.add(revoke(after, lost, ""));
        }
        lostOptions.removeAll(lost);
        if (!lostOptions.isEmpty() && !words(after, "grantable").equals(all)) {
            statements.add(revoke(after, lostOptions, "GRANT OPTION FOR "));
        }
        boolean anew = had.equals(all) || options.equals(all);
        grants(after, anew ? List.of() : had, anew ? List.of() : options, statements);
        return Optional.of(statements);
    }
}
