package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.bundle.Bundle;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.author.BundlesJob;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code bundles}: what can be migrated. */
@Command(name = "bundles", description = "List the bundles that are built in or found.")
final class BundlesCommand extends RunCommand {
    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        List<Bundle> bundles = new BundlesJob(run).execute();
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode list = details.putArray("bundles");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Bundle", "Newest", "Migrations", "PostgreSQL", "From", "Title"));
        for (Bundle bundle : bundles) {
            String head = bundle.head().map(Object::toString).orElse("");
            list.addObject()
                    .put("name", bundle.name())
                    .put("title", bundle.title())
                    .put("head", head)
                    .put("migrations", bundle.migrations().size())
                    .put("minimumServer", bundle.minimumServer())
                    .put("origin", bundle.origin());
            rows.add(List.of(
                    bundle.name(),
                    head,
                    String.valueOf(bundle.migrations().size()),
                    bundle.minimumServer() + "+",
                    bundle.origin(),
                    bundle.title()));
        }
        run.report().details(details);
        if (output == Output.TEXT) {
            out.table(rows);
        }
    }
}
