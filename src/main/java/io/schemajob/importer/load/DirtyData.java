package io.schemajob.importer.load;

/** The first value that does not fit: the fast way ends here, and the careful one begins. */
final class DirtyData extends Exception {
    DirtyData(String message) {
        super(message, null, false, false);
    }
}
