package io.schemajob.importer;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.RowSecurity;
import io.schemajob.database.session.DeferredConstraints;
import io.schemajob.importer.load.IdMap;
import io.schemajob.importer.load.LoadContext;
import io.schemajob.importer.load.LoadedTable;
import io.schemajob.importer.load.Loader;
import io.schemajob.importer.load.PhaseWatch;
import io.schemajob.importer.load.Rejects;
import io.schemajob.importer.load.RowFindings;
import io.schemajob.importer.load.RowKeys;
import io.schemajob.importer.load.SequenceValues;
import io.schemajob.importer.load.TargetReader;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.PlanBuilder;
import io.schemajob.importer.mapping.SourceLayout;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.sqlite.DamageCheck;
import io.schemajob.importer.sqlite.LayoutSql;
import io.schemajob.importer.sqlite.MappedSource;
import io.schemajob.importer.sqlite.OnlineBackup;
import io.schemajob.importer.sqlite.SourceSchema;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.importer.sqlite.SqliteFailures;
import io.schemajob.importer.sqlite.SqliteInterrupt;
import io.schemajob.importer.validate.CheckResult;
import io.schemajob.importer.validate.Checksums;
import io.schemajob.importer.validate.TargetSums;
import io.schemajob.report.cancel.CancellationToken;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.log.Heartbeat;
import io.schemajob.report.log.Log;
import io.schemajob.report.text.Counted;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Moves the rows of a SQLite file into PostgreSQL inside one transaction of the caller: checks, loads, proves. It never
 * commits; when it throws, the caller rolls back.
 */
public final class SqliteImport {
    private final ImportRequest request;
    private final ImportResult result;
    private final PhaseWatch phases;
    private final Log log;
    private final CancellationToken cancellation;
    private final IdMap ids;
    private final Rejects rejects;

    /** Whether a file could not take its place: then it stays where it is. */
    private boolean unpublished;

    public SqliteImport(
            ImportRequest request, ImportResult result, PhaseWatch phases, Log log, CancellationToken cancellation) {
        this.request = request;
        this.result = result;
        this.phases = phases;
        this.log = log;
        this.cancellation = cancellation;
        this.ids = new IdMap(request.idMap());
        this.rejects = new Rejects(request.rejects());
    }

    /**
     * Refuses a mapping that does not fit both schemas before the file is copied, however large it is.
     *
     * @param backup of the file
     * @param cancellation breaks it off
     * @throws SchemajobException CONFIG with all mistakes
     */
    public static void requireMapping(
            Connection session,
            String schema,
            ImportMapping mapping,
            OnlineBackup backup,
            CancellationToken cancellation)
            throws SQLException {
        Optional<SourceLayout> sources = backup.read(source -> MappedSource.read(source, mapping), cancellation);
        if (sources.isPresent()) {
            ImportPlan plan = new PlanBuilder(mapping, sources.get(), TargetReader.read(session, schema)).build();
            new ImportTarget(session, plan).requireNoRules();
        }
    }

    /**
     * Does the work.
     *
     * @param session with autocommit off
     * @throws SchemajobException IMPORT_REJECTED if something does not fit or differs afterwards
     */
    public void run(Connection session) {
        long begun = System.nanoTime();
        try (Connection source = Sqlite.openCopy(request.copy());
                SqliteInterrupt interrupt = SqliteInterrupt.on(source, cancellation)) {
            run(session, source);
        } catch (SchemajobException e) {
            throw e;
        } catch (SQLException e) {
            cancellation.check();
            throw isSqlite(e)
                    ? SqliteFailures.of("The copy of the SQLite file could not be read", e)
                    : ImportFailures.of(e);
        } catch (IOException e) {
            throw unwritable(e);
        } catch (Exception e) {
            throw new IllegalStateException("The import failed in an unknown way", e);
        } finally {
            result.seconds((System.nanoTime() - begun) / 1e9);
        }
    }

    private void run(Connection session, Connection source) throws Exception {
        RowSecurity.refuseInTransaction(session);
        SourceLayout sources = MappedSource.read(source, request.mapping());
        ImportPlan plan =
                new PlanBuilder(request.mapping(), sources, TargetReader.read(session, request.schema())).build();
        ImportTarget target = new ImportTarget(session, plan);
        target.requireUtf8();
        target.requireNoRules();
        if (request.validate()) {
            TargetSums.requireSameHash(session);
        }
        target.lock();
        boolean empty = target.isEmpty();
        LoadContext context = new LoadContext(
                session,
                source,
                plan,
                counts(source, plan),
                request.mapping().layout() == null
                        ? Map.of()
                        : LayoutSql.of(request.mapping().layout()).sources(),
                !empty,
                request.validate(),
                phases,
                request.batchSize(),
                log,
                cancellation);
        if (request.validate()) {
            runBesideCheck(context, sources, empty);
        } else {
            run(context, sources, empty);
        }
    }

