package io.schemajob.bundle;

import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.sql.SqlParameters;
import io.schemajob.bundle.sql.Statement;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Similar;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The retention and upkeep of a bundle: its file {@code maintenance.sql}, whose form the head of the built-in bundle
 * {@code minion}'s describes.
 *
 * @param settings what its user may choose, in the file's order
 * @param tasks what it does, in the file's order
 */
public record Maintenance(List<Setting> settings, List<Task> tasks) {
    public static final String FILE = "maintenance.sql";
    /** Stands for the most rows that one transaction of a batched task may touch. */
    public static final String BATCH = "batch";

    /**
     * A whole number that the SQL refers to as {@code :name}.
     *
     * @param value what it is unless chosen otherwise
     * @param meaning for people, may be empty
     */
    public record Setting(String name, long value, String meaning) {}

    /**
     * One statement, and how to run it.
     *
     * @param name unique in its file
     * @param title for people
     * @param batched to be repeated, each time in a transaction of its own, until it touches fewer rows than
     *     {@link #BATCH} says; otherwise it runs once
     * @param statement its kind tells whether it may run in a transaction; its text still has {@code :name}s, which
     *     {@link Maintenance#sql} replaces
     */
    public record Task(String name, String title, boolean batched, Statement statement) {}

    /** @throws SchemajobException {@link ExitStatus#CONFIG} with file and line */
    public static Maintenance of(TextFile file) {
        return new MaintenanceReader(file).read();
    }

    /**
     * The value of every setting.
     *
     * @param chosen those that differ from the file's
     * @throws SchemajobException {@link ExitStatus#CONFIG} if one is unknown or below its bound: 1 for {@link #BATCH}, 0
     *     for others
     */
    public Map<String, Long> values(Map<String, Long> chosen) {
        Map<String, Long> values = new LinkedHashMap<>();
        settings.forEach(setting -> values.put(setting.name(), setting.value()));
        chosen.forEach((name, value) -> {
            if (!values.containsKey(name)) {
                throw unknown(name);
            }
            values.put(name, value);
        });
        values.forEach(Maintenance::refuseTooSmall);
        return values;
    }

    /** The task's statement with every {@code :name} replaced by its value, for the server to run as it is. */
    public String sql(Task task, Map<String, Long> values) {
        return SqlParameters.bind(task.statement().sql(), values);
    }

    private SchemajobException unknown(String name) {
        List<String> known = settings.stream().map(Setting::name).toList();
        String guess = Similar.nearest(name, known)
                .map(near -> "Did you mean " + near + "? ")
                .orElse("");
        return Failure.of(ExitStatus.CONFIG, "There is no maintenance setting " + name + ".")
                .where(FILE)
                .databaseState(Problem.UNTOUCHED)
                .hint(guess + "Settings of this bundle: " + String.join(", ", known) + ".")
                .asException();
    }

    private static void refuseTooSmall(String name, long value) {
        int least = name.equals(BATCH) ? 1 : 0;
        if (value < least) {
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The maintenance setting " + name + " must be at least " + least + ", not " + value + ".")
                    .where(FILE)
                    .databaseState(Problem.UNTOUCHED)
                    .hint("Give it a larger value.")
                    .asException();
        }
    }
}
