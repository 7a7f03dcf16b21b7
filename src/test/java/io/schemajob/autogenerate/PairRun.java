package io.schemajob.autogenerate;

import io.schemajob.testing.Postgres;
import io.schemajob.testing.SchemaDump;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Leads from one schema of a {@link SchemaPair} to the other, back by the down scripts, there again, back by what is
 * declared, and from nothing to the second one. After each step {@code pg_dump} decides whether it is there.
 */
final class PairRun {
    private PairRun() {}

    /** What went wrong, in sentences; empty if nothing did. */
    static List<String> failures(Postgres.Database database, SchemaPair pair) {
        List<String> failures = new ArrayList<>();
        try (Connection connection = database.planningOnce()) {
            Lead lead = new Lead(connection, pair.name(), false);
            all(database, connection, pair, lead);
            failures.addAll(lead.failures());
        } catch (SQLException | RuntimeException e) {
            failures.add(pair.name() + ": " + e);
        }
        return failures;
    }

    private static void all(Postgres.Database database, Connection connection, SchemaPair pair, Lead lead)
            throws SQLException {
        SchemaState to = SchemaState.of(connection, pair.world(), pair.to());
        SchemaState from = SchemaState.of(connection, pair.world(), pair.from());
        boolean there = lead.lead("there", from, to, pair.left(), false);
        if (!there || !pair.left().isEmpty()) {
            SchemaState.of(connection, pair.world(), pair.to());
        }
        lead.lead("back", to, from, pair.leftBack(), true);
        SchemaState nothing = SchemaState.of(connection, pair.world(), "");
        if (lead.lead("from nothing", nothing, to, pair.leftNew(), false)) {
            dumped(database, connection, pair, lead);
        }
    }

    /** That the census forgets nothing, {@code pg_dump} says. */
    private static void dumped(Postgres.Database database, Connection connection, SchemaPair pair, Lead lead)
            throws SQLException {
        String made = SchemaDump.of(database);
        SchemaState.of(connection, pair.world(), pair.to());
        String difference = SchemaDump.difference(SchemaDump.of(database), made);
        if (!difference.isEmpty()) {
            lead.fail("from nothing", "pg_dump:\n" + difference);
        }
    }
}
