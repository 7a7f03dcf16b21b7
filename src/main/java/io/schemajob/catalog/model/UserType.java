package io.schemajob.catalog.model;

import java.util.Comparator;
import java.util.List;

/** A type that the schema defines. */
public sealed interface UserType {
    String name();

    /** The role, or null where a declaration leaves it open. */
    String owner();

    /** Or null. */
    String comment();

    /** The same with another owner and comment. */
    UserType with(String owner, String comment);

    /** {@code enum}, {@code domain} or {@code composite type}. */
    String kind();

    default ObjectIdentity identity() {
        return ObjectIdentity.of(kind(), name());
    }

    /** @param values in their sort order */
    record Enumeration(String name, List<String> values, String owner, String comment) implements UserType {
        public Enumeration {
            values = List.copyOf(values);
        }

        @Override
        public UserType with(String role, String text) {
            return new Enumeration(name, values, role, text);
        }

        @Override
        public String kind() {
            return "enum";
        }
    }

    /**
     * @param type that it restricts
     * @param nullable whether it takes NULL
     * @param defaultValue an expression, or null
     * @param collation if it is not the type's, or null
     * @param checks over {@code VALUE}
     */
    record Domain(
            String name,
            String type,
            boolean nullable,
            String defaultValue,
            String collation,
            List<Check> checks,
            String owner,
            String comment)
            implements UserType {
        public Domain {
            checks = checks.stream().sorted(Comparator.comparing(Check::name)).toList();
        }

        @Override
        public UserType with(String role, String text) {
            return new Domain(name, type, nullable, defaultValue, collation, checks, role, text);
        }

        @Override
        public String kind() {
            return "domain";
        }
    }

    /** @param attributes in order, with name, type, collation and comment only */
    record Composite(String name, List<Column> attributes, String owner, String comment) implements UserType {
        public Composite {
            attributes = List.copyOf(attributes);
        }

        @Override
        public UserType with(String role, String text) {
            return new Composite(name, attributes, role, text);
        }

        @Override
        public String kind() {
            return "composite type";
        }
    }
}
