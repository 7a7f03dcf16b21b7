package io.schemajob.catalog.ddl;

import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;

/** How a schema calls what belongs to a table, which may be one of another schema of the bundle and then has a qualified name. */
record OwnNames(Schema schema) {
    /** The table's name in its own schema. */
    String bare(Table table) {
        return isHere(table)
                ? table.name()
                : table.name().substring(table.name().indexOf('.') + 1);
    }

    /** A name of the table's schema as it is seen from here. */
    Name seen(Table table, Name name) {
        return isHere(table)
                ? name
                : name.in(table.name().substring(0, Math.max(0, table.name().indexOf('.'))));
    }

    private boolean isHere(Table table) {
        return schema.tables().containsKey(table.name());
    }
}
