package io.schemajob.job.adopt;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.sql.SqlLexer;
import io.schemajob.bundle.sql.SqlLexer.Token;
import io.schemajob.bundle.sql.SqlName;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.DdlReader;
import io.schemajob.lint.sql.TableAction;
import io.schemajob.report.failure.SchemajobException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which tables and views the scripts of a bundle make and change, read from their text: where no schema is declared,
 * they alone tell the bundle's tables from those of others. Pure.
 */
final class ScriptTables {
    private static final Set<String> BEFORE_STATEMENT = Set.of("BEGIN", "THEN", "ELSE", "LOOP", ";");
    private static final Set<String> VERBS =
            Set.of("CREATE", "ALTER", "DROP", "INSERT", "UPDATE", "DELETE", "TRUNCATE");
    private static final List<String> TEMPORARY = List.of("TEMP", "TEMPORARY");

    private final Set<SqlName> made = new HashSet<>();
    private final Set<SqlName> changed = new HashSet<>();
    private final Set<SqlName> dropped = new HashSet<>();
    private final Set<SqlName> temporary = new HashSet<>();
    /** The first schema of the search path that the script has set; null for the run's own. */
    private String first;

    private boolean dynamic;
    private boolean calls;

    private ScriptTables() {}

    /** Of these migrations' up scripts, in their order. */
    static ScriptTables of(List<Migration> migrations) {
        ScriptTables tables = new ScriptTables();
        for (Migration migration : migrations) {
            tables.read(migration);
        }
        tables.made.removeAll(tables.temporary);
        tables.changed.removeAll(tables.temporary);
        return tables;
    }

    /** Of all versioned migrations of a bundle. */
    static ScriptTables of(Bundle bundle) {
        return of(bundle.migrations());
    }

    /** Tables and views that come into being, also those that a later script drops or renames. */
    Set<SqlName> made() {
        return made;
    }

    /** Those that are there when the last of the scripts has run. */
    Set<SqlName> remaining() {
        Set<SqlName> remaining = new HashSet<>(made);
        remaining.removeAll(dropped);
        return remaining;
    }

    /** Tables that get other columns, indexes or rows; those that the scripts make are mostly among them. */
    Set<SqlName> changed() {
        return changed;
    }

    /** Whether the text says which tables they work on; code that is put together at run time does not. */
    boolean certain() {
        return !dynamic && !(calls && made.isEmpty() && changed.isEmpty());
    }

    private void read(Migration migration) {
        first = null;
        try {
            for (Statement statement : ScriptParser.outline(migration.up()).statements()) {
                read(statement.sql(), statement.line());
            }
        } catch (SchemajobException e) {
            // It cannot be taken apart, and is refused when its turn comes.
            dynamic = true;
        }
    }

    private void read(String sql, int line) {
        SqlLexer tokens = new SqlLexer("", sql);
        tokens.next();
        switch (word(tokens)) {
            case "SET" -> searchPath(tokens);
            case "RESET", "DISCARD" -> first = null;
            case "DO" -> block(tokens);
            case "CALL" -> dynamic = true;
            case "SELECT", "WITH", "VALUES", "TABLE" -> query(tokens, sql, line);
            case "IMPORT" -> dynamic = true;
            default -> take(DdlReader.read(sql, line), sql);
        }
    }

    private void take(Ddl ddl, String sql) {
        if (ddl instanceof Ddl.CreateTable table) {
            make(table.table(), sql);
        } else if (ddl instanceof Ddl.Create create) {
            if (create.kind() == Ddl.Kind.VIEW || create.kind() == Ddl.Kind.MATERIALIZED_VIEW) {
                make(create.name(), sql);
            }
        } else if (ddl instanceof Ddl.Alter alter && alter.kind() != Ddl.Kind.INDEX) {
            alter(alter);
        } else if (ddl instanceof Ddl.Drop drop) {
            dropped.addAll(drop.names());
        } else if (ddl instanceof Ddl.CreateIndex index) {
            changed.add(index.table());
        } else if (ddl instanceof Ddl.ChangeRows rows) {
            changed.add(rows.table());
        } else if (ddl instanceof Ddl.Truncate truncate) {
            changed.addAll(truncate.tables());
        }
    }

