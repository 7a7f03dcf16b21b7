package io.schemajob.migration.script;

import io.schemajob.migration.Migrator;
import io.schemajob.report.failure.SchemajobException;

/** A script failed outside of a transaction. Carries what {@link Migrator} has to know beside the failure itself. */
public final class OutsideException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient SchemajobException failure;
    private final boolean recorded;
    private final boolean needsPerson;

    public OutsideException(SchemajobException failure, boolean recorded, boolean needsPerson) {
        super(failure.getMessage(), failure);
        this.failure = failure;
        this.recorded = recorded;
        this.needsPerson = needsPerson;
    }

    public SchemajobException failure() {
        return failure;
    }

    /** Whether the history has to say that the script failed. */
    public boolean recorded() {
        return recorded;
    }

    /** Whether no later run may go on by itself. */
    public boolean needsPerson() {
        return needsPerson;
    }
}
