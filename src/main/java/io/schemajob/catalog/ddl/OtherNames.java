package io.schemajob.catalog.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What the other schemas of a plan have, as one of them sees it.
 *
 * @param names that carry their schema
 * @param schemas of the names
 */
record OtherNames(Set<Name> names, Set<String> schemas) {
    static final OtherNames NONE = new OtherNames(Set.of(), Set.of());

    private static final String ON_EVERY_PATH = "public";

    /** A name by which a foreign key or partition says its other table: {@code audit.users}. */
    Name resolved(Name name) {
        String first = name.words().get(0);
        for (String schema : schemas) {
            if (name.schema() == null && first.startsWith(schema + ".")) {
                List<String> words = new ArrayList<>(name.words());
                words.set(0, first.substring(schema.length() + 1));
                return new Name(name.kind(), words, schema);
            }
        }
        return name;
    }

    /** Whether the words of a statement can mean this name, all words of which they hold. */
    boolean mentions(Set<String> words, Name name) {
        return name.schema() == null || name.schema().equals(ON_EVERY_PATH) || words.contains(name.schema());
    }
}
