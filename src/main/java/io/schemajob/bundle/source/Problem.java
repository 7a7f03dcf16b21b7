package io.schemajob.bundle.source;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Excerpt;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What is wrong with a bundle ({@link ExitStatus#CONFIG}). File and line begin the message itself, because the
 * termination message carries nothing else.
 */
public final class Problem {
    /** True also for a script that is only taken apart when it is about to run. */
    public static final String UNTOUCHED = "Nothing was changed.";

    public static final String CORRECT = "Correct the file, and run the job again.";

    private Problem() {}

    /** @param line from 1 @param message a clause without a full stop */
    public static SchemajobException at(String path, int line, String message, String hint) {
        return failure(path + ":" + line, message, hint).asException();
    }

    public static SchemajobException in(String path, String message, String hint) {
        return failure(path, message, hint).asException();
    }

    public static SchemajobException in(String path, String message, String hint, Throwable cause) {
        return failure(path, message, hint).asException(cause);
    }

    /** Scripts that are refused for reasons of their own. */
    public static SchemajobException several(List<SchemajobException> refused) {
        String reasons = refused.stream().map(e -> e.failure().message()).collect(Collectors.joining(" "));
        String hints = refused.stream().map(e -> e.failure().hint()).distinct().collect(Collectors.joining(" "));
        refused.subList(1, refused.size()).forEach(refused.get(0)::addSuppressed);
        return Failure.of(ExitStatus.CONFIG, "%d scripts are refused: %s".formatted(refused.size(), reasons))
                .where(refused.stream().map(e -> e.failure().where()).collect(Collectors.joining(", ")))
                .databaseState(UNTOUCHED)
                .hint(hints)
                .asException(refused.get(0));
    }

    /** What {@link #several} has put together, each for itself; any other exception alone. */
    public static List<SchemajobException> each(SchemajobException e) {
        if (!(e.getCause() instanceof SchemajobException first)) {
            return List.of(e);
        }
        List<SchemajobException> refused = new ArrayList<>(List.of(first));
        for (Throwable other : first.getSuppressed()) {
            refused.add((SchemajobException) other);
        }
        return refused;
    }

    private static Failure failure(String where, String message, String hint) {
        return Failure.of(ExitStatus.CONFIG, Excerpt.of(where + ": " + message + "."))
                .where(where)
                .databaseState(UNTOUCHED)
                .hint(hint == null ? CORRECT : hint);
    }
}
