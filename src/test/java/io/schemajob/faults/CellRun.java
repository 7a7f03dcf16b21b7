package io.schemajob.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.testing.App;
import io.schemajob.testing.OtherSession;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.TemporaryFolders;
import io.schemajob.testing.WireProxy;
import io.schemajob.testing.WireProxy.Point;
import io.schemajob.testing.WireProxy.Sent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tries one cell: runs the command under the fault, then looks whether what it left, and what it said of it, is so, and whether a run
 * without faults ends as one that was never disturbed.
 */
final class CellRun {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a run with all its waits. */
    private static final long LONGEST_MILLIS = 30_000;

    private static final String NOBODY = "SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name LIKE 'schemajob/%'";
    private static final String NO_LOCK = "SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory' AND database ="
            + " (SELECT oid FROM pg_database WHERE datname = current_database())";
    private static final Pattern AT = Pattern.compile("the schema is at (\\S+?)\\.(?:\\s|$)");
    private static final Pattern SILENT =
            Pattern.compile("has not answered for \\d+ s, and neither does another session");
    private static final Pattern UNTOUCHED = Pattern.compile("Not contacted|Not touched|Nothing was changed");

    private final FaultBench bench;
    private final FaultCell cell;
    private final List<String> problems = new ArrayList<>();

    private CellRun(FaultBench bench, FaultCell cell) {
        this.bench = bench;
        this.cell = cell;
    }

    /**
     * How it ended.
     *
     * @param struck whether the message came at which the fault strikes
     * @param problems what was not as it must be, whatever the code
     */
    record Result(FaultCell cell, int exitCode, long millis, boolean struck, List<String> problems, String text) {}

    /** @param undisturbed what the run sends, and leaves, without the fault */
    static Result of(FaultBench bench, FaultCell cell, Undisturbed undisturbed) {
        return new CellRun(bench, cell).run(undisturbed);
    }

    /** A run without a fault. */
    record Undisturbed(List<Sent> sent, DatabaseDump left, int exitCode, String text) {
        static Undisturbed of(FaultBench bench, FaultCommand command) {
            Postgres.Database database = bench.database(command);
            Path place = FaultBench.place();
            try (WireProxy proxy = new WireProxy(bench.server(), null, session -> {})) {
                App.Result result = bench.app(database, proxy.port(), command.arguments(bench.bundle(), place))
                        .run();
                return new Undisturbed(proxy.log(), DatabaseDump.of(database), result.exitCode(), result.text());
            } finally {
                TemporaryFolders.delete(place);
                bench.drop(database);
            }
        }
    }

    private Result run(Undisturbed undisturbed) {
        Postgres.Database database = cell.fault() == Fault.DISK_FULL
                ? bench.databaseOnSmallDisk(cell.command())
                : bench.database(cell.command());
        Path place = FaultBench.place();
        try {
            return run(undisturbed, database, place);
        } finally {
            TemporaryFolders.delete(place);
            bench.drop(database);
        }
    }

    private Result run(Undisturbed undisturbed, Postgres.Database database, Path place) {
        DatabaseDump before = DatabaseDump.of(database);
        Point point = new Point(
                cell.stage().message(),
                cell.stage().nth(undisturbed.sent()),
                cell.fault().moment());
        FaultScene scene = new FaultScene(bench, cell.command(), database);
        cell.fault().prepare(scene);
        long begin = System.nanoTime();
        App.Result result;
        boolean struck;
        try (WireProxy proxy =
                new WireProxy(bench.server(), point, session -> cell.fault().strike(scene, session))) {
            scene.leadThrough(proxy);
            result = run(scene, app(database, proxy.port(), place));
            struck = proxy.struck();
        } finally {
            cell.fault().undo(scene);
        }
        long millis = (System.nanoTime() - begin) / 1_000_000;
        if (millis > LONGEST_MILLIS) {
            problems.add("took " + millis + " ms");
        }
        awaitNothingHeld(database);
        DatabaseDump after = DatabaseDump.of(database);
        consistent(after);
        if (cell.fault() != Fault.SIGKILL) {
            told(result, before, after);
            files(result, place);
        }
        clean(database, undisturbed);
        return new Result(cell, result.exitCode(), millis, struck, problems, result.text());
    }

