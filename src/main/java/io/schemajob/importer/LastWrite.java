package io.schemajob.importer;

import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.DeferredConstraints;
import io.schemajob.importer.load.ServerRefusal;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The point of an import after which its transaction writes nothing: what was compared is what is committed. */
public final class LastWrite {
    private LastWrite() {}

    /**
     * Forbids the server every change until the transaction ends, also to triggers that were deferred during the
     * comparison.
     *
     * @throws io.schemajob.report.failure.SchemajobException IMPORT_REJECTED if one of them would have changed something
     */
    public static void passed(Connection session) throws SQLException {
        try (Statement statement = session.createStatement()) {
            statement.execute("SET TRANSACTION READ ONLY");
            DeferredConstraints.endDeferring(session);
        } catch (SQLException e) {
            if (!SqlStates.of(e).equals(SqlStates.READ_ONLY)) {
                throw e;
            }
            throw Failure.of(
                            ExitStatus.IMPORT_REJECTED,
                            "A deferred trigger would change the database after the rows were compared: "
                                    + Untrusted.text(ServerRefusal.words(e)))
                    .sqlState(SqlStates.READ_ONLY)
                    .databaseState(ImportFailures.NOTHING_KEPT)
                    .hint(
                            "Look for a function that runs SET CONSTRAINTS … DEFERRED; disable its trigger for the import.")
                    .asException(e);
        }
    }
}
