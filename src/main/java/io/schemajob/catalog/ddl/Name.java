package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.sql.SqlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Something that statements make, need and take away.
 *
 * @param kind what it is
 * @param words identifiers, of which all have to occur in a statement that needs it: {@code table, column}
 * @param schema where it is, if the plan leads through several and that is not the one that is looked at; or null
 */
public record Name(Kind kind, List<String> words, String schema) {
    public enum Kind {
        /** A table, view or sequence. */
        RELATION,
        COLUMN,
        TYPE,
        FUNCTION,
        EXTENSION,
        /** What {@link io.schemajob.catalog.kind.ObjectKind#names} says. */
        OBJECT,
        /** A primary key or unique constraint by its table and columns, for foreign keys. */
        KEY,
        /** A value of an enum, as SQL writes it. */
        VALUE,
        /** A name of {@code pg_type}: types share theirs with tables, views and sequences, but not with indexes. */
        TYPE_NAME,
        /** That a column is NOT NULL, for primary keys and identity columns. */
        NOT_NULL
    }

    Name(Kind kind, List<String> words) {
        this(kind, words, null);
    }

    /** Written out for the reason of {@link ObjectIdentity#hashCode}. */
    @Override
    public int hashCode() {
        return 31 * words.hashCode() + kind.ordinal();
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof Name name
                        && kind == name.kind
                        && words.equals(name.words)
                        && Objects.equals(schema, name.schema);
    }

    /** The same as other schemas see it. */
    Name in(String other) {
        return schema == null ? new Name(kind, words, other) : this;
    }

    static Name relation(String name) {
        return new Name(Kind.RELATION, List.of(name));
    }

    static Name typeName(String name) {
        return new Name(Kind.TYPE_NAME, List.of(name));
    }

    /** Both names of a table, view or sequence: with a table comes the type of its rows, and a sequence takes no name of a type. */
    static Set<Name> relationAndType(String name) {
        return Set.of(relation(name), typeName(name));
    }

    static Name column(String table, String column) {
        return new Name(Kind.COLUMN, List.of(table, column));
    }

    static Name notNull(String table, String column) {
        return new Name(Kind.NOT_NULL, List.of(table, column));
    }

    static Name type(String name) {
        return new Name(Kind.TYPE, List.of(name));
    }

    static Name function(String name) {
        return new Name(Kind.FUNCTION, List.of(name));
    }

    /** An object by what it is and its name, as a comment says it: {@code table constraint paid on orders}. */
    static Name told(ObjectIdentity object) {
        return told(object.toString());
    }

    static Name told(String object) {
        return new Name(Kind.OBJECT, List.of(object.replace("\"", "")));
    }

    static Name constraint(String table, String constraint) {
        return told("table constraint " + constraint + " on " + table);
    }

    static Name key(String table, List<String> columns) {
        List<String> words = new ArrayList<>(columns.stream().sorted().toList());
        words.add(0, table);
        return new Name(Kind.KEY, words);
    }

    static Name value(String value) {
        return new Name(Kind.VALUE, List.of(SqlText.literal(value)));
    }

    /** Whether it is found in statements by its words. */
    boolean spoken() {
        return kind != Kind.KEY && kind != Kind.NOT_NULL && kind != Kind.TYPE_NAME;
    }

    /** Whether nothing else can be made as long as something has this name. */
    boolean isTaken() {
        return kind == Kind.RELATION || kind == Kind.TYPE_NAME;
    }
}
