package io.schemajob.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.bundle.script.Script;
import io.schemajob.job.migrate.InfoJob;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.report.text.TextTable;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Prints the answer of {@code info} as a table or as JSON. */
public final class InfoTable {
    private InfoTable() {}

    /** @param width of the terminal in characters */
    public static List<String> text(InfoJob.Info info, boolean withSql, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Version", "Description", "State", "Installed on (UTC)", "By", "Time"));
        for (InfoJob.Line line : info.lines()) {
            AppliedMigration row = line.applied();
            rows.add(List.of(
                    line.version() == null ? "(repeatable)" : line.version(),
                    line.description(),
                    line.state(),
                    row == null
                            ? ""
                            : row.installedOn().truncatedTo(ChronoUnit.SECONDS).toString(),
                    row == null ? "" : row.installedBy(),
                    row == null ? "" : row.milliseconds() + " ms"));
        }
        List<String> text = new ArrayList<>(TextTable.ruled(rows, width));
        text.add("Current version: %s; %d pending"
                .formatted(info.current() == null ? "none" : info.current(), info.pending()));
        info.problems()
                .forEach(problem ->
                        text.add("PROBLEM: migration %s: %s".formatted(problem.version(), problem.message())));
        if (withSql) {
            info.lines().stream()
                    .map(InfoJob.Line::migration)
                    .filter(Objects::nonNull)
                    .forEach(migration -> addScript(text, migration.up()));
        }
        return text;
    }

    /** As the log shows SQL: no line of it can be taken for one of ours. */
    private static void addScript(List<String> text, Script script) {
        text.add("");
        text.add("-- " + script.path());
        script.text().strip().lines().forEach(line -> text.add("    | " + line));
    }

    public static ObjectNode json(InfoJob.Info info) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("current", info.current());
        node.put("pending", info.pending());
        ArrayNode lines = node.putArray("migrations");
        for (InfoJob.Line line : info.lines()) {
            ObjectNode item = lines.addObject()
                    .put("version", line.version())
                    .put("description", line.description())
                    .put("state", line.state());
            if (line.applied() != null) {
                item.put("installedOn", line.applied().installedOn().toString())
                        .put("installedBy", line.applied().installedBy())
                        .put("executionMs", line.applied().milliseconds());
            }
        }
        ArrayNode problems = node.putArray("problems");
        info.problems().forEach(problem -> problems.addObject()
                .put("kind", problem.kind().name())
                .put("version", problem.version())
                .put("message", problem.message()));
        return node;
    }
}
