package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.data.UsageJob;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code usage}: how much is in the tables. */
@Command(
        name = "usage",
        description = "Count rows and distinct threads, and show total sizes, per table; read-only. Counting reads"
                + " whole tables.")
final class UsageCommand extends RunCommand {
    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        List<UsageJob.Usage> usages = new UsageJob(run).execute();
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode tables = details.putArray("tables");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Table", "Rows", "Threads", "Size"));
        for (UsageJob.Usage usage : usages) {
            tables.addObject()
                    .put("table", usage.table())
                    .put("rows", usage.rows())
                    .put("threads", usage.threads())
                    .put("bytes", usage.bytes());
            rows.add(List.of(
                    usage.table(),
                    String.valueOf(usage.rows()),
                    usage.threads() == null ? "" : usage.threads().toString(),
                    usage.size()));
        }
        run.report().details(details);
        if (output == Output.TEXT) {
            out.table(rows);
        }
    }
}
