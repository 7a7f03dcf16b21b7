package io.schemajob.job.data;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.database.query.SqlStates;
import io.schemajob.database.session.LostCommit;
import io.schemajob.database.session.LostCommit.TransactionStatus;
import io.schemajob.importer.ImportRequest;
import io.schemajob.importer.ImportResult;
import io.schemajob.importer.LastWrite;
import io.schemajob.importer.SqliteImport;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.sqlite.BackupFolder;
import io.schemajob.importer.sqlite.OnlineBackup;
import io.schemajob.importer.sqlite.SqliteHeader;
import io.schemajob.job.RunContext;
import io.schemajob.job.RunSession;
import io.schemajob.job.TimeLimit;
import io.schemajob.job.migrate.MigrateJob;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.plan.Target;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.file.OutputFile;
import io.schemajob.report.text.Counted;
import io.schemajob.report.text.Durations;
import io.schemajob.report.text.Untrusted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Moves a SQLite file in: lock, migrate, back up, load, prove, commit once. */
public final class ImportJob {
    /**
     * What was asked for.
     *
     * @param file the SQLite file
     * @param mapping a file to use instead of the bundle's {@code import.yaml}; or null
     * @param backupFolder null for the folder of the file
     * @param backupAge how long copies of earlier runs are kept
     * @param keepCopy also where nothing was imported from it
     * @param dryRun everything, and then a rollback
     * @param append add to what is there
     * @param validate prove the result before it is kept
     * @param rejects where rows go that do not fit; or null
     * @param idMap where ids go that were not kept; or null
     * @param batchSize rows that are read and reported at once
     * @param maxFindings how many findings of a group are shown
     * @param timeout from the first look at the file to the commit; zero for none
     */
    public record Options(
            Path file,
            Path mapping,
            Path backupFolder,
            Duration backupAge,
            boolean keepCopy,
            boolean dryRun,
            boolean append,
            boolean validate,
            Path rejects,
            Path idMap,
            int batchSize,
            int maxFindings,
            Duration timeout) {}

    private final RunContext run;
    private final Options options;
    private final ImportResult result = new ImportResult();

    public ImportJob(RunContext run, Options options) {
        this.run = run;
        this.options = options;
    }

    /** What was done and found, also after a failure. */
    public ImportResult result() {
        return result;
    }

    /** Runs the job; returns when the rows are there for good, or were there before. */
    public void execute() {
        Bundle bundle = run.bundle();
        ImportMapping mapping = Mappings.find(bundle, options.mapping());
        requireFiles();
        SqliteHeader.read(options.file());
        requirePlace("--rejects", options.rejects());
        requirePlace("--id-map", options.idMap());
        Verification verification = Verification.of(run, bundle);
        try (RunSession session = RunSession.openLocked(run, bundle);
                TimeLimit limit = TimeLimit.start(options.timeout(), run.cancellation(), this::tooLong)) {
            MigrateJob migrate = new MigrateJob(run, new MigrateJob.Options("head", options.dryRun(), true));
            boolean[] tried = {false};
            migrate.migrate(session, verification, Target.parse("head"), connection -> {
                tried[0] = true;
                tryOut(session, mapping, connection);
            });
            if (options.dryRun()) {
                sayWhetherTried(tried[0]);
            } else {
                importAfterScripts(session, mapping, verification);
            }
        }
    }

    /** Before anything is done: a pipe without a reader would keep a finished import from ending. */
    private void requireFiles() {
        Stream.of(options.rejects(), options.idMap()).filter(Objects::nonNull).forEach(file -> {
            String refusal = OutputFile.of(file).refusal();
            if (refusal != null) {
                throw Failure.of(ExitStatus.CONFIG, "The import does not write to %s: it %s.".formatted(file, refusal))
                        .databaseState("Not contacted.")
                        .hint("Name a file in a folder that can be written to.")
                        .asException();
            }
        });
    }

