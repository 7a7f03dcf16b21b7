package io.schemajob.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.bundle.author.NewScript;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.cli.line.Output;
import io.schemajob.job.RunContext;
import io.schemajob.job.author.AutogenerateJob;
import io.schemajob.job.author.AutogenerateJob.Generated;
import io.schemajob.job.author.NewJob;
import io.schemajob.job.author.RenumberJob;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.ShellWord;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code new}: the next up and down scripts of a bundle. */
@Command(
        name = "new",
        aliases = "revision",
        description = "Create the next up and down scripts in the bundle's folder.")
final class NewCommand extends RunCommand {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "name of the change, in any words")
    String name;

    @Option(
            names = {"-m", "--message"},
            paramLabel = "NAME",
            description = "the same, for users of Alembic")
    String message;

    @Option(
            names = "--autogenerate",
            description = "write the statements that lead from the database to schema.yaml, and back")
    boolean autogenerate;

    @Option(
            names = "--assume-rows",
            description = "with --autogenerate: treat every table as one that has rows, as in production")
    boolean assumeRows;

    @Option(
            names = "--renumber",
            paramLabel = "REF",
            description = "create nothing: give the scripts that this branch lacks later versions than it has")
    String renumber;

    @Override
    boolean logIsResult() {
        return false;
    }

    @Override
    void run(RunContext run, ResultWriter out) {
        if (renumber != null) {
            renumber(run, out);
            return;
        }
        String words = words();
        Generated result = autogenerate
                ? new AutogenerateJob(run, words, assumeRows, Clock.systemUTC()).execute()
                : new Generated(List.of(new NewJob(run, words, Clock.systemUTC()).execute()), List.of(), false);
        run.report().details(json(result));
        for (Note note : result.notes()) {
            run.log().warn("%s: %s".formatted(note.object(), note.reason()));
        }
        if (output == Output.TEXT) {
            print(result, out);
        }
    }

    private void renumber(RunContext run, ResultWriter out) {
        if (name != null || message != null || autogenerate) {
            throw Failure.of(ExitStatus.USAGE, "--renumber creates nothing, so it takes no name.")
                    .databaseState("Not contacted.")
                    .hint("schemajob new --renumber " + ShellWord.of(renumber))
                    .asException();
        }
        Map<String, String> renamed = new RenumberJob(run, renumber, Clock.systemUTC()).execute();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        renamed.forEach((from, to) -> list.addObject().put("from", from).put("to", to));
        run.report().details(JsonNodeFactory.instance.objectNode().set("renamed", list));
        if (output == Output.TEXT) {
            renamed.forEach((from, to) -> out.line("%s → %s".formatted(from, to)));
            out.line(
                    renamed.isEmpty()
                            ? "Nothing to renumber: the scripts of this branch come after those of %s."
                                    .formatted(renumber)
                            : "Next: schemajob check --base " + ShellWord.of(renumber));
        }
    }

    private String words() {
        if ((name == null) == (message == null)) {
            throw Failure.of(ExitStatus.USAGE, "Give the change one name.")
                    .databaseState("Not contacted.")
                    .hint("schemajob new \"Add orders\", or schemajob revision -m \"Add orders\"")
                    .asException();
        }
        return name == null ? message : name;
    }

    private void print(Generated result, ResultWriter out) {
        for (NewScript script : result.scripts()) {
            out.line(script.up());
            if (!script.down().equals(script.up())) {
                out.line(script.down());
            }
        }
        if (result.scripts().isEmpty()) {
            out.line(
                    result.leavesDrift()
                            ? "Nothing written: what differs has to be changed by hand."
                            : "No difference between the database and schema.yaml; nothing written.");
        } else if (result.leavesDrift()) {
            out.line("The database will still differ from schema.yaml afterwards: see the warnings.");
        }
        if (!result.scripts().isEmpty()) {
            out.line(
                    autogenerate
                            ? "Next: read the scripts, then schemajob migrate --dry-run"
                            : "Next: fill both, then schemajob lint, then schemajob migrate --dry-run");
        }
    }

    private static ObjectNode json(Generated result) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode list = details.putArray("scripts");
        for (NewScript script : result.scripts()) {
            list.addObject()
                    .put("version", script.version())
                    .put("up", script.up())
                    .put("down", script.down());
        }
        ArrayNode notes = details.putArray("notes");
        for (Note note : result.notes()) {
            ObjectNode object =
                    notes.addObject().put("object", note.object().toString()).put("reason", note.reason());
            object.put("open", note.open());
            ArrayNode statements = object.putArray("statements");
            note.statements().forEach(statements::add);
        }
        details.put("leavesDrift", result.leavesDrift());
        return details;
    }
}
