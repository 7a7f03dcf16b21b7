package io.schemajob.bundle.script;

import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.sql.ConcurrentIndex;
import io.schemajob.bundle.sql.LineComment;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.bundle.sql.StatementKinds;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a script apart before anything of it runs, so that what can be known to be wrong is told while the database is
 * untouched. Linear in the script's length.
 */
public final class ScriptParser {
    private ScriptParser() {}

    /**
     * @throws SchemajobException {@link ExitStatus#CONFIG} with file and line: something opened and never closed, a
     *     command of psql, transaction control, a statement that cannot run in a transaction beside others, or an index
     *     without a name that is built concurrently
     */
    public static ParsedScript parse(Script script) {
        Section section = script.section();
        if (section != null) {
            refuse(script, section.refusals());
        }
        List<LineComment> comments = new ArrayList<>();
        List<Statement> all = ScriptSteps.mayAsk(script)
                ? StatementSplitter.split(script, comments::add)
                : StatementSplitter.split(script);
        boolean asked = ScriptSteps.asked(script, all, comments);
        if (asked || section != null && !section.transactional()) {
            all.forEach(statement -> requireIndexName(script, statement));
            return new ParsedScript(script, all, all.isEmpty(), ScriptSteps.of(script, all, asked ? null : section));
        }
        List<Statement> statements = TransactionControl.strip(script, all);
        for (Statement statement : statements) {
            if (statement.kind() == Statement.Kind.NON_TRANSACTIONAL) {
                requireAlone(script, statements, statement);
                requireIndexName(script, statement);
                return new ParsedScript(
                        script, statements, false, List.of(new ScriptStep(0, 1, ScriptStep.Kind.ALONE)));
            }
        }
        return new ParsedScript(script, statements, true, List.of());
    }

    private static void refuse(Script script, List<Section.Refusal> refusals) {
        refusals.stream().findFirst().ifPresent(refusal -> {
            throw Problem.at(script.path(), refusal.line(), refusal.message(), refusal.hint());
        });
    }

    /**
     * Takes several scripts apart that are to run, and tells of all that are refused at once.
     *
     * @throws SchemajobException {@link ExitStatus#CONFIG}, each script with file, line and reason
     */
    public static List<ParsedScript> parseAll(List<Script> scripts) {
        List<ParsedScript> parsed = new ArrayList<>();
        List<SchemajobException> refused = new ArrayList<>();
        for (Script script : scripts) {
            try {
                refuse(script, script.unset());
                parsed.add(parse(script));
            } catch (SchemajobException e) {
                refused.add(e);
            }
        }
        if (refused.size() == 1) {
            throw refused.get(0);
        } else if (!refused.isEmpty()) {
            throw Problem.several(refused);
        }
        return parsed;
    }

    /**
     * The script as it is written, whether or not it could be run: for those who look at scripts and do not run them.
     *
     * @throws SchemajobException {@link ExitStatus#CONFIG} with file and line: something opened and never closed, or a
     *     command of psql
     */
    public static ScriptOutline outline(Script script) {
        List<LineComment> comments = new ArrayList<>();
        List<Statement> statements = StatementSplitter.split(script, comments::add);
        return new ScriptOutline(script, statements, comments);
    }

    private static void requireAlone(Script script, List<Statement> statements, Statement alone) {
        for (Statement other : statements) {
            if (other != alone) {
                String name = StatementKinds.nonTransactional(alone.tokens());
                throw Problem.at(
                        script.path(),
                        alone.line(),
                        name + " cannot run in a transaction and so cannot share its script with the statement on line "
                                + other.line(),
                        "Put it into a script of its own." + TransactionControl.STEPWISE);
            }
        }
    }

    /** The server would make up a name, and one more for each run after one that was killed. */
    private static void requireIndexName(Script script, Statement statement) {
        boolean nameless = ConcurrentIndex.of(statement)
                .filter(index -> index.action() == ConcurrentIndex.Action.CREATE && index.index() == null)
                .isPresent();
        if (nameless) {
            throw Problem.at(
                    script.path(),
                    statement.line(),
                    "an index that is built concurrently needs a name, so that a run after a killed one finds what that left",
                    "CREATE INDEX CONCURRENTLY name ON …");
        }
    }
}
