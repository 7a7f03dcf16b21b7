package io.schemajob.job.data;

import io.schemajob.bundle.Bundle;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.importer.Suggestion;
import io.schemajob.importer.sqlite.BackupFolder;
import io.schemajob.importer.sqlite.OnlineBackup;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;

/** Drafts an {@code import.yaml} from a SQLite file and the migrated tables. Changes nothing. */
public final class SuggestJob {
    private final RunContext run;
    private final Path file;

    public SuggestJob(RunContext run, Path file) {
        this.run = run;
        this.file = file;
    }

    /** The text of the draft. */
    public String execute() {
        Bundle bundle = run.bundle();
        Path folder = null;
        try (RunSession session = RunSession.open(run, bundle)) {
            folder = Files.createTempDirectory("schemajob");
            Path copy = new OnlineBackup(file, new BackupFolder(folder, file)).make(Instant.now());
            try {
                return Suggestion.of(session.lockConnection(), session.schema(), copy);
            } finally {
                Files.delete(copy);
                Files.delete(folder);
            }
        } catch (SQLException e) {
            throw DatabaseFailures.unexpected("The catalog could not be read", e);
        } catch (IOException e) {
            throw new IllegalStateException("no folder for temporary files: " + folder, e);
        }
    }
}