    private void runBesideCheck(LoadContext context, SourceLayout sources, boolean empty) throws Exception {
        try (DamageCheck check = DamageCheck.begin(request.copy(), cancellation)) {
            try {
                run(context, sources, empty);
            } catch (SchemajobException | SQLException e) {
                if (cancellation.stopped()) {
                    throw e;
                }
                // What a damaged file gives may not fit, or differ: the damage is the cause.
                requireSound(check);
                throw e;
            }
            requireSound(check);
        }
    }

    private void run(LoadContext context, SourceLayout sources, boolean empty) throws Exception {
        if (!empty && !request.append()) {
            new AlreadyImportedCheck(context, request, result).require(new Loader(context, ids, rejects).sums());
            result.verdicts(SequenceValues.of(context).advance(request.dryRun()));
        } else {
            IgnoredRows ignored = new IgnoredRows(context.source(), sources, request.mapping());
            ignored.absent()
                    .forEach(name -> log.warn("ignore names %s, which the SQLite file does not have".formatted(name)));
            result.losses(ignored.find());
            result.losses(SharedSources.find(context.plan(), context.layout()));
            result.losses(LayoutCheck.find(context.plan(), request.mapping(), context.layout()));
            load(context, empty);
        }
    }

    private void load(LoadContext context, boolean empty) throws Exception {
        Map<String, Checksums> before = new LinkedHashMap<>();
        if (!empty && request.validate()) {
            for (TablePlan table : context.plan().tables()) {
                before.put(table.name(), TargetSums.of(context.session(), table));
            }
        }
        SequenceValues sequences = SequenceValues.of(context);
        log.step("Importing %s into %s..."
                .formatted(
                        Counted.of(context.total(), "row"),
                        Counted.of(context.plan().tables().size(), "table")));
        RowFindings findings = new RowFindings(request.maxFindings());
        FindingReport report = new FindingReport(request, result, log);
        List<LoadedTable> loaded = load(context, findings, report);
        report.tell(findings, new RowKeys(context.source(), context.plan()));
        if (loaded == null) {
            throw report.rejected(findings);
        }
        loaded.forEach(this::tell);
        result.losses(sequences.lostMarks(loaded.stream()
                .filter(table -> table.rejected() > 0)
                .map(table -> table.plan().name())
                .collect(Collectors.toSet())));
        tellLosses(loaded);
        context.plan().tables().forEach(this::tellDuplicateKeys);
        try (LockWatch.Watch watch = context.phase("Analysing the tables")) {
            new ImportTarget(context.session(), context.plan()).analyze();
        }
        // Before the comparison: a trigger may act on the table, or on its row.
        new ImportNote(request, result).write(context.session(), loaded, empty);
        DeferredConstraints.endDeferring(context.session());
        if (request.validate()) {
            validate(context, loaded, before);
        }
        result.verdicts(sequences.advance(request.dryRun()));
    }

    /** A run that is stopped tells what it has found: where that is reason enough, to try again is of no use. */
    private List<LoadedTable> load(LoadContext context, RowFindings findings, FindingReport report) throws Exception {
        try {
            return new Loader(context, ids, rejects).load(findings);
        } catch (SchemajobException | SQLException e) {
            if (cancellation.stopped() && findings.count() > 0) {
                log.warn("Not every row was looked at; found so far:");
                report.tell(findings, new RowKeys(context.source(), context.plan()));
                throw report.stopped(findings, cancellation);
            }
            throw e;
        }
    }

    private void tell(LoadedTable table) {
        long loaded = table.read() - table.rejected();
        result.table(
                new ImportResult.Table(table.plan().name(), table.read(), loaded, table.rejected(), table.adjusted()));
        log.detail(table.plan().name() + ": " + Counted.of(loaded, "row"));
        if (table.rejected() > 0) {
            log.warn(table.plan().name() + ": "
                    + Counted.of(
                            table.rejected(),
                            "row was NOT imported, as it does not fit",
                            "rows were NOT imported, as they do not fit"));
        }
        if (table.adjusted() > 0) {
            log.warn(table.plan().name() + ": " + ImportResult.adjusted(table.adjusted()));
        }
    }