    private void make(SqlName name, String sql) {
        SqlLexer tokens = new SqlLexer("", sql);
        boolean local = false;
        for (int i = 0; i < 4; i++) {
            tokens.next();
            local |= TEMPORARY.contains(word(tokens));
        }
        (local ? temporary : made).add(placed(name));
        dropped.remove(placed(name));
    }

    /** {@code SET [SESSION | LOCAL] search_path = other, …} */
    private void searchPath(SqlLexer tokens) {
        tokens.next();
        if (!tokens.accept("SESSION")) {
            tokens.accept("LOCAL");
        }
        if (!tokens.accept("search_path")) {
            return;
        }
        if (!tokens.accept("TO")) {
            tokens.accept('=');
        }
        if (tokens.token() == Token.STRING) {
            first = unquote(tokens.lexeme());
        } else {
            SqlName name = tokens.is("DEFAULT") ? null : SqlName.accept(tokens);
            first = name == null ? null : name.name();
        }
        if ("$user".equals(first) || "".equals(first)) {
            first = null;
        }
    }

    private SqlName placed(SqlName name) {
        return name.schema() == null && first != null ? new SqlName(first, name.name()) : name;
    }

    private void alter(Ddl.Alter alter) {
        changed.add(alter.name());
        for (TableAction action : alter.actions()) {
            if (action instanceof TableAction.Rename rename) {
                made.add(rename.to());
                dropped.remove(rename.to());
                dropped.add(alter.name());
            }
        }
    }

    /** {@code SELECT … INTO name}, and what a function that is called may do. */
    private void query(SqlLexer tokens, String sql, int line) {
        boolean called = false;
        int depth = 0;
        boolean name = false;
        while (tokens.token() != Token.END) {
            depth += tokens.is('(') ? 1 : tokens.is(')') ? -1 : 0;
            called |= tokens.is('(') && name;
            name = tokens.token() == Token.WORD || tokens.token() == Token.NAME;
            if (depth == 0 && VERBS.contains(word(tokens))) {
                take(DdlReader.read(sql.substring(tokens.start()), line), sql);
                return;
            }
            if (depth == 0 && tokens.accept("INTO")) {
                boolean local = tokens.accept("TEMP") || tokens.accept("TEMPORARY");
                tokens.accept("UNLOGGED");
                tokens.accept("TABLE");
                SqlName into = SqlName.accept(tokens);
                if (into != null) {
                    (local ? temporary : made).add(into);
                }
            } else {
                tokens.next();
            }
        }
        calls |= called;
    }

    /** The statements that stand in a block as they are; what it executes from a string is not known. */
    private void block(SqlLexer tokens) {
        while (tokens.token() != Token.END && tokens.token() != Token.STRING) {
            tokens.next();
        }
        if (tokens.token() == Token.STRING) {
            body(unquote(tokens.lexeme()));
        }
    }

    private void body(String text) {
        SqlLexer tokens = new SqlLexer("", text);
        String before = ";";
        while (tokens.next() != Token.END) {
            String word = tokens.is(';') ? ";" : word(tokens);
            if (BEFORE_STATEMENT.contains(before) && VERBS.contains(word)) {
                int start = tokens.start();
                while (tokens.token() != Token.END && !tokens.is(';')) {
                    tokens.next();
                }
                take(DdlReader.read(text.substring(start, tokens.start()), 1), text.substring(start));
                word = ";";
            }
            dynamic |= word.equals("EXECUTE") || word.equals("CALL");
            before = word;
        }
    }

    private static String unquote(String lexeme) {
        if (!lexeme.startsWith("$")) {
            return lexeme.substring(lexeme.indexOf('\'') + 1, lexeme.length() - 1)
                    .replace("''", "'");
        }
        int quote = lexeme.indexOf('$', 1) + 1;
        return lexeme.substring(quote, lexeme.length() - quote);
    }

    private static String word(SqlLexer tokens) {
        return tokens.token() == Token.WORD ? tokens.lexeme().toUpperCase(Locale.ROOT) : "";
    }
}
