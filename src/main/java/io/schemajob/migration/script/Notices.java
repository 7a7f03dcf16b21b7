package io.schemajob.migration.script;

import io.schemajob.report.log.Log;
import io.schemajob.report.text.Untrusted;
import java.sql.SQLWarning;
import org.postgresql.util.PSQLWarning;
import org.postgresql.util.ServerErrorMessage;

/**
 * Prints what the server says beside the result of one statement, as it comes: a statement may say something for every
 * row of a large table, and none of it is kept. A flood is cut off, so that a log is not filled by one statement.
 */
final class Notices {
    /** How many of one statement are printed. */
    static final int MOST = 1_000;

    /** Characters of one notice that are printed. */
    static final int LONGEST = 4_000;

    private final Log log;
    private long count;

    Notices(Log log) {
        this.log = log;
    }

    /** Prints a notice and those that are chained to it. */
    void print(SQLWarning first) {
        for (SQLWarning notice = first; notice != null; notice = notice.getNextWarning()) {
            count++;
            if (count <= MOST) {
                log.detail(severity(notice) + ": " + Untrusted.text(cut(String.valueOf(notice.getMessage()))));
            }
        }
    }

    /** Says how many were not printed; call it when the statement has ended, however it did. */
    void end() {
        if (count > MOST) {
            log.detail("NOTICE: %d more notices of this statement are not shown".formatted(count - MOST));
        }
    }

    private static String severity(SQLWarning notice) {
        ServerErrorMessage server = notice instanceof PSQLWarning psql ? psql.getServerErrorMessage() : null;
        return server == null || server.getSeverity() == null ? "NOTICE" : server.getSeverity();
    }

    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return text.substring(0, end) + "… (%d characters in all)".formatted(text.length());
    }
}
