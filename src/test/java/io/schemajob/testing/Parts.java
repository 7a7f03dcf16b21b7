package io.schemajob.testing;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What to do when a machine lacks a real part that a test needs: fail where {@code CI} is set, skip elsewhere. */
public final class Parts {
    private Parts() {}

    /** Ends the calling test; the return type lets callers write {@code throw Parts.missing(…)}. */
    public static RuntimeException missing(String part) {
        if (System.getenv("CI") != null) {
            return Assertions.fail(part + " is missing, and CI is set");
        }
        return Assumptions.abort(part + " is missing");
    }
}
