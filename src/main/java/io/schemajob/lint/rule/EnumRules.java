package io.schemajob.lint.rule;

import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.SqlLexer.Token;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.Ddl;
import java.util.List;

/** A new value of an enumeration is committed before it is used. */
public final class EnumRules implements RuleCheck {
    private final List<Statement> statements;
    private final List<Ddl> script;

    public EnumRules(List<Statement> statements, List<Ddl> script) {
        this.statements = statements;
        this.script = script;
    }

    /** Where the same script has created the type, only PostgreSQL 17 and newer let its new values be used at once. */
    @Override
    public void look(Ddl ddl, int line, ScriptContext context) {
        if (ddl instanceof Ddl.AddEnumValue added) {
            for (int i = script.indexOf(ddl) + 1; i < script.size(); i++) {
                if (mayUse(script.get(i)) && mentions(statements.get(i), added.value())) {
                    context.report(
                            Rule.ENUM_VALUE_USED,
                            line,
                            "ADD VALUE %s to %s, and its use on line %d"
                                    .formatted(
                                            added.value(),
                                            added.type(),
                                            statements.get(i).line()));
                    return;
                }
            }
        }
    }

    private static boolean mayUse(Ddl ddl) {
        return !(ddl instanceof Ddl.AddEnumValue || ddl instanceof Ddl.Touch);
    }

    private static boolean mentions(Statement statement, String literal) {
        SqlLexer tokens = new SqlLexer("", statement.sql());
        while (tokens.next() != Token.END) {
            if (tokens.token() == Token.STRING && tokens.lexeme().equals(literal)) {
                return true;
            }
        }
        return false;
    }
}
