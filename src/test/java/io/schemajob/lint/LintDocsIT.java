package io.schemajob.lint;

import io.schemajob.bundle.script.ParsedScript;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.testing.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts that the docs recommend run, as a migration runs them, on tables with rows. */
class LintDocsIT {
    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void recommendedScriptsRun(int major) throws SQLException {
        for (LintDocs section : LintDocs.all()) {
            try (Connection connection =
                    Postgres.version(major).createDatabase().connect()) {
                run(connection, LintDocs.before());
                run(
                        connection,
                        "INSERT INTO customers VALUES (1, 'Ada'); INSERT INTO feelings VALUES (1, 'good');"
                                + "INSERT INTO orders (id, customer_id, status, quantity) VALUES (1, 1, 'open', 1)");
                for (LintDocs.Example example : section.better()) {
                    run(connection, example.sql());
                }
            }
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        ParsedScript script = ScriptParser.parse(Bundles.script("x.sql", sql));
        connection.setAutoCommit(!script.transactional());
        try (java.sql.Statement jdbc = connection.createStatement()) {
            for (Statement statement : script.statements()) {
                jdbc.execute(statement.sql());
            }
        }
        if (script.transactional()) {
            connection.commit();
        }
    }
}
