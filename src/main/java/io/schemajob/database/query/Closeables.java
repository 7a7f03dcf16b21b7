package io.schemajob.database.query;

/** Closes what may already be gone. */
public final class Closeables {
    private Closeables() {}

    /** For clean-up on the way out of a failure that must not be hidden by a second one. */
    public static void closeQuietly(AutoCloseable resource) {
        try {
            if (resource != null) {
                resource.close();
            }
        } catch (Exception e) {
            // The connection is gone; so are its transaction and its locks.
        }
    }
}
