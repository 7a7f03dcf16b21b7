package io.schemajob.bundle.sql;

import io.schemajob.bundle.source.Problem;
import io.schemajob.report.failure.SchemajobException;

/**
 * Commands of psql, which begin with a backslash. The server does not know them; outside quotes a backslash is never
 * valid SQL, so each one is refused with advice before anything runs.
 */
final class MetaCommand {
    private static final int LONGEST = 32;

    private MetaCommand() {}

    static SchemajobException refuse(String path, int line, String text, int backslash) {
        int end = backslash + 1;
        while (end < text.length()
                && end - backslash < LONGEST
                && !Character.isWhitespace(text.charAt(end))
                && text.charAt(end) != ';') {
            end++;
        }
        String command = text.substring(backslash, end);
        return Problem.at(path, line, command + " is a command of psql, not SQL", advice(command));
    }

    private static String advice(String command) {
        return switch (command) {
            case "\\restrict", "\\unrestrict" -> "pg_dump wrote this line for psql: delete it.";
            case "\\copy" -> "Use COPY … FROM stdin with the rows in the script, ended by a line that holds only \\.";
            case "\\." -> "It ends the rows of a COPY … FROM stdin, and there is none before it.";
            case "\\i", "\\ir", "\\include", "\\include_relative" -> "Put the text of that file into this script.";
            case "\\c", "\\connect" -> "Delete it: the job connects to the database that it was given.";
            case "\\set", "\\unset", "\\gset", "\\getenv" ->
                "Scripts have no variables: write the values into the SQL.";
            case "\\g", "\\gx", "\\gexec", "\\gdesc", "\\crosstabview" ->
                "End the statement with a semicolon instead; "
                        + "what \\gexec would run can be run by EXECUTE in a DO block.";
            case "\\if", "\\elif", "\\else", "\\endif" -> "Use IF in a DO block.";
            default -> "Delete it, or write what it does in SQL.";
        };
    }
}
