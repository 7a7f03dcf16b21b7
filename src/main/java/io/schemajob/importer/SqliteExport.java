package io.schemajob.importer;

import io.schemajob.database.lock.LockWatch;
import io.schemajob.database.query.DatabaseFailures;
import io.schemajob.importer.export.AutoincrementMarks;
import io.schemajob.importer.export.ChangedValues;
import io.schemajob.importer.export.OldIds;
import io.schemajob.importer.export.ReadAhead;
import io.schemajob.importer.export.RefusedValues;
import io.schemajob.importer.export.TableExporter;
import io.schemajob.importer.load.IdMap;
import io.schemajob.importer.load.ImportLog;
import io.schemajob.importer.load.LoadContext;
import io.schemajob.importer.load.Loader;
import io.schemajob.importer.load.PhaseWatch;
import io.schemajob.importer.load.ProgressReporter;
import io.schemajob.importer.load.Rejects;
import io.schemajob.importer.load.TargetReader;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.PlanBuilder;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.StoredSums;
import io.schemajob.importer.sqlite.LayoutSql;
import io.schemajob.importer.sqlite.Sqlite;
import io.schemajob.importer.sqlite.SqliteFailures;
import io.schemajob.importer.sqlite.SqliteInterrupt;
import io.schemajob.importer.target.TargetTable;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sqlite.SQLiteException;

/**
 * Writes rows back into the layout they came from, and proves it by reading the file as an import would: the way back
 * after a cut-over. The file takes its name only when it is whole.
 *
 * @param mapping with its layout
 * @param phases tells of phases of the server
 * @param idMap what an import wrote of ids that it did not keep; or null
 */
