package io.schemajob.report.failure;

/** Says that it was the memory of this process that was not enough, whatever the part that met it made of it. */
final class OutOfMemory {
    private OutOfMemory() {}

    /**
     * The failure, or a truer one.
     *
     * @param e with what it was caused by
     * @param failure as it would be told
     */
    static Failure in(Throwable e, Failure failure) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof OutOfMemoryError) {
                return Failure.of(
                                ExitStatus.INTERNAL,
                                "The memory of this process was not enough (%d MiB): %s"
                                        .formatted(Runtime.getRuntime().maxMemory() >> 20, failure.message()))
                        .where(failure.where())
                        .databaseState(failure.databaseState())
                        .hint("Give the container more memory, or let a script return and say less.");
            }
        }
        return failure;
    }
}