    private App app(Postgres.Database database, int port, Path place) {
        List<String> line = new ArrayList<>(cell.command().arguments(bench.bundle(), place));
        line.addAll(cell.fault().options());
        App app = bench.app(database, port, line).env("SCHEMAJOB_CONNECT_TIMEOUT", "3s");
        // A process that was stopped is behind; that is no silence of the server.
        String silence = cell.fault() == Fault.SIGSTOP ? "5000" : FaultMatrix.SILENCE_MILLIS;
        return cell.isProcess() ? app.property(FaultMatrix.SILENCE, silence) : app;
    }

    private App.Result run(FaultScene scene, App app) {
        if (!cell.isProcess()) {
            scene.runs(null);
            return app.run();
        }
        App.Running running = app.start();
        scene.runs(running);
        return running.await();
    }

    private void awaitNothingHeld(Postgres.Database database) {
        try (OtherSession eye = OtherSession.ofSuperuser(database)) {
            eye.await(NOBODY).await(NO_LOCK);
        } catch (AssertionError e) {
            problems.add("a session or a lock is left: " + e.getMessage());
        }
    }

    private void consistent(DatabaseDump after) {
        switch (cell.command()) {
            case MIGRATE, ROLLBACK -> problems.addAll(after.halfApplied("public"));
            case FLEET -> {
                problems.addAll(after.halfApplied("alpha"));
                problems.addAll(after.halfApplied("beta"));
            }
            default -> {}
        }
    }

    /** Each sentence about the database that can be looked at. */
    private void told(App.Result result, DatabaseDump before, DatabaseDump after) {
        JsonNode message = json(result.termination());
        if (message.path("exitCode").asInt(-1) != result.exitCode()) {
            problems.add("the termination message says " + message.path("exitCode"));
        }
        if (cell.command() == FaultCommand.FLEET) {
            return;
        }
        String version = after.version("public");
        String to = message.path("toVersion").asText("null");
        boolean open = result.err().contains("not known");
        if (!open && !to.equals("null") && !to.equals(version)) {
            problems.add("toVersion is " + to + ", and the history is at " + version);
        }
        int moved = Math.abs(
                after.applied("public").size() - before.applied("public").size());
        if (cell.command().movesHistory() && !open && message.path("applied").asInt() != moved) {
            problems.add("applied is " + message.path("applied") + ", and it was " + moved);
        }
        Matcher at = AT.matcher(result.err());
        while (at.find()) {
            if (!at.group(1).equals(version)) {
                problems.add("says '" + at.group() + "', and the history is at " + version);
            }
        }
        if (UNTOUCHED.matcher(result.err()).find() && !before.lines().equals(after.lines())) {
            problems.add("says that nothing was changed, and it was");
        }
        if (result.exitCode() != 0 && !result.err().contains("\n  next:     ")) {
            problems.add("no next command is told");
        }
        if (cell.fault() == Fault.BLACK_HOLE
                && result.exitCode() == ExitStatus.UNAVAILABLE.code()
                && !FaultExpectation.isLogin(cell.stage())
                && !SILENT.matcher(result.text()).find()) {
            problems.add("does not say that the server has gone silent");
        }
        if (result.err().contains("\tat ")) {
            problems.add("a stack trace is shown");
        }
    }

    /** An export is whole or not there. */
    private void files(App.Result result, Path place) {
        if (cell.command() != FaultCommand.EXPORT) {
            return;
        }
        try (Stream<Path> files = Files.list(place)) {
            List<String> names =
                    files.map(file -> file.getFileName().toString()).toList();
            List<String> wanted = result.exitCode() == 0 ? List.of("out.db") : List.of();
            if (!names.equals(wanted)) {
                problems.add("files are left: " + names);
            }
        } catch (IOException e) {
            problems.add(e.toString());
        }
    }

    private void clean(Postgres.Database database, Undisturbed undisturbed) {
        Path place = FaultBench.place();
        App.Result again = bench.app(
                        database, bench.server().port(), cell.command().arguments(bench.bundle(), place))
                .run();
        TemporaryFolders.delete(place);
        DatabaseDump end = DatabaseDump.of(database);
        if (again.exitCode() != 0) {
            problems.add("the next run ends with " + again.exitCode() + ": " + again.err());
        } else if (!end.lines().equals(undisturbed.left().lines())) {
            List<String> more = new ArrayList<>(end.lines());
            undisturbed.left().lines().forEach(more::remove);
            List<String> less = new ArrayList<>(undisturbed.left().lines());
            end.lines().forEach(less::remove);
            problems.add("the next run ends otherwise: more " + more + ", less " + less);
        }
    }

    private static JsonNode json(String text) {
        try {
            return text == null ? JSON.nullNode() : JSON.readTree(text);
        } catch (IOException e) {
            return JSON.nullNode();
        }
    }
}
