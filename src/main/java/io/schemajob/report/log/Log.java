package io.schemajob.report.log;

import io.schemajob.report.failure.Failure;

/**
 * What a run tells while it goes on. Operators know the step lines from the shell scripts this job replaces, so their
 * wording is part of the contract; the JSON form carries the same messages as objects. A message is one line, whatever
 * is in it: what would begin another is shown escaped.
 */
public interface Log {
    /** A step of the run, printed as {@code ==> message}. */
    void step(String message);

    /** Something that belongs to the last step, indented by four spaces. */
    void detail(String message);

    /** Output of the server, or a line of a table, printed as it is unless it looks like a line of another kind. */
    void line(String message);

    /** What the server says that a statement did, such as {@code CREATE TABLE}; printed as a line. */
    default void tag(String tag) {
        line(tag);
    }

    /** SQL of a script, with the lines that it has; none of them can be taken for one of ours. */
    default void script(String sql) {
        line(sql);
    }

    /** Something a person should look at, though the run goes on. */
    void warn(String message);

    /** Printed with {@code --verbose} only. */
    void debug(String message);

    /** Of the longest line in characters, where it goes to a terminal. */
    default int width() {
        return Integer.MAX_VALUE;
    }

    /** Told often; shown as often as whoever looks wants to know. */
    default void progress(Progress progress) {}

    /**
     * The end of something that failed, with everything that is known and the next command.
     *
     * @param cause for {@code --verbose}; may be null
     */
    void failure(Failure failure, Throwable cause);

    /** The same log, each entry marked with the target of a fleet that it is about. */
    Log about(String target);

    /** Nobody listens. */
    static Log silent() {
        return new Log() {
            @Override
            public void step(String message) {}

            @Override
            public void detail(String message) {}

            @Override
            public void line(String message) {}

            @Override
            public void warn(String message) {}

            @Override
            public void debug(String message) {}

            @Override
            public void failure(Failure failure, Throwable cause) {}

            @Override
            public Log about(String target) {
                return this;
            }
        };
    }
}
