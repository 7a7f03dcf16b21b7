package io.schemajob.importer;

import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.importer.load.Loader;
import io.schemajob.importer.load.ServerRefusal;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Untrusted;
import java.sql.SQLException;

/** Gives what can go wrong in an import its exit status. */
final class ImportFailures {
    static final String NOTHING_KEPT = "Everything was rolled back; the tables are as they were.";

    private ImportFailures() {}

    static SchemajobException of(SQLException e) {
        String state = SqlStates.of(e);
        if (Loader.aboutData(e)) {
            return Failure.of(
                            ExitStatus.IMPORT_REJECTED,
                            "The server refuses the rows: " + Untrusted.text(ServerRefusal.words(e)))
                    .sqlState(state)
                    .databaseState(NOTHING_KEPT)
                    .hint("Correct the rows in the SQLite file, or the mapping.")
                    .asException(e);
        }
        if (state.startsWith("53") && !SqlStates.unavailable(state)) {
            return Failure.of(ExitStatus.UNAVAILABLE, "The server has no room: " + Untrusted.text(e.getMessage()))
                    .sqlState(state)
                    .databaseState(NOTHING_KEPT)
                    .hint("Make room on the server's disk (or memory), and run the job again.")
                    .asException(e);
        }
        if (SqlStates.lockTimeout(state)) {
            return Failure.of(
                            ExitStatus.TRY_AGAIN, "The tables are in use by others: " + Untrusted.text(e.getMessage()))
                    .sqlState(state)
                    .databaseState(NOTHING_KEPT)
                    .hint("Stop what uses the tables, or set a longer SCHEMAJOB_LOCK_TIMEOUT, and run the job again.")
                    .asException(e);
        }
        return DatabaseFailures.unexpected("The import was broken off", e);
    }
}
