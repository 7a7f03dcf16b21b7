package io.schemajob.catalog.docs;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * An object of a bundle that may own several schemas.
 *
 * @param schema a further one; empty for the main one
 */
public record RelationName(String schema, String name) {
    /** {@code audit.log}, or {@code log} in the main schema. */
    @Override
    public String toString() {
        return schema.isEmpty() ? name : schema + "." + name;
    }

    /** Of its place in the page: another one for every other object, whatever characters the names hold. */
    String id(String kind) {
        return kind + "." + (schema.isEmpty() ? "" : encoded(schema) + "/") + encoded(name);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /**
     * The table of the bundle that another one names, if it is one.
     *
     * @param from the schema of the table that names it
     * @param main name of the main schema, as the further ones use it
     */
    static Optional<RelationName> resolve(String table, String from, Schema root, String main) {
        Map<String, Table> own = (from.isEmpty() ? root : root.further().get(from)).tables();
        if (own.containsKey(table)) {
            return Optional.of(new RelationName(from, table));
        }
        for (int dot = table.indexOf('.'); dot >= 0; dot = table.indexOf('.', dot + 1)) {
            String schema = table.substring(0, dot);
            String name = table.substring(dot + 1);
            Schema other = schema.equals(main) ? root : root.further().get(schema);
            if (other != null && other.tables().containsKey(name)) {
                return Optional.of(new RelationName(other == root ? "" : schema, name));
            }
        }
        return Optional.empty();
    }
}