    /** Refuses a file that could not be written, before hours of work end with it. */
    private static void requirePlace(String option, Path file) {
        if (file == null) {
            return;
        }
        Path folder = OutputFile.of(file).draft().toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw Failure.of(ExitStatus.CONFIG, "The file %s of %s could not be written.".formatted(file, option))
                    .databaseState("Not contacted.")
                    .hint("Name a file in a folder that exists and is writable.")
                    .asException();
        }
    }

    private void sayWhetherTried(boolean tried) {
        if (!tried) {
            run.log().warn("The import itself was not tried: the tables cannot be made in a transaction.");
        }
        run.log().step("Dry run of the import finished; nothing was kept");
    }

    private void tryOut(RunSession session, ImportMapping mapping, Connection connection) {
        requireMapping(session, mapping, connection);
        Path copy = backUp();
        SqliteImport work = work(session, mapping, copy);
        try {
            work.run(connection);
            LastWrite.passed(connection);
            work.publishRejects();
        } catch (SQLException e) {
            throw failed(e);
        } finally {
            work.discardFiles();
            removeUseless(copy);
        }
    }

    private void importAfterScripts(RunSession session, ImportMapping mapping, Verification verification) {
        // The scripts are done: an application may ask Flyway at its start whether they are, while rows are imported
        // for hours.
        session.migration().lock().releaseForeign();
        try {
            importAll(session, mapping, verification);
        } catch (SchemajobException e) {
            String state = e.failure().marked().databaseState();
            throw state == null
                    ? e
                    : e.failure().databaseState(afterScripts(state)).asException(e);
        }
    }

    /** What is said of the import is not all where this run has migrated before it. */
    private String afterScripts(String state) {
        List<String> applied = run.report().applied();
        if (applied.isEmpty()) {
            return state;
        }
        String last = applied.get(applied.size() - 1);
        return (applied.size() == 1
                        ? last + " was applied, and stays."
                        : "%d scripts were applied, and stay, the last %s.".formatted(applied.size(), last))
                + " The import itself: "
                + state;
    }

    private void importAll(RunSession session, ImportMapping mapping, Verification verification) {
        try (Connection connection = session.migration().open()) {
            requireMapping(session, mapping, connection);
        } catch (SQLException e) {
            run.cancellation().check();
            throw failed(e);
        }
        Path copy = backUp();
        boolean useless = true;
        SqliteImport work = work(session, mapping, copy);
        try (Connection connection = session.migration().open()) {
            connection.setAutoCommit(false);
            work.run(connection);
            if (result.isAlreadyThere()) {
                connection.rollback();
                publishAgain(work);
            } else {
                if (options.validate()) {
                    Optional<Version> version = session.historyNow().current();
                    verification.requireBeforeCommit(connection, session, version);
                }
                LastWrite.passed(connection);
                session.migration().lock().assertHeld();
                useless = false;
                try (LockWatch.Watch watch = session.migration().locks().watch(connection, "Committing")) {
                    commit(session, connection);
                }
                work.publishFiles();
                run.log()
                        .step("Imported %s in %.1f s"
                                .formatted(Counted.of(result.rowsLoaded(), "row"), result.seconds()));
            }
            removeOldCopies();
        } catch (SQLException e) {
            run.cancellation().check();
            throw failed(e);
        } finally {
            work.discardFiles();
            if (useless) {
                removeUseless(copy);
            }
        }
    }

    private void requireMapping(RunSession session, ImportMapping mapping, Connection connection) {
        try {
            SqliteImport.requireMapping(connection, session.schema(), mapping, backup(), run.cancellation());
        } catch (SQLException e) {
            run.cancellation().check();
            throw failed(e);
        }
    }

    /** A copy of which nothing was imported is as good as the file itself, which is unchanged. */
    private void removeUseless(Path copy) {
        if (options.keepCopy()) {
            return;
        }
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            run.log().warn("The copy %s could not be removed: %s".formatted(copy, e.getMessage()));
        }
    }

    /** A run that was killed after its commit had no time for the file of ids; which rows it left out is not known now. */
    private void publishAgain(SqliteImport work) {
        if (result.rowsRejected() == 0) {
            work.publishFiles();
        }
    }

    private static RuntimeException failed(SQLException e) {
        return DatabaseFailures.unexpected("The import was broken off", e);
    }

    private SqliteImport work(RunSession session, ImportMapping mapping, Path copy) {
        return new SqliteImport(
                request(session, mapping, copy),
                result,
                session.migration().locks()::watch,
                run.log(),
                run.cancellation());
    }

    private ImportRequest request(RunSession session, ImportMapping mapping, Path copy) {
        return new ImportRequest(
                options.file(),
                copy,
                mapping,
                session.schema(),
                options.append(),
                options.validate(),
                options.dryRun(),
                options.batchSize(),
                options.maxFindings(),
                options.rejects(),
                options.idMap());
    }

    private Path backUp() {
        run.log().step("Backing up %s...".formatted(options.file()));
        Path copy = backup().make(Instant.now(), run.log(), run.cancellation());
        run.log().detail("Copy: " + copy);
        return copy;
    }

    private OnlineBackup backup() {
        return new OnlineBackup(options.file(), folder());
    }

    private BackupFolder folder() {
        Path folder =
                options.backupFolder() == null ? options.file().toAbsolutePath().getParent() : options.backupFolder();
        return new BackupFolder(folder, options.file());
    }

    private void removeOldCopies() {
        try {
            for (Path old : folder().removeOlderThan(options.backupAge(), Instant.now())) {
                run.log().detail("Removed the old copy " + old);
            }
        } catch (IOException e) {
            run.log().warn("Old copies could not be removed: " + e.getMessage());
        }
    }

    /** Commits; where the answer is lost, asks the server by another session what became of it. */
    private void commit(RunSession session, Connection connection) {
        run.cancellation().check();
        run.log().debug("Committing transaction " + result.transaction());
        try {
            connection.commit();
        } catch (SQLException e) {
            String state = SqlStates.of(e);
            if (!LostCommit.possible(e)) {
                throw failed(e);
            }
            run.log().warn("The connection was lost while the commit was under way: " + Untrusted.text(e.getMessage()));
            if (!committed(session, e)) {
                throw Failure.of(ExitStatus.UNAVAILABLE, "The connection was lost before the commit was done.")
                        .sqlState(state)
                        .databaseState("Everything was rolled back; the tables are as they were.")
                        .hint("Run the job again.")
                        .asException(e);
            }
            run.log().step("The server says that the commit was done");
        }
    }

    private boolean committed(RunSession session, SQLException lost) {
        TransactionStatus transactionStatus = new LostCommit(session.sessions(), run.cancellation())
                .find(session.lockConnection(), result.transaction(), asked -> true);
        if (transactionStatus == TransactionStatus.COMMITTED || transactionStatus == TransactionStatus.ROLLED_BACK) {
            return transactionStatus == TransactionStatus.COMMITTED;
        }
        throw Failure.of(
                        ExitStatus.UNAVAILABLE,
                        "The connection was lost while the commit was under way, and the server cannot be asked.")
                .databaseState("Either all rows are there or none.")
                .hint("Run the job again: it finds out, and does nothing if they are there.")
                .asException(lost);
    }

    private Failure tooLong() {
        return Failure.of(
                        ExitStatus.TRY_AGAIN,
                        "The import took longer than %s.".formatted(Durations.text(options.timeout())))
                .databaseState(afterScripts("Everything was rolled back; the tables are as they were."))
                .hint("Run the job again with a longer --timeout.");
    }
}
