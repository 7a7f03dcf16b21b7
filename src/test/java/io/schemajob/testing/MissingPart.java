package io.schemajob.testing;

import org.opentest4j.TestAbortedException;

/**
 * What a test does when a real server cannot be had on this machine: on a build server, where {@code CI} is set, that
 * is a failure; on a laptop without network the test is reported as skipped.
 */
public final class MissingPart {
    private MissingPart() {}

    /** @return what to throw */
    public static RuntimeException because(String reason, Exception cause) {
        if (System.getenv("CI") != null) {
            return new IllegalStateException(reason, cause);
        }
        return new TestAbortedException(reason, cause);
    }
}
