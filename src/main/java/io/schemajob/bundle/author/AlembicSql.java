package io.schemajob.bundle.author;

import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptOutline;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.LineComment;
import io.schemajob.bundle.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code alembic upgrade base:head --sql} or {@code alembic downgrade head:base --sql} prints (Alembic's
 * offline mode): a comment begins each revision, and statements on Alembic's own table end it.
 */
final class AlembicSql {
    private static final Pattern REVISION =
            Pattern.compile("--\\s*Running (upgrade|downgrade)\\s+(.*?)\\s*->\\s*(.*?)\\s*");
    private static final Pattern OWN_TABLE = Pattern.compile(
            "(?is)(CREATE TABLE|DROP TABLE|INSERT INTO|UPDATE|DELETE FROM)\\s+(\\S+\\.)?\"?alembic_version\"?\\b.*");
    private static final Pattern BEGIN = Pattern.compile("(?is)BEGIN|START\\s+TRANSACTION");
    private static final Pattern COMMIT = Pattern.compile("(?is)COMMIT|END");

    /**
     * One revision.
     *
     * @param id that it leads to when it is applied
     * @param below the one before it; empty for base
     * @param sql without Alembic's own statements and without the transaction around it
     */
    record Revision(String id, String below, String sql) {}

    private AlembicSql() {}

    /** In the order of the output. */
    static List<Revision> read(TextFile file, boolean up) {
        Script script = Script.of(file);
        ScriptOutline outline = ScriptParser.outline(script);
        List<Revision> revisions = new ArrayList<>();
        Matcher current = null;
        int begin = 0;
        for (LineComment comment : outline.comments()) {
            Matcher mark = REVISION.matcher(comment.text().strip());
            if (!mark.matches()) {
                continue;
            }
            int line = 1
                    + (int) file.text()
                            .substring(0, comment.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            if (mark.group(1).equals("upgrade") != up) {
                throw Problem.at(
                        file.path(),
                        line,
                        "this is the output of alembic " + mark.group(1),
                        "Give it to the other option.");
            } else if (mark.group(2).contains(",") || mark.group(3).contains(",")) {
                throw Problem.at(
                        file.path(),
                        line,
                        "a merge of branches is not carried over; a bundle is one line of versions",
                        "Make the history linear with Alembic, or convert up to the merge and take over there.");
            }
            if (current != null) {
                revisions.add(revision(current, up, outline, begin, comment.start()));
            }
            current = mark;
            begin = comment.start();
        }
        if (current == null) {
            throw Problem.in(
                    file.path(),
                    "no line \"-- Running upgrade … -> …\" in it",
                    "alembic upgrade base:head --sql > upgrade.sql writes such a file.");
        }
        revisions.add(revision(current, up, outline, begin, file.text().length()));
        return revisions;
    }

    private static Revision revision(Matcher mark, boolean up, ScriptOutline outline, int begin, int end) {
        String from = mark.group(2);
        String to = mark.group(3);
        List<Statement> statements = outline.statements().stream()
                .filter(statement -> statement.start() >= begin && statement.start() < end)
                .filter(statement -> !OWN_TABLE.matcher(statement.sql()).matches())
                .toList();
        return new Revision(up ? to : from, up ? from : to, text(statements));
    }

    /** An autocommit block of Alembic ends the transaction in the middle and begins another. */
    private static String text(List<Statement> all) {
        List<Statement> statements = new ArrayList<>(all);
        while (!statements.isEmpty() && isControl(statements.get(0))) {
            if (COMMIT.matcher(statements.get(0).sql()).matches() && statements.size() > 1) {
                break;
            }
            statements.remove(0);
        }
        while (!statements.isEmpty() && isControl(statements.get(statements.size() - 1))) {
            statements.remove(statements.size() - 1);
        }
        boolean mixed = statements.stream().anyMatch(AlembicSql::isControl);
        StringBuilder text = new StringBuilder();
        if (mixed) {
            text.append("-- schemajob: no-transaction\n");
        }
        boolean open = false;
        boolean inside = mixed;
        for (Statement statement : statements) {
            if (isControl(statement)) {
                inside = BEGIN.matcher(statement.sql()).matches();
                if (open) {
                    text.append("COMMIT;\n");
                }
                open = false;
                continue;
            }
            if (inside && !open) {
                text.append("BEGIN;\n");
                open = true;
            }
            text.append(statement.sql()).append(";\n");
            if (statement.data() != null) {
                text.append(statement.data()).append("\\.\n");
            }
        }
        return text.append(open ? "COMMIT;\n" : "").toString();
    }

    private static boolean isControl(Statement statement) {
        return BEGIN.matcher(statement.sql()).matches()
                || COMMIT.matcher(statement.sql()).matches();
    }
}
