package io.schemajob.lint;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptOutline;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.lint.effect.TrackedSchema;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.finding.ScriptLint;
import io.schemajob.lint.finding.SuppressedFinding;
import io.schemajob.lint.rule.ColumnRules;
import io.schemajob.lint.rule.ConstraintRules;
import io.schemajob.lint.rule.EnumRules;
import io.schemajob.lint.rule.IndexRules;
import io.schemajob.lint.rule.LockRules;
import io.schemajob.lint.rule.RemovalRules;
import io.schemajob.lint.rule.RowSecurityRules;
import io.schemajob.lint.rule.RuleCheck;
import io.schemajob.lint.rule.ScriptContext;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.DdlReader;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Applies every rule to one script. */
final class ScriptLinter {
    private static final int LONGEST_HEADLINE = 60;

    private final Script script;
    private final LintConfig config;
    private final ScriptContext context;

    ScriptLinter(Script script, TrackedSchema schema, LintConfig config, boolean down) {
        this.script = script;
        this.config = config;
        this.context = new ScriptContext(schema, script.path(), down);
    }

    /** Looks at the script; a script that cannot even be taken apart is a finding, not a failure. */
    ScriptLint lint(boolean downIsMissing) {
        if (downIsMissing) {
            context.report(Rule.MISSING_DOWN, 1, script.name());
        }
        ScriptOutline outline;
        try {
            outline = ScriptParser.outline(script);
        } catch (SchemajobException e) {
            reportUnreadable(e.failure());
            return result(Suppressions.none());
        }
        lintTransaction(outline);
        lintStatements(outline.statements());
        return result(Suppressions.of(outline));
    }

    private void lintStatements(List<Statement> statements) {
        List<Ddl> ddls = statements.stream().map(DdlReader::read).toList();
        List<RuleCheck> checks = List.of(
                new IndexRules(),
                new ColumnRules(),
                new ConstraintRules(),
                new RemovalRules(ddls),
                new LockRules(),
                new RowSecurityRules(statements),
                new EnumRules(statements, ddls));
        for (int i = 0; i < ddls.size(); i++) {
            context.begin(i);
            for (RuleCheck check : checks) {
                check.look(ddls.get(i), statements.get(i).line(), context);
            }
            context.advance(ddls.get(i));
        }
    }

    private void lintTransaction(ScriptOutline outline) {
        List<Statement> statements = outline.statements();
        boolean alone = true;
        boolean together = statements.size() > 1 && !stepwise(outline);
        for (int i = 0; i < statements.size() && together; i++) {
            Statement statement = statements.get(i);
            if (statement.kind() == Statement.Kind.NON_TRANSACTIONAL) {
                context.begin(i);
                context.report(Rule.NEEDS_OWN_SCRIPT, statement.line(), statement.headline(LONGEST_HEADLINE));
                alone = false;
            }
        }
        context.begin(-1);
        if (alone) {
            try {
                ScriptParser.parse(script);
            } catch (SchemajobException e) {
                reportUnreadable(e.failure());
            }
        }
    }

    private static boolean stepwise(ScriptOutline outline) {
        try {
            return outline.stepwise();
        } catch (SchemajobException e) {
            // The comment is reported when the script is taken apart.
            return true;
        }
    }

    /** The message begins with path and line, and ends with a full stop. */
    private void reportUnreadable(Failure failure) {
        String where = failure.where();
        String message = failure.message().substring(where.length() + 2);
        context.report(
                Rule.UNREADABLE_SCRIPT,
                Integer.parseInt(where.substring(where.lastIndexOf(':') + 1)),
                message.substring(0, message.length() - 1));
    }

    private ScriptLint result(Suppressions allowances) {
        List<LintFinding> findings = new ArrayList<>();
        List<SuppressedFinding> silenced = new ArrayList<>();
        for (ScriptContext.Reported reported : context.reported()) {
            Optional<String> reason = allowances.reason(reported);
            sort(reported.finding(), reason, findings, silenced);
        }
        for (LintFinding useless : allowances.useless(script.path())) {
            sort(useless, Optional.empty(), findings, silenced);
        }
        findings.sort(Comparator.comparingInt(LintFinding::line));
        return new ScriptLint(
                script.path(), findings, silenced, List.copyOf(context.locks().values()));
    }

    private void sort(
            LintFinding finding,
            Optional<String> reason,
            List<LintFinding> findings,
            List<SuppressedFinding> silenced) {
        reason.or(() -> Optional.ofNullable(config.allow().get(finding.rule())))
                .ifPresentOrElse(why -> silenced.add(new SuppressedFinding(finding, why)), () -> findings.add(finding));
    }
}
