package io.schemajob.report.failure;

/** Says that it was the memory of this process that was not enough, whatever the part that met it made of it. */
public final class OutOfMemory {
    private OutOfMemory() {}

    /** Without a full stop. */
    public static String sentence() {
        return "The memory of this process was not enough (%d MiB)"
                .formatted(Runtime.getRuntime().maxMemory() >> 20);
    }

    /**
     * The failure, or a truer one: what nobody foresaw is a defect elsewhere, and not here.
     *
     * @param e with what it was caused by
     * @param failure as it would be told
     */
    static Failure in(Throwable e, Failure failure) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return Failure.of(
                                ExitStatus.INTERNAL,
                                e instanceof SchemajobException
                                        ? sentence() + ": " + failure.message()
                                        : sentence() + ".")
                        .where(failure.where())
                        .databaseState(failure.databaseState())
                        .hint("Give the container more memory, or let a script return and say less.");
            }
        }
        return failure;
    }
}
