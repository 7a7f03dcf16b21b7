package io.schemajob.catalog.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which object something is about. What is found, planned and told of an object is joined by this and never by text: names
 * may hold dots, blanks, colons and the word "on".
 *
 * @param kind its class in the words of PostgreSQL's manual: {@code column}
 * @param names as the catalog stores them, from the outside in: the table, then the column
 * @param wording how people name it, a format of the names; the same for every object of a kind
 * @param part which part or step of it, or null for the whole
 * @param schema where it is, if that is not the run's; or null
 */
public record ObjectIdentity(String kind, List<String> names, String wording, String part, String schema) {
    private static final List<String> TYPES = List.of("enum", "composite type", "domain", "range type");

    public ObjectIdentity {
        names = List.copyOf(names);
    }

    /**
     * Written out, as is {@link #equals}: those of a record go by method handles, which cost much where code is compiled little, and a
     * plan for thousands of tables looks identities up a million times.
     */
    @Override
    public int hashCode() {
        return (31 * names.hashCode() + kind.hashCode()) * 31 + Objects.hashCode(part);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof ObjectIdentity identity
                        && names.equals(identity.names)
                        && kind.equals(identity.kind)
                        && Objects.equals(part, identity.part)
                        && wording.equals(identity.wording)
                        && Objects.equals(schema, identity.schema);
    }

    /** Something that has its name in the schema for itself: {@code table orders}. */
    public static ObjectIdentity of(String kind, String name) {
        return worded(kind, kind + " %s", name);
    }

    /** Something of a table or view: {@code index orders_idx on orders}. */
    public static ObjectIdentity in(String relation, String kind, String name) {
        return worded(kind, kind + " %2$s on %1$s", relation, name);
    }

    public static ObjectIdentity column(String relation, String name) {
        return worded("column", "column %s.%s", relation, name);
    }

    /** What a table has only one of, or what has no name: {@code primary key of orders}. */
    public static ObjectIdentity only(String kind, String relation) {
        return worded(kind, kind + " of %s", relation);
    }

    /** Something that is named in its own way. */
    public static ObjectIdentity worded(String kind, String wording, String... names) {
        return new ObjectIdentity(kind, Arrays.asList(names), wording, null, null);
    }

    /** A check of a domain, which is part of that. */
    public static ObjectIdentity domainCheck(String domain, String name) {
        return worded("domain check", "check %2$s on domain %1$s", domain, name);
    }

    /** A part or step of it: {@code table orders: comment}. */
    public ObjectIdentity part(String name) {
        return new ObjectIdentity(kind, names, wording, part == null ? name : part + ": " + name, schema);
    }

    /** The same in another schema of the bundle. */
    public ObjectIdentity inSchema(String name) {
        return new ObjectIdentity(kind, names, wording, part, name);
    }

    /** The object without the part. */
    public ObjectIdentity whole() {
        return part == null ? this : new ObjectIdentity(kind, names, wording, null, schema);
    }

    /** What has to be changed to change it. */
    public ObjectIdentity container() {
        return kind.equals("domain check") ? of("domain", names.get(0)).inSchema(schema) : this;
    }

    /** As owners and privileges name it: types of every sort are types. */
    public ObjectIdentity owned() {
        return TYPES.contains(kind) ? of("type", names.get(0)).inSchema(schema) : this;
    }

    /** The names alone, with dots between them. */
    public String name() {
        return String.join(".", names);
    }

    /** In the words of a report: {@code column orders.total}. */
    @Override
    public String toString() {
        String words = wording.formatted(names.toArray()) + (schema == null ? "" : " in schema " + schema);
        return part == null ? words : words + ": " + part;
    }
}
