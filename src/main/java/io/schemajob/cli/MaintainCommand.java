package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.job.RunContext;
import io.schemajob.job.data.MaintainJob;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code maintain}: retention and upkeep. */
@Command(
        name = "maintain",
        description = "Run the bundle's maintenance statements in short batches and report the rows they touched.")
final class MaintainCommand extends RunCommand {
    @Option(
            names = "--set",
            paramLabel = "NAME=NUMBER",
            description = "a setting of maintenance.sql, such as activities_days=60; may be repeated")
    Map<String, Long> chosen = Map.of();

    @Option(names = "--task", paramLabel = "TASK", description = "run only this task; may be repeated")
    List<String> tasks = List.of();

    @Override
    void run(RunContext run, ResultWriter out) {
        List<MaintainJob.Done> done = new MaintainJob(run, chosen, tasks).execute();
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode list = details.putArray("tasks");
        done.forEach(task -> list.addObject()
                .put("task", task.task())
                .put("title", task.title())
                .put("rows", task.rows()));
        run.report().details(details);
    }
}
