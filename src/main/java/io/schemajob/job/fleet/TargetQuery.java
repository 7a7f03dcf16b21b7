package io.schemajob.job.fleet;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SimpleQuery;
import io.schemajob.database.query.SqlStates;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Blanks;
import io.schemajob.report.text.Untrusted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * The rows of a query as targets: software that keeps a schema or a database per tenant has them in a table. The query
 * runs read-only, in a session of its own, on the database that the connection of the command leads to.
 */
final class TargetQuery {
    private static final String ONE_SELECT =
            "Write one SELECT with the columns name and, as far as targets differ," + " schema, database and secret.";

    private static final List<String> ROWS = List.of("SELECT", "WITH", "VALUES", "TABLE");

    private final TextFile file;
    private final RunContext run;

    TargetQuery(TextFile file, RunContext run) {
        this.file = file;
        this.run = run;
    }

    /**
     * Runs the query.
     *
     * @throws SchemajobException CONFIG for a query or a row that cannot be meant
     */
    List<FleetTarget> read() {
        Statement query = query();
        Bundle bundle = run.bundle();
        run.log().step("Reading the targets from the control database...");
        try (RunSession control = RunSession.openControl(run, bundle);
                Connection session = control.sessions().open()) {
            return read(session, query);
        } catch (SQLException e) {
            run.cancellation().check();
            if (SqlStates.blamesText(SqlStates.of(e))) {
                throw Problem.at(
                        file.path(),
                        query.line(),
                        "the query of the targets failed: %s (SQLSTATE %s)"
                                .formatted(Untrusted.text(words(e)), SqlStates.of(e)),
                        ONE_SELECT);
            }
            throw DatabaseFailures.unexpected("The targets could not be read from the control database", e);
        }
    }

    private static String words(SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException sql ? sql.getServerErrorMessage() : null;
        return server == null ? e.getMessage() : server.getMessage();
    }

    private Statement query() {
        List<Statement> statements =
                ScriptParser.parse(new Script(file, file.path(), 0)).statements();
        if (statements.size() != 1) {
            throw Problem.in(
                    file.path(), "the query of the targets is %d statements".formatted(statements.size()), ONE_SELECT);
        }
        Statement query = statements.get(0);
        // COPY would write files and run programs also in a transaction that is read-only.
        SqlLexer tokens = query.tokens();
        tokens.next();
        if (!tokens.is('(') && ROWS.stream().noneMatch(tokens::is)) {
            throw refused(query, "the query of the targets is no SELECT");
        }
        return query;
    }

    private List<FleetTarget> read(Connection session, Statement query) throws SQLException {
        session.setAutoCommit(false);
        SimpleQuery.run(session, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        try (java.sql.Statement statement = session.createStatement()) {
            // In pieces: a fleet may be large.
            statement.setFetchSize(1000);
            if (!statement.execute(query.sql())) {
                throw Problem.at(file.path(), query.line(), "the query of the targets returns no rows", ONE_SELECT);
            }
            try (ResultSet rows = statement.getResultSet()) {
                return targets(rows, query);
            }
        } finally {
            session.rollback();
        }
    }

    private List<FleetTarget> targets(ResultSet rows, Statement query) throws SQLException {
        List<String> columns = columns(rows.getMetaData(), query);
        TargetCollector targets = new TargetCollector(run.settings());
        for (int number = 1; rows.next(); number++) {
            Map<String, String> fields = new HashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                fields.put(columns.get(i), rows.getString(i + 1));
            }
            int row = number;
            targets.add(fields).ifPresent(refusal -> {
                String name = fields.get(TargetCollector.NAME);
                throw Problem.in(
                        file.path(),
                        "row %d%s: %s"
                                .formatted(
                                        row,
                                        name == null
                                                ? ""
                                                : " (name \"%s\")".formatted(Untrusted.text(Blanks.shown(name))),
                                        Untrusted.text(refusal.sentence(refusal.field()))),
                        "Correct the row in the control database, or the query.");
            });
        }
        return targets.targets();
    }

    private List<String> columns(ResultSetMetaData data, Statement query) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= data.getColumnCount(); i++) {
            String label = data.getColumnLabel(i);
            if (!TargetCollector.FIELDS.contains(label)) {
                throw refused(query, "unknown column %s %s".formatted(label, TargetCollector.unknown(label)));
            }
            if (columns.contains(label)) {
                throw refused(query, "the column %s is there twice".formatted(label));
            }
            columns.add(label);
        }
        if (!columns.contains(TargetCollector.NAME)) {
            throw refused(query, "the column name is missing");
        }
        return columns;
    }

    private SchemajobException refused(Statement query, String why) {
        return Problem.at(file.path(), query.line(), Untrusted.text(why), ONE_SELECT);
    }
}
