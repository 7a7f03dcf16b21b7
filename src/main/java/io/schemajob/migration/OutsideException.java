package io.schemajob.migration;

import io.schemajob.report.SchemajobException;

/** A script failed outside of a transaction. Carries what {@link Migrator} has to know beside the failure itself. */
final class OutsideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SchemajobException failure;
    private final boolean recorded;
    private final boolean needsPerson;

    OutsideException(SchemajobException failure, boolean recorded, boolean needsPerson) {
        super(failure.getMessage(), failure);
        this.failure = failure;
        this.recorded = recorded;
        this.needsPerson = needsPerson;
    }

    SchemajobException failure() {
        return failure;
    }

    /** Whether the history has to say that the script failed. */
    boolean recorded() {
        return recorded;
    }

    /** Whether no later run may go on by itself. */
    boolean needsPerson() {
        return needsPerson;
    }
}