public record SqliteExport(
        ImportMapping mapping,
        Path file,
        Path idMap,
        String schema,
        PhaseWatch phases,
        Log log,
        CancellationToken cancellation) {
    private static final int BATCH = 1000;

    /** As an import notes it. */
    private static final Pattern MADE_ANEW = Pattern.compile("([0-9,]++) ids? w(?:as|ere) made anew");

    /**
     * Does the work.
     *
     * @param session in a transaction that sees one state of the database
     */
    public ExportResult run(Connection session) {
        requireLayout();
        Path partial = Path.of(file + ".partial");
        try {
            Files.deleteIfExists(partial);
            ExportResult result = write(session, partial);
            Files.move(partial, file);
            return result;
        } catch (SchemajobException e) {
            throw e;
        } catch (SQLiteException e) {
            cancellation.check();
            throw SqliteFailures.of("The SQLite file could not be written", e);
        } catch (SQLException e) {
            cancellation.check();
            throw DatabaseFailures.unexpected("The rows could not be read", e);
        } catch (IOException e) {
            throw unwritable(e);
        } catch (Exception e) {
            throw new IllegalStateException("The export failed in an unknown way", e);
        } finally {
            deleteQuietly(partial);
        }
    }

    private ExportResult write(Connection session, Path partial) throws Exception {
        List<String> losses = new ArrayList<>(new ImportLog(session, schema).losses());
        losses.forEach(log::detail);
        Map<String, TargetTable> targets = TargetReader.read(session, schema);
        LayoutSql layout = LayoutSql.of(mapping.layout());
        try (Connection sqlite = Sqlite.openUnguarded(partial);
                SqliteInterrupt interrupt = SqliteInterrupt.on(sqlite, cancellation);
                OldIds ids = OldIds.load(idMap, temporary(), log, cancellation)) {
            sqlite.setAutoCommit(false);
            layout.createTables(sqlite);
            ImportPlan plan =
                    PlanBuilder.ofExport(mapping, layout.sources(), targets).build();
            SharedSources.refuse(plan);
            ProgressReporter meter = new ProgressReporter(log, count(session, plan));
            Map<String, Long> rows = new LinkedHashMap<>();
            Map<String, StoredSums> meant = new LinkedHashMap<>();
            RefusedValues refused = new RefusedValues();
            for (TablePlan table : plan.tables()) {
                log.step("Writing " + table.source().name() + "...");
                meter.table(table.source().name());
                StoredSums sums = new StoredSums(table.read().size());
                meant.put(table.name(), sums);
                long written = TableExporter.write(session, sqlite, table, ids, sums, refused, meter, cancellation);
                AutoincrementMarks.write(session, sqlite, table);
                log.detail(Counted.of(written, "row"));
                tellLacking(table, ids, losses);
                rows.put(table.name(), written);
            }
            List<String> unwritable = new ArrayList<>(refused.sentences());
            unwritable.addAll(layout.createOthers(sqlite, log));
            ChangedValues changed = new ChangedValues(session, sqlite, ids, cancellation);
            requireWritten(unwritable, plan, changed);
            try (Heartbeat heartbeat = Heartbeat.begin(log, "Writing the last pages of " + file)) {
                sqlite.commit();
            }
            List<CheckResult> verdicts = compare(session, sqlite, plan, rows, meant);
            requireEqual(verdicts, plan, changed);
            return new ExportResult(rows, verdicts, UnmappedColumns.find(session, plan, targets), losses);
        }
    }

    /** An import has noted how many ids it made anew: of those that the file of ids does not have, nothing tells what they were. */
    private void tellLacking(TablePlan table, OldIds ids, List<String> losses) {
        int own = table.idColumn();
        if (own < 0) {
            return;
        }
        String id = table.name() + "." + table.columns().get(own).name() + ": ";
        long made = losses.stream()
                .filter(loss -> loss.startsWith(id))
                .map(MADE_ANEW::matcher)
                .filter(Matcher::find)
                .mapToLong(noted -> Long.parseLong(noted.group(1).replace(",", "")))
                .sum();
        long lacking = made - ids.count(table.source().name());
        if (lacking > 0) {
            String sentence = id
                    + Counted.of(
                            lacking,
                            "id that an import made anew is written as a UUID",
                            "ids that an import made anew are written as UUIDs")
                    + (idMap == null
                            ? ", as no file of ids is named (--id-map)"
                            : ", as the file of --id-map does not have " + (lacking == 1 ? "it" : "them"));
            log.warn(sentence);
            losses.add(sentence);
        }
    }

    /** Ids lie beside the file that is written: where that has room, they have too. */
    private Path temporary() {
        return Path.of(file + ".ids.partial");
    }

    private long count(Connection session, ImportPlan plan) throws SQLException {
        long rows = 0;
        for (TablePlan table : plan.tables()) {
            try (LockWatch.Watch watch = phases.begin(session, "Counting the rows of " + table.name());
                    Statement statement = session.createStatement();
                    ResultSet row = statement.executeQuery(
                            "SELECT count(*) FROM " + table.target().sql())) {
                row.next();
                rows += row.getLong(1);
            }
        }
        return rows;
    }

    /** Reads the file as an import would, and compares with what the server says it has. */
    private List<CheckResult> compare(
            Connection session,
            Connection sqlite,
            ImportPlan plan,
            Map<String, Long> rows,
            Map<String, StoredSums> meant)
            throws Exception {
        log.step("Comparing the file with the database...");
        LoadContext context =
                new LoadContext(session, sqlite, plan, rows, Map.of(), false, true, phases, BATCH, log, cancellation);
        Map<String, StoredSums> stored = new LinkedHashMap<>();
        plan.tables()
                .forEach(table ->
                        stored.put(table.name(), new StoredSums(table.read().size())));
        List<CheckResult> verdicts = new ArrayList<>();
        // The server adds up what it has while the file is read.
        try (ReadAhead<Checksums> server = ReadAhead.start("schemajob-export-sums", sums(context), cancellation)) {
            Map<String, Checksums> written = new Loader(context, new IdMap(null), new Rejects(null))
                    .sums((table, row) -> stored.get(table.name()).add(row));
            for (TablePlan table : plan.tables()) {
                verdicts.add(stored(table, meant.get(table.name()), stored.get(table.name())));
                Checksums target = server.next().get(0);
                verdicts.addAll(CheckResult.compare(table.name(), written.get(table.name()), target));
            }
        }
        return verdicts;
    }

    /** Tells of every column that differs, by its first value. */
    private void requireEqual(List<CheckResult> verdicts, ImportPlan plan, ChangedValues changed) throws Exception {
        List<CheckResult> wrong =
                verdicts.stream().filter(verdict -> !verdict.equal()).toList();
        if (wrong.isEmpty()) {
            return;
        }
        List<String> values = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            if (wrong.stream().anyMatch(verdict -> verdict.isOf(table.name()))) {
                values.addAll(changed.find(table));
            }
        }
        CheckResult first = wrong.get(0);
        String comparison = "%d of %d comparisons, first: %s, %s: %s in SQLite, %s in PostgreSQL."
                .formatted(
                        wrong.size(), verdicts.size(), first.subject(), first.check(), first.source(), first.target());
        throw refused(
                " in " + comparison + (values.isEmpty() ? "" : " Such are: " + String.join("; ", values) + "."),
                values);
    }

    /** Every row was to be written, and every index made. */
    private void requireWritten(List<String> refused, ImportPlan plan, ChangedValues changed) throws Exception {
        if (refused.isEmpty()) {
            return;
        }
        List<String> values = new ArrayList<>(refused);
        for (TablePlan table : plan.tables()) {
            values.addAll(changed.find(table));
        }
        throw refused(": " + String.join("; ", values) + ".", values);
    }

    private SchemajobException refused(String end, List<String> values) {
        values.forEach(log::detail);
        return Failure.of(ExitStatus.IMPORT_REJECTED, "The file would not be what the database is" + end)
                .databaseState("Nothing was changed, and no file was left.")
                .hint(
                        "Change these values in the database; or what layout: declares of their columns, or what the mapping"
                                + " says of them (values, default, empty), so that it reads what is written.")
                .asException();
    }

    /** Table by table, in the order of the plan. */
    private static ReadAhead.Source<Checksums> sums(LoadContext context) {
        Iterator<TablePlan> tables = context.plan().tables().iterator();
        return () -> tables.hasNext() ? List.of(sums(context, tables.next())) : List.of();
    }

    private static Checksums sums(LoadContext context, TablePlan table) throws SQLException {
        try (LockWatch.Watch watch = context.phase("Adding up " + table.name() + " on the server")) {
            return TargetSums.of(context.session(), table);
        }
    }

    /** SQLite changes a value that the declared type of its column does not like: the old application would read another. */
    private static CheckResult stored(TablePlan table, StoredSums meant, StoredSums stored) {
        List<String> changed = meant.differences(stored, table.read());
        return new CheckResult(
                table.name(),
                "columns whose values SQLite has changed",
                changed.isEmpty() ? "none" : String.join(", ", changed),
                "none",
                changed.isEmpty());
    }

    private void requireLayout() {
        if (mapping.layout() == null) {
            throw Failure.of(ExitStatus.CONFIG, "The mapping has no layout, so nothing says what the file looks like.")
                    .databaseState("Nothing was changed.")
                    .hint("Put the CREATE TABLE statements of the SQLite file under layout: in import.yaml.")
                    .asException();
        }
        if (Files.exists(file)) {
            throw Failure.of(ExitStatus.CONFIG, "The file %s exists.".formatted(file))
                    .databaseState("Nothing was changed.")
                    .hint("Name another file, or move this one away.")
                    .asException();
        }
    }

    private RuntimeException unwritable(IOException e) {
        return Failure.of(
                        ExitStatus.CONFIG,
                        "The file %s could not be written (%s)."
                                .formatted(file, e.getClass().getSimpleName()))
                .databaseState("Nothing was changed.")
                .hint("Name a file in a folder that is writable and has room.")
                .asException(e);
    }

    private static void deleteQuietly(Path partial) {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            // The first failure is the one to tell.
        }
    }
}