    /** Without a layout there is no way back to tell of. */
    private void tellLosses(List<LoadedTable> loaded) {
        loaded.forEach(table -> result.losses(table.losses()));
        if (request.mapping().layout() != null) {
            result.losses().forEach(loss -> log.detail("On the way back, " + loss));
        }
    }

    private void tellDuplicateKeys(TablePlan table) {
        table.columns().stream()
                .filter(column -> column.field().duplicateKeys() > 0)
                .forEach(column -> log.warn("%s.%s: JSON objects had a key twice; jsonb keeps the last"
                        .formatted(table.name(), column.name())));
    }

    private void validate(LoadContext context, List<LoadedTable> loaded, Map<String, Checksums> before)
            throws SQLException {
        log.step("Comparing source and target...");
        Validation validation = new Validation(context);
        List<CheckResult> verdicts = validation.run(loaded, before);
        result.verdicts(verdicts);
        requireEqual(verdicts, validation);
        log.step("All %d comparisons are equal".formatted(verdicts.size()));
    }

    private void requireEqual(List<CheckResult> verdicts, Validation validation) {
        List<CheckResult> wrong =
                verdicts.stream().filter(verdict -> !verdict.equal()).toList();
        if (wrong.isEmpty()) {
            return;
        }
        validation.differences().forEach(log::detail);
        CheckResult first = wrong.get(0);
        throw Failure.of(
                        ExitStatus.IMPORT_REJECTED,
                        "The target is not what the source is in %d of %d comparisons, first: %s, %s: %s in SQLite, %s in PostgreSQL."
                                .formatted(
                                        wrong.size(),
                                        verdicts.size(),
                                        first.subject(),
                                        first.check(),
                                        first.source(),
                                        first.target()))
                .databaseState(ImportFailures.NOTHING_KEPT)
                .hint(validation.suspects(first))
                .asException();
    }

    private Map<String, Long> counts(Connection source, ImportPlan plan) throws SQLException {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (TablePlan table : plan.tables()) {
            counts.put(table.name(), SourceSchema.count(source, table.source()));
        }
        return counts;
    }

    private void requireSound(DamageCheck check) throws SQLException {
        String damage;
        try (Heartbeat heartbeat = Heartbeat.begin(log, "Looking for damage in the SQLite file")) {
            damage = check.damage();
        }
        if (!damage.isEmpty()) {
            throw Failure.of(
                            ExitStatus.IMPORT_REJECTED,
                            "The SQLite file %s is damaged: %s".formatted(request.file(), damage))
                    .databaseState(ImportFailures.NOTHING_KEPT)
                    .hint("Repair the file (sqlite3 FILE .recover) or take a backup, and import that.")
                    .asException();
        }
    }

    /** After the commit: the files that belong to it take their places. */
    public void publishFiles() {
        try {
            ids.publish();
            publish(rejects);
        } catch (IOException e) {
            unpublished = true;
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The rows are imported, but a file beside them could not be written (%s)."
                                    .formatted(e.getMessage()))
                    .databaseState("The import was committed.")
                    .hint("The files are there, with .partial at the end of their names.")
                    .asException(e);
        }
    }

    /** After a trial: the rows that do not fit are what it was made for. */
    public void publishRejects() {
        try {
            publish(rejects);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private void publish(Rejects written) throws IOException {
        written.publish();
        if (written.rows() > 0) {
            log.warn("The " + Counted.of(written.rows(), "row that does not fit is", "rows that do not fit are")
                    + " in "
                    + request.rejects());
        }
    }

    /** After anything else: they go. */
    public void discardFiles() {
        if (unpublished) {
            return;
        }
        try {
            ids.discard();
            rejects.discard();
        } catch (IOException e) {
            log.warn("A partial file could not be removed: " + e.getMessage());
        }
    }

    private static RuntimeException unwritable(IOException e) {
        return Failure.of(ExitStatus.CONFIG, "A file of the import could not be written: " + e.getMessage())
                .databaseState(ImportFailures.NOTHING_KEPT)
                .hint("Name files in folders that are writable and have room with --rejects and --id-map.")
                .asException(e);
    }

    private static boolean isSqlite(SQLException e) {
        return e instanceof org.sqlite.SQLiteException;
    }
}
