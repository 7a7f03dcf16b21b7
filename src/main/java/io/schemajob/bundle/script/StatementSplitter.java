package io.schemajob.bundle.script;

import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.sql.LineComment;
import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.SqlLexer.Token;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.bundle.sql.StatementKinds;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Cuts a script at the semicolons that end statements: not those in parentheses (rules with several actions) and not
 * those in the {@code BEGIN ATOMIC … END} body of a function. Empty statements are left out.
 */
public final class StatementSplitter {
    private final String path;
    private final String text;
    private final SqlLexer lexer;

    private int start;
    private int end;
    private int line;
    private boolean create;
    private boolean copy;
    private int parentheses;
    private int outerParenthesisLine;
    private int blocks;
    private int blockLine;
    private boolean afterBegin;
    private boolean afterLabel;

    private StatementSplitter(Script script, Consumer<LineComment> comments) {
        this.path = script.path();
        this.text = script.text();
        this.lexer = new SqlLexer(path, text, comments);
    }

    public static List<Statement> split(Script script) {
        return split(script, comment -> {});
    }

    public static List<Statement> split(Script script, Consumer<LineComment> comments) {
        return new StatementSplitter(script, comments).statements();
    }

    private List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        while (lexer.next() != Token.END) {
            if (!lexer.is(';')) {
                statements.add(statement());
            }
        }
        return statements;
    }

    private Statement statement() {
        start = lexer.start();
        line = lexer.line();
        create = lexer.is("CREATE");
        copy = lexer.is("COPY");
        parentheses = 0;
        blocks = 0;
        afterBegin = false;
        afterLabel = false;
        while (lexer.token() != Token.END && !(lexer.is(';') && parentheses == 0 && blocks == 0)) {
            end = lexer.end();
            track();
            lexer.next();
        }
        if (parentheses > 0) {
            throw neverClosed(outerParenthesisLine, "a parenthesis");
        } else if (blocks > 0) {
            throw neverClosed(blockLine, "a block (BEGIN ATOMIC or CASE)");
        }
        return classified();
    }

    private Statement classified() {
        if (copy && StatementKinds.copiesFromStdin(tokens())) {
            if (lexer.token() == Token.END) {
                throw neverClosed(line, "a COPY … FROM stdin");
            }
            SqlLexer.Range data = lexer.copyData();
            return Statement.copy(text, start, end, line, data.start(), data.end());
        }
        return new Statement(text, start, end, line, StatementKinds.of(tokens()));
    }

    /** Of the statement that was just read. */
    private SqlLexer tokens() {
        return new SqlLexer(path, text, start, end);
    }

    private void track() {
        if (lexer.is('(')) {
            if (parentheses++ == 0) {
                outerParenthesisLine = lexer.line();
            }
        } else if (lexer.is(')') && parentheses > 0) {
            parentheses--;
        } else if (create && parentheses == 0 && lexer.token() == Token.WORD && !afterLabel) {
            trackBlocks();
        }
        afterBegin = lexer.is("BEGIN");
        afterLabel = lexer.is("AS") || lexer.is('.');
    }

    /** {@code END} also closes {@code CASE}; after {@code AS} or a dot both are mere names. */
    private void trackBlocks() {
        if (blocks == 0) {
            if (afterBegin && lexer.is("ATOMIC")) {
                blocks = 1;
                blockLine = lexer.line();
            }
        } else if (lexer.is("CASE")) {
            blocks++;
        } else if (lexer.is("END")) {
            blocks--;
        }
    }

    private SchemajobException neverClosed(int openedOn, String what) {
        return Problem.at(path, openedOn, what + " opens here and is never closed", null);
    }
}
