package io.schemajob.catalog.diff;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.util.List;

/**
 * What a comparison of one schema found, and what it compared: verify tells the changes, and a plan leads from one side to
 * the other by them. Nothing else decides what is equal.
 *
 * @param declared the declaration, without what parents bring and as a server of this version can have it
 * @param live the live schema, without what parents bring and with constraints that differ in nothing but their names under
 *     the declared ones
 * @param changes all that there are, those that are not told included
 */
public record SchemaComparison(Schema declared, Schema live, List<Difference> changes) {
    public SchemaComparison {
        changes = List.copyOf(changes);
    }

    /** Compares one schema; the further ones of a bundle are compared on their own. */
    public static SchemaComparison of(Schema declared, Schema live, DiffOptions options) {
        return SchemaDiff.one(declared, live, options);
    }

    /** The changes that are nothing but another name of a table's constraint; {@code live} has the declared ones. */
    public List<Difference> renames() {
        return RenamedConstraints.among(changes);
    }

    /** The table of the declared schema that a partition belongs to, perhaps through others; null where there is none. */
    public Table declaredParent(Table table) {
        return Inheritance.declaredParent(table, declared, live);
    }
}
