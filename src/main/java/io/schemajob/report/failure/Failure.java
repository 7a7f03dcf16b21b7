package io.schemajob.report.failure;

import io.schemajob.report.log.Redactor;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.text.Untrusted;
import java.util.function.UnaryOperator;

/**
 * Everything a person at 3 a.m. needs to know about why a run ended: five short answers, each may be null but the first
 * two.
 *
 * @param status the exit code
 * @param message what failed, one sentence
 * @param where bundle, version, script, line and statement, as far as known
 * @param sqlState the server's five-character SQLSTATE
 * @param databaseState what state the database is in now; null where only the run knows, which then says it
 *     ({@link RunReport#complete})
 * @param hint the next command to run
 */
public record Failure(
        ExitStatus status, String message, String where, String sqlState, String databaseState, String hint) {

    /** Without the marks of {@link Untrusted}, which are for those alone who print it. */
    @Override
    public String message() {
        return Untrusted.plain(message);
    }

    @Override
    public String where() {
        return Untrusted.plain(where);
    }

    @Override
    public String databaseState() {
        return Untrusted.plain(databaseState);
    }

    @Override
    public String hint() {
        return Untrusted.plain(hint);
    }

    /** The texts with their marks, for the {@link Redactor}. */
    public Marked marked() {
        return new Marked(message, where, databaseState, hint);
    }

    public record Marked(String message, String where, String databaseState, String hint) {}

    public static Failure of(ExitStatus status, String message) {
        return new Failure(status, message, null, null, null, null);
    }

    /** What an exception means that ended a run: one that is not ours, or of what a server sent, is a defect. */
    public static Failure from(Throwable e) {
        return OutOfMemory.in(e, e instanceof SchemajobException told ? told.failure() : untold(e));
    }

    private static Failure untold(Throwable e) {
        return ProtocolError.is(e) ? ProtocolError.of(e) : defect(e);
    }

    private static Failure defect(Throwable e) {
        return of(ExitStatus.INTERNAL, "A defect of Schemajob: " + Untrusted.text(e))
                .hint("Please report this with the output of --verbose.");
    }

    public Failure where(String text) {
        return new Failure(status, message, text, sqlState, databaseState, hint);
    }

    public Failure sqlState(String text) {
        return new Failure(status, message, where, text, databaseState, hint);
    }

    public Failure databaseState(String text) {
        return new Failure(status, message, where, sqlState, text, hint);
    }

    public Failure hint(String text) {
        return new Failure(status, message, where, sqlState, databaseState, text);
    }

    /** With another text for its hint, made of the present one, marks of {@link Untrusted} included. */
    public Failure mapHint(UnaryOperator<String> change) {
        return hint(change.apply(hint));
    }

    public SchemajobException asException() {
        return new SchemajobException(this, null);
    }

    public SchemajobException asException(Throwable cause) {
        return new SchemajobException(this, cause);
    }
}
