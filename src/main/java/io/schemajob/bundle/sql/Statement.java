package io.schemajob.bundle.sql;

import java.util.Objects;
import java.util.Set;

/**
 * One SQL statement of a script. It keeps its place in the script and cuts its text out when asked, so that a script of
 * many megabytes is in memory once.
 */
public final class Statement {
    private static final Set<String> SESSION =
            Set.of("SET", "RESET", "LISTEN", "UNLISTEN", "LOAD", "PREPARE", "DEALLOCATE");

    /** How much of a statement is looked at for a headline, as a multiple of its length: indentation counts too. */
    private static final int WHITE_SPACE = 10;

    private final String script;
    private final int start;
    private final int end;
    private final int line;
    private final Kind kind;
    private final int dataStart;
    private final int dataEnd;

    public enum Kind {
        /** Runs inside a transaction. */
        PLAIN,
        /** {@code COPY … FROM stdin} followed by its rows. */
        COPY_FROM_STDIN,
        /** Refuses to run inside a transaction: {@code CREATE INDEX CONCURRENTLY}, {@code VACUUM} … */
        NON_TRANSACTIONAL
    }

    /**
     * @param script the whole text
     * @param start where the statement begins in it
     * @param end behind its last character, before the closing semicolon
     * @param line the line of the script on which its first word stands, from 1
     */
    public Statement(String script, int start, int end, int line, Kind kind) {
        this(script, start, end, line, kind, 0, 0);
    }

    private Statement(String script, int start, int end, int line, Kind kind, int dataStart, int dataEnd) {
        this.script = script;
        this.start = start;
        this.end = end;
        this.line = line;
        this.kind = kind;
        this.dataStart = dataStart;
        this.dataEnd = dataEnd;
    }

    /** A {@code COPY … FROM stdin} with its rows, which end before the closing {@code \.}. */
    public static Statement copy(String script, int start, int end, int line, int dataStart, int dataEnd) {
        return new Statement(script, start, end, line, Kind.COPY_FROM_STDIN, dataStart, dataEnd);
    }

    /** Its text without the closing semicolon. */
    public String sql() {
        return script.substring(start, end);
    }

    /**
     * Its beginning on one line.
     *
     * @param longest how many characters of it, before the dots
     */
    public String headline(int longest) {
        String line = script.substring(start, Math.min(end, start + longest * WHITE_SPACE))
                .strip()
                .replaceAll("\\s+", " ");
        if (line.length() <= longest) {
            return start + longest * WHITE_SPACE < end ? line + "…" : line;
        }
        boolean pair = Character.isHighSurrogate(line.charAt(longest - 1));
        return line.substring(0, longest - (pair ? 1 : 0)) + "…";
    }

    /** Whether all it does is to change the session. */
    public boolean changesSession() {
        SqlLexer tokens = tokens();
        tokens.next();
        return SESSION.stream().anyMatch(tokens::is) || tokens.is("SELECT") && sql().contains("set_config");
    }

    /** Where it begins in the script. */
    public int start() {
        return start;
    }

    /** Where it ends in the script, behind its last character. */
    public int end() {
        return end;
    }

    /** Walks over it where it stands, without cutting it out. */
    public SqlLexer tokens() {
        return new SqlLexer("", script, start, end);
    }

    public int line() {
        return line;
    }

    /** How it has to be executed. */
    public Kind kind() {
        return kind;
    }

    /** The rows after a {@code COPY … FROM stdin}; null otherwise. */
    public String data() {
        return kind == Kind.COPY_FROM_STDIN ? script.substring(dataStart, dataEnd) : null;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Statement that
                && line == that.line
                && kind == that.kind
                && sql().equals(that.sql())
                && Objects.equals(data(), that.data());
    }

    @Override
    public int hashCode() {
        return Objects.hash(line, kind, sql());
    }

    @Override
    public String toString() {
        return "line %d, %s: %s".formatted(line, kind, sql());
    }
}
