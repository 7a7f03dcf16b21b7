package io.schemajob.lint.rule;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.RowSources;
import java.util.List;

/** A back-fill meets every row, or fails: it is not filtered by row security in silence. */
public final class RowSecurityRules implements RuleCheck {
    private final List<Statement> statements;
    private int next;
    private boolean refused;

    /** @param statements of the script, as they are looked at */
    public RowSecurityRules(List<Statement> statements) {
        this.statements = statements;
    }

    @Override
    public void look(Ddl ddl, int line, ScriptContext context) {
        RowSources sources = RowSources.of(statements.get(next++));
        if (sources.rowSecurity() != null) {
            refused = !sources.rowSecurity();
        }
        if (refused) {
            return;
        }
        sources.tables().stream()
                .filter(context.schema().hidingTables()::hides)
                .findFirst()
                .ifPresent(table -> context.report(Rule.HIDDEN_ROWS, line, subject(sources, table)));
    }

    private static String subject(RowSources sources, SqlName table) {
        return "%s with rows of %s".formatted(sources.verb(), table);
    }
}
