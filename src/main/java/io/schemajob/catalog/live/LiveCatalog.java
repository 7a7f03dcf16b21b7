package io.schemajob.catalog.live;

import io.schemajob.catalog.kind.Kinds;
import io.schemajob.catalog.kind.NotHeld;
import io.schemajob.catalog.kind.Sign;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.SchemaObjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The live side of a comparison: one schema of a database, read in a number of messages that its size has no part in.
 *
 * <p>The caller's transaction decides what is seen: REPEATABLE READ gives one moment, a migration's own transaction
 * shows what it would leave behind. {@code search_path} must be {@code "schema", public}, because PostgreSQL prints the
 * names of visible objects without their schema. Any role may read; nothing is locked but the catalogs.
 */
public final class LiveCatalog {
    /** What {@link #read} assembles the schema from, in an order in which each finds what it needs. */
    private static final List<Part> PARTS = List.of(
            new Part(Relations.sign(), Relations::read),
            new Part(Relations.signOfParents(), Relations::readParents),
            new Part(Columns.sign(), Columns::read),
            new Part(Indexes.sign(), Indexes::read),
            new Part(Constraints.sign(), Constraints::read),
            new Part(Triggers.sign(), Triggers::read),
            new Part(Sequences.sign(), Sequences::read),
            new Part(Routines.sign(), Routines::read),
            new Part(Types.sign(), Types::read),
            new Part(Types.signOfExtensions(), Types::readExtensions));

    /**
     * How often {@link #read} waits for the server at most, however much the schema holds: for the outline, the parts, the tables of
     * other schemas that keys refer to, and the kinds of {@link Kinds}. An empty one costs the first alone.
     */
    public static final int WAITS = 4;

    /** One part of a schema, which is read where its sign shows. */
    private record Part(Sign sign, Reader reader) {
        @FunctionalInterface
        private interface Reader {
            void read(CatalogQuery query, Outline outline, Assembly assembly);
        }
    }

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
        ObjectReader objects = new ObjectReader(query, historyTable, privileges);
        Outline outline = Outline.read(
                query,
                Stream.of(PARTS.stream().map(Part::sign), Indexes.signsOfKeys().stream(), objects.signs())
                        .flatMap(signs -> signs)
                        .toList());
        Assembly assembly = new Assembly(historyTable);
        for (Part part : PARTS) {
            if (outline.shows(part.sign)) {
                part.reader.read(query, outline, assembly);
            }
        }
        query.ask();
        return assembly.schema().withObjects(objects.read(outline));
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
