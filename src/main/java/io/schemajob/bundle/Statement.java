package io.schemajob.bundle;

/**
 * One SQL statement of a script.
 *
 * @param sql its text without the closing semicolon
 * @param line the line of the script on which its first word stands, from 1
 * @param kind how it has to be executed
 * @param data the rows after a {@code COPY … FROM stdin}, without the closing {@code \.}; null otherwise
 */
public record Statement(String sql, int line, Kind kind, String data) {
    public enum Kind {
        /** Runs inside a transaction. */
        PLAIN,
        /** {@code COPY … FROM stdin} followed by its rows. */
        COPY_FROM_STDIN,
        /** Refuses to run inside a transaction: {@code CREATE INDEX CONCURRENTLY}, {@code VACUUM} … */
        NON_TRANSACTIONAL
    }
}
