package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.sql.SqlText;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who owns what. A declaration names the usual owner once, under {@code owner}, and here what somebody else owns. */
final class OwnerKind extends AbstractKind {
    static final String NOUN = "owner";

    OwnerKind() {
        super(NOUN, "owners/*", Phase.ATTACHED, Undeclared.DRIFT, "", List.of(Aspect.text("owner")));
    }

    @Override
    public boolean onDemand() {
        return true;
    }

    @Override
    public ObjectIdentity object(SchemaObject object) {
        return target(object).map(AccessTarget::object).orElseGet(() -> ObjectIdentity.of(noun(), object.name(0)));
    }

    @Override
    public String part() {
        return "owner";
    }

    @Override
    public Optional<AccessTarget> target(SchemaObject object) {
        return AccessTarget.of(object.name(0));
    }

    @Override
    public List<String> roles(SchemaObject object) {
        return object.text("owner") == null ? List.of() : List.of(object.text("owner"));
    }

    @Override
    public Optional<String> problem(SchemaObject object) {
        return target(object).filter(target -> !target.isColumn()).isPresent()
                ? Optional.empty()
                : Optional.of("names no class of objects with owners: " + object.name(0));
    }

    @Override
    public Optional<SchemaObject> assumed(SchemaObject found, Schema declared) {
        return Optional.of(
                declared.objects().coverage().owner() == null
                        ? found
                        : new SchemaObject(
                                NOUN,
                                found.path(),
                                Map.of("owner", declared.objects().coverage().owner())));
    }

    @Override
    public Sign sign() {
        return Sign.always();
    }

    @Override
    public String query(int major) {
        return "SELECT ARRAY['owners', o.object] AS path, pg_catalog.pg_get_userbyid(o.owner)::text AS owner FROM ("
                + OwnedSql.all() + ") o";
    }

    @Override
    public List<String> create(SchemaObject object) {
        AccessTarget target = target(object).orElseThrow();
        String owner = SqlText.name(object.text("owner"));
        return List.of(target.statement(
                target.alter() + " OWNER TO " + (target.isSchema() ? AccessTarget.inFormat(owner) : owner)));
    }

    /** Somebody always owns it. */
    @Override
    public List<String> drop(SchemaObject object) {
        return List.of();
    }

    @Override
    public Optional<List<String>> alter(SchemaObject before, SchemaObject after) {
        return Optional.of(create(after));
    }
}
