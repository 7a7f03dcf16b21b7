package io.schemajob.job.author;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.author.NewScript;
import io.schemajob.bundle.author.NewScriptFolder;
import io.schemajob.bundle.author.NewScriptName;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.catalog.ChangePlanner;
import io.schemajob.catalog.ddl.DdlPlan;
import io.schemajob.catalog.ddl.Note;
import io.schemajob.catalog.diff.DiffOptions;
import io.schemajob.catalog.model.Schema;
import io.schemajob.catalog.yaml.SchemaYaml;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.Setting;
import io.schemajob.job.verify.OwnedSchemas;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryTable;
import io.schemajob.migration.history.HistoryValidation;
import io.schemajob.migration.plan.Plan;
import io.schemajob.migration.script.MigrationLabels;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.text.ShellWord;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;

/** Writes the scripts that lead from the live schema to the declared one, and back. Only reads the database. */
public final class AutogenerateJob {
    private final RunContext run;
    private final String message;
    private final boolean assumeRows;
    private final Clock clock;

    /**
     * The job.
     *
     * @param message name of the change, in any words
     * @param assumeRows whether to treat every table as one that has rows, as it will have in production
     */
    public AutogenerateJob(RunContext run, String message, boolean assumeRows, Clock clock) {
        this.run = run;
        this.message = message;
        this.assumeRows = assumeRows;
        this.clock = clock;
    }

    /**
     * The answer.
     *
     * @param scripts that were written; none where there is nothing to do
     * @param notes what is left to a person
     * @param leavesDrift whether the schema will still differ when the scripts have run
     */
    public record Generated(List<NewScript> scripts, List<Note> notes, boolean leavesDrift) {}

    /** Reads, plans, writes. */
    public Generated execute() {
        NewScriptName name = NewScriptName.of(message);
        NewScriptFolder folder = NewScriptFolder.open(run.settings().required(Setting.BUNDLE));
        Bundle bundle = run.beginning();
        Schema declared = declared(bundle);
        try (RunSession session = RunSession.open(run, bundle)) {
            History history = session.history();
            HistoryValidation.require(bundle, history);
            requireUpToDate(Plan.pending(bundle, history), MigrationLabels.of(history.current()));
            run.log().step("Comparing the database with schema.yaml...");
            DdlPlan plan = ChangePlanner.plan(
                    session.lockConnection(),
                    new ChangePlanner.Request(
                            session.schema(),
                            session.furtherSchemas(),
                            HistoryTable.NAME,
                            declared,
                            new DiffOptions(bundle.strict(), session.ownerRole()),
                            assumeRows));
            if (plan.scripts().isEmpty()) {
                return new Generated(List.of(), plan.notes(), plan.leavesDrift());
            }
            List<NewScript> scripts = new GeneratedScripts(bundle, plan, name, MigrationLabels.of(history.current()))
                    .write(folder, LocalDateTime.now(clock));
            return new Generated(scripts, plan.notes(), plan.leavesDrift());
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The catalog could not be read", e);
        }
    }

    private static Schema declared(Bundle bundle) {
        TextFile file = bundle.file("schema.yaml").orElseThrow(() -> Failure.of(
                        ExitStatus.CONFIG, "The bundle %s has no schema.yaml to go by.".formatted(bundle.name()))
                .where("bundle " + bundle.origin())
                .databaseState("Not contacted.")
                .hint("schemajob snapshot --file %s, and change it to what you want"
                        .formatted(ShellWord.of(bundle.origin() + "/schema.yaml")))
                .asException());
        Schema schema = SchemaYaml.read(file);
        Verification.requirePrivileges(bundle, schema);
        OwnedSchemas.requireAll(bundle, schema);
        return schema;
    }

    /** What is pending would be written a second time. */
    private static void requireUpToDate(List<Migration> pending, String version) {
        if (!pending.isEmpty()) {
            throw Failure.of(
                            ExitStatus.FINDINGS,
                            "The database is not up to date: %d migration(s) are pending, from %s on."
                                    .formatted(
                                            pending.size(), pending.get(0).up().name()))
                    .databaseState("Nothing was changed; the schema is at %s.".formatted(version))
                    .hint("schemajob migrate, and then this command again")
                    .asException();
        }
    }
}
