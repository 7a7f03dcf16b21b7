package io.schemajob.autogenerate;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.Snapshot;
import io.schemajob.catalog.model.PartitionPolicy;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.model.Table;
import io.schemajob.catalog.model.TableBuilder;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.testing.SchemaCensus;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A schema as statements have made it in the database.
 *
 * @param declared as {@code snapshot} writes it
 * @param census what there is
 */
record SchemaState(Schema declared, String census) {
    /** Everything that a case may have made, so that the next one can use the database too. */
    private static final String RESET =
            """
            SET search_path = pg_catalog;
            DO $$
            DECLARE
                what text;
            BEGIN
                FOR what IN SELECT format('EVENT TRIGGER %I', evtname) FROM pg_event_trigger
                      UNION ALL SELECT format('PUBLICATION %I', pubname) FROM pg_publication
                      UNION ALL SELECT format('LANGUAGE %I CASCADE', lanname) FROM pg_language WHERE oid >= 16384
                      UNION ALL SELECT format('FOREIGN DATA WRAPPER %I CASCADE', fdwname) FROM pg_foreign_data_wrapper
                      UNION ALL SELECT format('SCHEMA %I CASCADE', nspname) FROM pg_namespace
                                 WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
                      UNION ALL SELECT format('ACCESS METHOD %I CASCADE', a.amname) FROM pg_am a WHERE a.oid >= 16384
                                   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = a.oid AND d.deptype = 'e') LOOP
                    EXECUTE 'DROP ' || what;
                END LOOP;
            END
            $$;
            CREATE SCHEMA public;
            COMMENT ON SCHEMA public IS 'standard public schema';
            """;

    /** Test servers have no autovacuum, and catalogs full of what was dropped are slow to read. */
    private static final int EVERY_VACUUM = 25;

    private static final AtomicInteger CLEARED = new AtomicInteger();

    static SchemaState of(Connection connection, String world, String sql) throws SQLException {
        clear(connection, world);
        try (Statement statement = connection.createStatement()) {
            split(sql).forEach(part -> execute(statement, part));
        }
        return of(connection, false);
    }

    /** Without anything but these statements, which is where a case begins. */
    static void clear(Connection connection, String world) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(RESET);
            if (CLEARED.incrementAndGet() % EVERY_VACUUM == 0) {
                statement.execute("VACUUM");
            }
            split(world).forEach(part -> execute(statement, part));
            statement.execute("SET search_path = public");
        }
    }

    /** What there is now. */
    static SchemaState of(Connection connection, boolean privileges) throws SQLException {
        String text = SchemaYaml.write(Snapshot.take(connection, "public", null, List.of(), privileges), List.of());
        return new SchemaState(
                SchemaYaml.read(new TextFile("schema.yaml", text)), SchemaCensus.of(connection, privileges));
    }

    /** The same with a census that holds owners and privileges, whether they are declared or not. */
    SchemaState withCensus(Connection connection) throws SQLException {
        return new SchemaState(declared, SchemaCensus.of(connection, true));
    }

    /** The same where no partition may be there that is not declared. */
    SchemaState withPartitionsDeclared() {
        Map<String, Table> tables = new HashMap<>();
        declared.tables().forEach((name, table) -> {
            TableBuilder builder = TableBuilder.of(table);
            builder.partitions = table.partitionBy() == null ? null : PartitionPolicy.DECLARED;
            tables.put(name, builder.build());
        });
        return new SchemaState(declared.withTables(tables), census);
    }

    private static void execute(Statement statement, String sql) {
        try {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage() + " in " + sql, e);
        }
    }

    static List<String> split(String sql) {
        return ScriptParser.outline(Script.of(new TextFile("test.sql", sql))).statements().stream()
                .map(statement -> statement.sql())
                .toList();
    }
}
