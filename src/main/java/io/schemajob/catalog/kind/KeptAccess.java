package io.schemajob.catalog.kind;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObject;
import io.schemajob.catalog.model.Sequence;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Owners and privileges of the objects of a schema. What is dropped and created loses them, whether a declaration tells them
 * or not: these statements bring them back.
 */
public final class KeptAccess {
    private final Schema schema;
    private final String role;
    private final Map<ObjectIdentity, List<SchemaObject>> byObject = new HashMap<>();
    private final Map<String, List<SchemaObject>> byRelation = new HashMap<>();

    private KeptAccess(Schema schema, String role) {
        this.schema = schema;
        this.role = role;
    }

    /**
     * What the objects of a schema have.
     *
     * @param schema one that was read with owners and privileges, or declares them
     * @param live of the server, for its role and its default privileges
     */
    public static KeptAccess of(Schema schema, Schema live) {
        KeptAccess access = new KeptAccess(schema, live.objects().server().role());
        List<SchemaObject> owners = new ArrayList<>();
        List<SchemaObject> granted = new ArrayList<>();
        schema.objects().of(OwnerKind.NOUN).values().stream()
                .filter(owner -> !owner.text("owner").equals(access.role))
                .forEach(owners::add);
        for (String noun : List.of(GrantKind.own().noun(), GrantKind.delegated().noun())) {
            granted.addAll(schema.objects().of(noun).values());
        }
        List<SchemaObject> all = new ArrayList<>(owners);
        all.addAll(DefaultGrants.cleared(granted, schema, schema, live));
        for (SchemaObject object : all) {
            AccessTarget target = Kinds.of(object.kind()).target(object).orElseThrow();
            access.byObject
                    .computeIfAbsent(target.kept(), key -> new ArrayList<>(2))
                    .add(object);
            if (target.relation() != null) {
                access.byRelation
                        .computeIfAbsent(target.relation(), key -> new ArrayList<>(2))
                        .add(object);
            }
        }
        return access;
    }

    /** Who owns what scripts make. */
    public String role() {
        return role;
    }

    /** Who owns a table; the role that makes it, if nobody does yet. */
    public String ownerOfTable(String name) {
        return owner("table " + SqlText.name(name));
    }

    /** Who owns a sequence: the owner of its table, if it has one. */
    public String ownerOfSequence(String name) {
        Sequence sequence = schema.sequences().get(name);
        String column = sequence == null ? null : sequence.ownedBy();
        return column == null
                ? owner("sequence " + SqlText.name(name))
                : ownerOfTable(column.substring(0, column.lastIndexOf('.')));
    }

    private String owner(String name) {
        SchemaObject owner = schema.objects().of(OwnerKind.NOUN).get(List.of("owners", name));
        String usual = schema.objects().coverage().owner();
        return owner != null ? owner.text("owner") : usual == null ? role : usual;
    }

    /** For an object that is no relation. */
    public List<String> of(ObjectIdentity object) {
        return statements(byObject.getOrDefault(object.whole().owned(), List.of()));
    }

    /**
     * For a relation, which may have become one of another sort.
     *
     * @param word what it is now: {@code view}
     * @param columns which it has now
     */
    public List<String> ofRelation(String word, String name, Predicate<String> columns) {
        List<SchemaObject> objects = new ArrayList<>();
        List<SchemaObject> ofColumns = new ArrayList<>();
        for (SchemaObject object : byRelation.getOrDefault(name, List.of())) {
            AccessTarget target = Kinds.of(object.kind()).target(object).orElseThrow();
            if (!target.isColumn()) {
                List<String> path = new ArrayList<>(object.path());
                path.set(1, word + " " + SqlText.name(name));
                objects.add(new SchemaObject(object.kind(), path, object.values()));
            } else if (columns.test(target.column())) {
                ofColumns.add(object);
            }
        }
        // A REVOKE on the relation would take those on its columns with it.
        objects.addAll(ofColumns);
        return statements(objects);
    }

    private static List<String> statements(List<SchemaObject> objects) {
        return objects.stream()
                .flatMap(object -> Kinds.of(object.kind()).create(object).stream())
                .toList();
    }
}
