package io.schemajob.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.job.fleet.FleetJob;
import io.schemajob.job.fleet.FleetTarget;
import io.schemajob.report.result.RunReport;
import io.schemajob.report.text.TextTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** What became of each target of a fleet, as a table or as JSON. */
public final class FleetSummary {
    private static final String NOT_BEGUN = "not begun";

    private FleetSummary() {}

    /** The lines of a table, a target each. */
    public static List<String> table(
            List<FleetJob.Result> results, List<String> headings, Function<RunReport, List<String>> cells, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("Target", "Result", headings, "Time"));
        for (FleetJob.Result result : results) {
            String name = result.target().name();
            rows.add(
                    result.begun()
                            ? row(
                                    name,
                                    "%d %s"
                                            .formatted(
                                                    result.outcome().status().code(),
                                                    result.outcome().status()),
                                    cells.apply(result.outcome().report()),
                                    result.outcome().report().duration().toMillis() + " ms")
                            : row(name, NOT_BEGUN, Collections.nCopies(headings.size(), ""), ""));
        }
        return TextTable.ruled(rows, width);
    }

    private static List<String> row(String target, String result, List<String> cells, String time) {
        List<String> row = new ArrayList<>(List.of(target, result));
        row.addAll(cells);
        row.add(time);
        return row;
    }

    /** An entry for each target: where it leads, and the whole report of its run. */
    public static ObjectNode json(List<FleetJob.Result> results) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode list = details.putArray("targets");
        for (FleetJob.Result result : results) {
            FleetTarget target = result.target();
            ObjectNode entry = list.addObject()
                    .put("name", target.name())
                    .put("schema", target.schema())
                    .put("database", target.database())
                    .put("secret", target.secret());
            if (result.begun()) {
                entry.setAll(result.outcome().full());
            } else {
                entry.put("status", NOT_BEGUN);
            }
        }
        return details;
    }

    /** Null is an empty cell. */
    public static String text(Object value) {
        return value == null ? "" : value.toString();
    }
}
