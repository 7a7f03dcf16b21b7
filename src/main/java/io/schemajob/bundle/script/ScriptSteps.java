package io.schemajob.bundle.script;

import io.schemajob.bundle.script.ScriptStep.Kind;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.sql.LineComment;
import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.SqlLexer.Token;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the comment by which a script asks to run outside of a transaction, and takes such a script apart into steps.
 * Linear in the script's length.
 */
final class ScriptSteps {
    /** What lint accepts a finding by begins the same way. */
    private static final String IGNORE = "ignore";

    private static final String NO_TRANSACTION = "no-transaction";
    private static final Pattern DIRECTIVE = Pattern.compile("--\\s*schemajob:\\s*(\\S*)(.*)");

    /** Words from CREATE to the name: {@code OR REPLACE UNLOGGED TABLE IF NOT EXISTS}. */
    private static final int LONGEST_HEAD = 8;

    private final Script script;
    private final List<Statement> statements;
    private final Section section;
    private final List<ScriptStep> steps = new ArrayList<>();

    private ScriptSteps(Script script, List<Statement> statements, Section section) {
        this.script = script;
        this.statements = statements;
        this.section = section;
    }

    /** Whether there may be a directive: most scripts have none, and their comments need not be looked at. */
    static boolean mayAsk(Script script) {
        return script.text().contains("schemajob:");
    }

    /**
     * Whether a comment above the first statement asks for it.
     *
     * @throws SchemajobException CONFIG for a comment that says something else, or stands elsewhere
     */
    static boolean asked(Script script, List<Statement> statements, List<LineComment> comments) {
        boolean asked = false;
        for (LineComment comment : comments) {
            Matcher directive = DIRECTIVE.matcher(comment.text().strip());
            if (!directive.matches() || directive.group(1).equals(IGNORE)) {
                continue;
            }
            int line = 1
                    + (int) script.text()
                            .substring(0, comment.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            if (!directive.group(1).equals(NO_TRANSACTION)) {
                throw Problem.at(
                        script.path(),
                        line,
                        "\"" + comment.text().strip() + "\" is no comment that is known",
                        "-- schemajob: " + NO_TRANSACTION);
            }
            if (!statements.isEmpty() && statements.get(0).start() < comment.start()) {
                throw Problem.at(
                        script.path(),
                        line,
                        "the comment concerns the whole script, but stands below its first statement",
                        "Move it to the top.");
            }
            asked = true;
        }
        return asked;
    }

    /** @param section how another tool sends the statements, or null if each is a step of its own */
    static List<ScriptStep> of(Script script, List<Statement> statements, Section section) {
        return new ScriptSteps(script, statements, section).read();
    }

    private List<ScriptStep> read() {
        for (int i = 0; i < statements.size(); ) {
            ScriptStep step = step(i);
            steps.add(step);
            i = step.end();
        }
        return List.copyOf(steps);
    }

    private ScriptStep step(int first) {
        Statement statement = statements.get(first);
        return switch (TransactionControl.of(statement)) {
            case BEGIN -> new ScriptStep(first, block(first), Kind.BLOCK);
            case COMMIT, OTHER -> throw refuse(statement, "there is no BEGIN before it", null);
            case NONE -> {
                int count = batch(first);
                statements.subList(first, first + count).forEach(this::refuseTemporary);
                yield new ScriptStep(first, count, count > 1 ? Kind.STATEMENT : kind(statement));
            }
        };
    }

    /**
     * How many statements the tool whose format it is sends at once: PostgreSQL takes them in one transaction, and refuses
     * what cannot run in one beside others.
     */
    private int batch(int first) {
        if (section == null) {
            return 1;
        }
        int batch = section.batch(statements.get(first).start());
        int end = first + 1;
        while (end < statements.size()
                && section.batch(statements.get(end).start()) == batch
                && TransactionControl.of(statements.get(end)) == TransactionControl.Control.NONE) {
            end++;
        }
        for (Statement statement : statements.subList(first, end)) {
            if (end - first > 1 && statement.kind() == Statement.Kind.NON_TRANSACTIONAL) {
                throw refuse(
                        statement,
                        "it cannot run in a transaction, but %s sends it with the statements beside it, which makes one"
                                .formatted(section.tool()),
                        section.tool().equals(NamingStyle.GOOSE.key())
                                ? "Put it on lines of its own, or between a StatementBegin and StatementEnd of its own."
                                : "Put it into a file of its own.");
            }
        }
        return end - first;
    }

    /** @return how many statements from BEGIN to COMMIT */
    private int block(int first) {
        for (int i = first + 1; i < statements.size(); i++) {
            Statement statement = statements.get(i);
            switch (TransactionControl.of(statement)) {
                case COMMIT -> {
                    return i + 1 - first;
                }
                case BEGIN, OTHER ->
                    throw refuse(
                            statement,
                            "the BEGIN on line " + statements.get(first).line() + " is not ended by COMMIT before it",
                            null);
                case NONE -> {
                    refuseTemporary(statement);
                    if (statement.kind() == Statement.Kind.NON_TRANSACTIONAL) {
                        throw refuse(
                                statement,
                                "it stands between BEGIN and COMMIT and cannot run in a transaction",
                                "Move" + " it behind the COMMIT.");
                    }
                }
            }
        }
        throw refuse(statements.get(first), "it is not ended by COMMIT", null);
    }

    private static Kind kind(Statement statement) {
        SqlLexer tokens = statement.tokens();
        tokens.next();
        if (statement.kind() == Statement.Kind.NON_TRANSACTIONAL
                || tokens.is("DO")
                || tokens.is("CALL")
                || tokens.is("REINDEX")
                || tokens.is("CLUSTER")) {
            return Kind.ALONE;
        }
        return statement.changesSession() ? Kind.SESSION : Kind.STATEMENT;
    }

    /** A run that goes on where another one ended has another session. */
    private void refuseTemporary(Statement statement) {
        if (makesTemporary(statement.tokens())) {
            throw refuse(
                    statement,
                    "a temporary table would be gone where a later run goes on",
                    "Use an ordinary table, and" + " drop it at the end.");
        }
    }

    private static boolean makesTemporary(SqlLexer tokens) {
        tokens.next();
        boolean create = tokens.is("CREATE");
        boolean query = tokens.is("SELECT") || tokens.is("WITH") || tokens.is("VALUES") || tokens.is("TABLE");
        if (tokens.accept("CREATE") && isTemporary(tokens)) {
            return true;
        }
        // CREATE TABLE IF NOT EXISTS pg_temp.name: the name is among the first words.
        for (int i = 0; i < LONGEST_HEAD && create && tokens.token() != Token.END; i++) {
            if (tokens.accept("pg_temp") && tokens.is('.')) {
                return true;
            }
            tokens.next();
        }
        while (query && tokens.token() != Token.END) {
            if (tokens.accept("INTO") && (isTemporary(tokens) || tokens.is("pg_temp"))) {
                return true;
            }
            tokens.next();
        }
        return false;
    }

    private static boolean isTemporary(SqlLexer tokens) {
        return tokens.is("TEMP") || tokens.is("TEMPORARY");
    }

    private SchemajobException refuse(Statement statement, String why, String hint) {
        return Problem.at(script.path(), statement.line(), TransactionControl.excerpt(statement) + ": " + why, hint);
    }
}
