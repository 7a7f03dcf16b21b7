package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The live side of a comparison: one schema of a database, read in a fixed number of queries.
 *
 * <p>The caller's transaction decides what is seen: REPEATABLE READ gives one moment, a migration's own transaction
 * shows what it would leave behind. {@code search_path} must be {@code "schema", public}, because PostgreSQL prints the
 * names of visible objects without their schema. Any role may read; nothing is locked but the catalogs.
 */
public final class LiveCatalog {
    /**
     * How many statements {@link #read} sends, however much the schema holds; and one for each kind of {@link
     * io.schemajob.catalog.kind.Kinds} that it has objects of.
     */
    public static final int QUERIES = 12;

    private LiveCatalog() {}

    /**
     * @param schema its name; one that does not exist is empty
     * @param historyTable Flyway's table, left out with all that belongs to it; or null
     */
    public static Schema read(Connection connection, String schema, String historyTable) throws SQLException {
        return read(connection, schema, historyTable, false);
    }

    /** @param privileges whether owners and privileges are read too, which is one query more for every kind of them */
    public static Schema read(Connection connection, String schema, String historyTable, boolean privileges)
            throws SQLException {
        return read(connection, schema, historyTable, privileges, List.of());
    }

    /** @param further schemas of the same bundle, whose share of what the whole database has is read too */
    public static Schema read(
            Connection connection, String schema, String historyTable, boolean privileges, List<String> further)
            throws SQLException {
        CatalogQuery query = new CatalogQuery(connection, schema, further);
        Assembly assembly = new Assembly();
        Relations.read(query, historyTable, assembly);
        Relations.readParents(query, assembly);
        Columns.read(query, assembly);
        Indexes indexes = Indexes.read(query, assembly);
        Constraints.read(query, assembly, indexes);
        Triggers.read(query, assembly);
        Sequences.read(query, assembly);
        Routines.read(query, assembly);
        Types.read(query, assembly);
        Types.readExtensions(query, assembly);
        return assembly.schema().withObjects(ObjectReader.read(query, historyTable, privileges));
    }

    /** A further schema of a bundle: without what the whole database has, which is the main one's. */
    public static Schema readFurther(Connection connection, String schema, boolean privileges) throws SQLException {
        Schema all = read(connection, schema, null, privileges);
        SchemaObjects objects = all.objects().filtered(object -> !Kinds.isDatabaseWide(object));
        Map<String, List<String>> notHeld = new LinkedHashMap<>(objects.notHeld());
        NotHeld.ALL.stream().filter(NotHeld::databaseWide).forEach(wide -> notHeld.remove(wide.words()));
        return new Schema(
                all.tables(),
                all.views(),
                all.routines(),
                all.sequences(),
                all.types(),
                Map.of(),
                new SchemaObjects(objects.coverage(), objects.byKind(), notHeld, objects.server()));
    }
}
