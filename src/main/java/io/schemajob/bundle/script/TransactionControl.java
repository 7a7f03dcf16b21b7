package io.schemajob.bundle.script;

import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.SqlLexer.Token;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.bundle.sql.StatementKinds;
import io.schemajob.report.failure.SchemajobException;
import java.util.List;

/**
 * Keeps scripts from ending the transaction that the run supplies. A pair of {@code BEGIN} and {@code COMMIT} around a
 * whole script is harmless and common with golang-migrate, so it is left out; everything else is refused.
 */
final class TransactionControl {
    /** What a statement does to the transaction. */
    enum Control {
        NONE,
        BEGIN,
        COMMIT,
        OTHER
    }

    static final String STEPWISE =
            " A script whose first line is the comment \"-- schemajob: no-transaction\" runs statement by statement, with"
                    + " BEGIN and COMMIT where it says so.";

    private TransactionControl() {}

    static List<Statement> strip(Script script, List<Statement> statements) {
        int last = statements.size() - 1;
        boolean wrapped = last >= 1
                && control(script, statements.get(0)) == Control.BEGIN
                && control(script, statements.get(last)) == Control.COMMIT;
        List<Statement> inner = wrapped ? statements.subList(1, last) : statements;
        for (Statement statement : inner) {
            if (control(script, statement) != Control.NONE) {
                throw refuse(script, statement);
            } else if (wrapped && statement.kind() == Statement.Kind.NON_TRANSACTIONAL) {
                String name = StatementKinds.nonTransactional(statement.tokens());
                throw Problem.at(
                        script.path(),
                        statement.line(),
                        name + " cannot run in a transaction, but stands between BEGIN and COMMIT",
                        "Delete BEGIN and COMMIT, and leave this statement alone in its script." + STEPWISE);
            }
        }
        return List.copyOf(inner);
    }

    private static Control control(Script script, Statement statement) {
        Control control = of(statement);
        return control == Control.BEGIN ? begin(script, statement) : control;
    }

    /** What a statement does to the transaction, whether or not it may. */
    static Control of(Statement statement) {
        SqlLexer tokens = statement.tokens();
        tokens.next();
        if (tokens.accept("BEGIN")) {
            return Control.BEGIN;
        } else if (tokens.accept("START")) {
            return tokens.is("TRANSACTION") ? Control.BEGIN : Control.NONE;
        } else if (tokens.accept("COMMIT") || tokens.accept("END")) {
            return commit(tokens);
        } else if (tokens.accept("ROLLBACK")) {
            acceptNoise(tokens);
            return tokens.is("TO") ? Control.NONE : Control.OTHER;
        } else if (tokens.accept("PREPARE")) {
            return tokens.is("TRANSACTION") ? Control.OTHER : Control.NONE;
        }
        return tokens.is("ABORT") ? Control.OTHER : Control.NONE;
    }

    private static Control begin(Script script, Statement statement) {
        SqlLexer tokens = statement.tokens();
        tokens.next();
        tokens.next();
        acceptNoise(tokens);
        if (tokens.token() != Token.END) {
            throw Problem.at(
                    script.path(),
                    statement.line(),
                    "BEGIN with an isolation level or access mode, but the run begins the transaction itself",
                    "Delete BEGIN and COMMIT, and make SET TRANSACTION the first statement." + STEPWISE);
        }
        return Control.BEGIN;
    }

    private static Control commit(SqlLexer tokens) {
        acceptNoise(tokens);
        if (tokens.accept("AND") && tokens.accept("NO")) {
            tokens.accept("CHAIN");
        }
        return tokens.token() == Token.END ? Control.COMMIT : Control.OTHER;
    }

    private static void acceptNoise(SqlLexer tokens) {
        if (!tokens.accept("WORK")) {
            tokens.accept("TRANSACTION");
        }
    }

    private static SchemajobException refuse(Script script, Statement statement) {
        return Problem.at(
                script.path(),
                statement.line(),
                "a script may not begin or end transactions itself, but says " + excerpt(statement),
                "The run puts the whole script into one transaction: delete the statement, or split the script into"
                        + " several. Only a pair of BEGIN first and COMMIT last is left out by itself." + STEPWISE);
    }

    /** The beginning of a statement on one line. */
    static String excerpt(Statement statement) {
        String sql = statement.sql().strip();
        String shown = sql.length() > 40 ? sql.substring(0, 40) + "…" : sql;
        return shown.replaceAll("\\s+", " ");
    }
}
