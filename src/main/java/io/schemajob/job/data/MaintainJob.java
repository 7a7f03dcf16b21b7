package io.schemajob.job.data;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.Maintenance;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.maintenance.Maintainer;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Runs a bundle's retention and upkeep. Two of them never run at once; a migration does not wait for one. */
public final class MaintainJob {
    /** {@code activities_days} can be given as {@code SCHEMAJOB_MAINTAIN_ACTIVITIES_DAYS} too, for a CronJob. */
    private static final String VARIABLE = "SCHEMAJOB_MAINTAIN_";

    private final RunContext run;
    private final Map<String, Long> chosen;
    private final List<String> tasks;

    /**
     * The job.
     *
     * @param chosen settings of {@code maintenance.sql} that differ from the file's
     * @param tasks names of the only tasks to run; all if empty
     */
    public MaintainJob(RunContext run, Map<String, Long> chosen, List<String> tasks) {
        this.run = run;
        this.chosen = chosen;
        this.tasks = tasks;
    }

    /** What a task did. */
    public record Done(String task, String title, long rows) {}

    public List<Done> execute() {
        Bundle bundle = run.bundle();
        Maintenance maintenance = bundle.file(Maintenance.FILE)
                .map(Maintenance::of)
                .orElseThrow(() -> refused("The bundle %s has no %s.".formatted(bundle.name(), Maintenance.FILE)));
        Map<String, Long> values = maintenance.values(settings(maintenance));
        List<Maintenance.Task> selected = selected(maintenance);
        List<Done> done = new ArrayList<>();
        try (RunSession session = RunSession.openForMaintenance(run, bundle)) {
            run.report().unsettled("Tasks and batches that were finished stay; the one at work was rolled back.");
            Maintainer maintainer = new Maintainer(session.migration(), maintenance, values);
            for (Maintenance.Task task : selected) {
                run.log().step(task.title() + "...");
                long rows = maintainer.run(task);
                run.log().detail("%d row(s)".formatted(rows));
                done.add(new Done(task.name(), task.title(), rows));
            }
            run.log().step("Maintenance finished");
            return done;
        }
    }

    /** Options win over variables. */
    private Map<String, Long> settings(Maintenance maintenance) {
        Map<String, Long> values = new TreeMap<>();
        for (Maintenance.Setting setting : maintenance.settings()) {
            String variable = VARIABLE + setting.name().toUpperCase(Locale.ROOT);
            String value = run.settings().variable(variable);
            if (value != null) {
                values.put(setting.name(), number(variable, value));
            }
        }
        values.putAll(chosen);
        return values;
    }

    private static long number(String variable, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw refused("%s is \"%s\", which is not a whole number.".formatted(variable, value));
        }
    }

    private List<Maintenance.Task> selected(Maintenance maintenance) {
        List<String> known =
                maintenance.tasks().stream().map(Maintenance.Task::name).toList();
        for (String task : tasks) {
            if (!known.contains(task)) {
                throw refused("There is no maintenance task %s; there are %s."
                        .formatted(task, known.stream().collect(Collectors.joining(", "))));
            }
        }
        return maintenance.tasks().stream()
                .filter(task -> tasks.isEmpty() || tasks.contains(task.name()))
                .toList();
    }

    private static RuntimeException refused(String message) {
        return Failure.of(ExitStatus.CONFIG, message)
                .databaseState("Not contacted.")
                .hint("docs/bundles.md describes the file " + Maintenance.FILE + ".")
                .asException();
    }
}
