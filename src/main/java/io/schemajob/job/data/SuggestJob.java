package io.schemajob.job.data;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.yaml.YamlNode;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.importer.Suggestion;
import io.schemajob.importer.sqlite.BackupFolder;
import io.schemajob.importer.sqlite.OnlineBackup;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.migration.plan.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Drafts an {@code import.yaml} from a SQLite file and the migrated tables. Changes nothing. */
public final class SuggestJob {
    private final RunContext run;
    private final Path file;

    private final Path partial;

    /** @param partial a mapping that is to be completed; or null */
    public SuggestJob(RunContext run, Path file, Path partial) {
        this.run = run;
        this.file = file;
        this.partial = partial;
    }

    /** The text of the draft. */
    public String execute() {
        Bundle bundle = run.bundle();
        YamlNode written = partial == null ? null : YamlNode.parse(Mappings.read(partial));
        try (RunSession session = RunSession.open(run, bundle)) {
            if (!Plan.pending(bundle, session.history()).isEmpty()) {
                run.log().warn("Not all migrations are applied: the draft knows the tables that are there now.");
            }
            Optional<String> draft = of(session, written, file);
            return draft.isPresent() ? draft.get() : ofCopy(session, written);
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The catalog could not be read", e);
        }
    }

    private Optional<String> of(RunSession session, YamlNode written, Path source) throws SQLException {
        OnlineBackup backup = new OnlineBackup(
                source, new BackupFolder(source.toAbsolutePath().getParent(), source));
        return Suggestion.of(session.lockConnection(), session.schema(), written, backup, run.cancellation());
    }

    /** The log that a killed writer has left has to be played back first. */
    private String ofCopy(RunSession session, YamlNode written) throws SQLException {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("schemajob");
            Path copy = new OnlineBackup(file, new BackupFolder(folder, file))
                    .make(Instant.now(), run.log(), run.cancellation());
            try {
                return of(session, written, copy).orElseThrow();
            } finally {
                Files.delete(copy);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new IllegalStateException("no folder for temporary files: " + folder, e);
        }
    }
}
