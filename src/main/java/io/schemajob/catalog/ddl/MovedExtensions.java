package io.schemajob.catalog.ddl;

import io.schemajob.catalog.diff.SchemaComparison;
import io.schemajob.catalog.model.Extension;
import io.schemajob.catalog.model.ObjectIdentity;
import io.schemajob.catalog.sql.SqlNames;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Extensions that a person has to move to another schema. What names that schema, or a type that has the name of the extension, waits: it
 * would not be found before, and columns follow by themselves.
 */
record MovedExtensions(Set<Name> names) {
    static MovedExtensions of(SchemaComparison comparison, Changes changes) {
        Set<Name> names = new HashSet<>();
        for (Map.Entry<String, Extension> entry :
                comparison.declared().extensions().entrySet()) {
            if (changes.changed(ObjectIdentity.of("extension", entry.getKey()), "schema")) {
                names.add(extension(entry.getKey()));
                if (entry.getValue().schema() != null) {
                    names.add(
                            new Name(Name.Kind.OBJECT, List.of(entry.getValue().schema())));
                }
            }
        }
        return new MovedExtensions(names);
    }

    private static Name extension(String name) {
        return new Name(Name.Kind.EXTENSION, List.of(name));
    }

    /** Whether one of two types waits. */
    boolean concern(String type, String other) {
        return !names.isEmpty()
                && SqlNames.mentioned(type + " " + other).stream()
                        .anyMatch(word -> names.contains(extension(word))
                                || names.contains(new Name(Name.Kind.OBJECT, List.of(word))));
    }
}
