package io.schemajob.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.bundle.script.Migration;
import io.schemajob.job.migrate.PlanJob;
import io.schemajob.job.migrate.TableTraffic;
import io.schemajob.report.text.TextTable;
import io.schemajob.report.text.Untrusted;
import java.util.ArrayList;
import java.util.List;

/** Prints a plan: what each script locks, and what lint says. */
public final class PlanText {
    private PlanText() {}

    public static List<String> text(PlanJob.Planned plan, int width) {
        List<String> text = new ArrayList<>();
        text.add("Current version: %s; %d pending"
                .formatted(
                        plan.current() == null ? "none" : plan.current(),
                        plan.steps().size()));
        plan.problems()
                .forEach(problem ->
                        text.add("PROBLEM: migration %s: %s".formatted(problem.version(), problem.message())));
        for (PlanJob.Step step : plan.steps()) {
            text.add("");
            text.add("%s  %s  (%s)"
                    .formatted(
                            version(step.migration()),
                            step.migration().title(),
                            step.migration().up().path()));
            text.addAll(step.tables().isEmpty() ? List.of("Locks no table that is there.") : table(step, width));
            step.tables().forEach(locked -> text.addAll(users(locked)));
            step.lint().findings().forEach(finding -> text.addAll(LintText.lines(finding)));
        }
        return text;
    }

    private static String version(Migration migration) {
        return migration.repeatable() ? "(repeatable)" : migration.version().toString();
    }

    private static List<String> table(PlanJob.Step step, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Table", "Lock", "Blocks", "Rows (estimate)", "Size"));
        for (PlanJob.LockedTable locked : step.tables()) {
            TableTraffic.Facts facts = locked.facts();
            rows.add(List.of(
                    locked.lock().table().toString(),
                    locked.lock().mode().toString(),
                    locked.lock().mode().blocks(),
                    facts == null ? "not there yet" : facts.rows() == null ? "not analysed" : facts.rows() + "",
                    facts == null ? "" : facts.size()));
        }
        return TextTable.ruled(rows, width);
    }

    private static List<String> users(PlanJob.LockedTable locked) {
        List<String> text = new ArrayList<>();
        if (locked.facts() != null) {
            for (TableTraffic.User user : locked.facts().users()) {
                text.add("%s is in use by pid %d, application %s, user %s, %s for %s: %s"
                        .formatted(
                                locked.lock().table(),
                                user.pid(),
                                user.application(),
                                user.name(),
                                user.state() == null ? "state hidden" : user.state(),
                                user.seconds() == null ? "unknown time" : user.seconds() + " s",
                                Untrusted.text(user.query())));
            }
        }
        return text;
    }

    public static ObjectNode json(PlanJob.Planned plan) {
        ObjectNode node = LintText.json(plan.lint());
        node.put("current", plan.current());
        node.put("pending", plan.steps().size());
        ArrayNode problems = node.putArray("problems");
        plan.problems().forEach(problem -> problems.addObject()
                .put("kind", problem.kind().name())
                .put("version", problem.version())
                .put("message", problem.message()));
        ArrayNode steps = node.putArray("migrations");
        for (PlanJob.Step step : plan.steps()) {
            ObjectNode item = steps.addObject()
                    .put("version", step.migration().repeatable() ? null : version(step.migration()))
                    .put("description", step.migration().description())
                    .put("file", step.migration().up().path());
            ArrayNode tables = item.putArray("tables");
            step.tables().forEach(locked -> add(tables, locked));
        }
        return node;
    }

    private static void add(ArrayNode tables, PlanJob.LockedTable locked) {
        ObjectNode table = tables.addObject()
                .put("table", locked.lock().table().toString())
                .put("lock", locked.lock().mode().toString())
                .put("blocks", locked.lock().mode().blocks());
        TableTraffic.Facts facts = locked.facts();
        if (facts == null) {
            return;
        }
        table.put("bytes", facts.bytes()).put("rows", facts.rows());
        ArrayNode users = table.putArray("users");
        facts.users().forEach(user -> users.addObject()
                .put("pid", user.pid())
                .put("user", user.name())
                .put("application", user.application())
                .put("state", user.state())
                .put("seconds", user.seconds())
                .put("query", user.query() == null ? null : Untrusted.text(user.query())));
    }
}
