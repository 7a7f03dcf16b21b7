package io.schemajob.faults;

import io.schemajob.faults.CellRun.Result;
import io.schemajob.faults.CellRun.Undisturbed;
import io.schemajob.testing.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/** All cells, which of them are tried, and their trial on several servers at a time. */
final class FaultMatrix {
    /** The property by which a run learns how long a server may be silent, and what it is here. */
    static final String SILENCE = "schemajob.internal.silence";

    static final String SILENCE_MILLIS = "1000";

    /** Most of a cell is waiting. */
    private static final List<Integer> SERVERS = List.of(18, 16, 14, 17);

    private static final Set<FaultStage> COMMITS =
            EnumSet.of(FaultStage.FIRST_COMMIT, FaultStage.SECOND_COMMIT, FaultStage.LAST_COMMIT);
    private static final Set<Fault> OF_COMMITS = EnumSet.of(Fault.RESET_BEFORE, Fault.RESET_AFTER, Fault.GONE);

    /** One of each way to lose a network, a server, its will or the process. */
    private static final Set<Fault> MAIN = EnumSet.of(
            Fault.RESET_BEFORE,
            Fault.RESET_AFTER,
            Fault.BLACK_HOLE,
            Fault.DEADLINE,
            Fault.GONE,
            Fault.ALL_TERMINATED,
            Fault.RESTARTED,
            Fault.READ_ONLY,
            Fault.SIGTERM,
            Fault.SIGKILL,
            Fault.SIGSTOP);

    /** Not every machine lets a disk be mounted, and what {@code nohup} starts does not hear of SIGHUP. */
    private static final List<Fault> FAULTS = Arrays.stream(Fault.values())
            .filter(fault -> !fault.fillsDisk() || SmallDisk.possible())
            .filter(fault -> !fault.isSignal()
                    || fault.wantsProcess()
                    || QuietSignals.heard(fault.name().substring(3)))
            .toList();

    /** A signal meets the whole process: nothing else runs then. */
    private final ReadWriteLock process = new ReentrantReadWriteLock(true);

    private final QuietSignals signals = new QuietSignals();

    private final FaultBundle bundle = FaultBundle.create();
    private final Map<FaultCommand, Undisturbed> undisturbed = new EnumMap<>(FaultCommand.class);

    /** Learns what each command sends. */
    FaultMatrix() {
        try (FaultBench bench = new FaultBench(bundle, SERVERS.get(0))) {
            for (FaultCommand command : FaultCommand.values()) {
                Undisturbed run = Undisturbed.of(bench, command);
                if (run.exitCode() != 0) {
                    throw new AssertionError(command + ": " + run.text());
                }
                undisturbed.put(command, run);
            }
        }
    }

    /** Stages that no command comes to: their patterns are wrong. */
    List<FaultStage> unmatched() {
        return Arrays.stream(FaultStage.values())
                .filter(stage -> undisturbed.values().stream().allMatch(run -> stage.nth(run.sent()) == 0))
                .toList();
    }

    /** Every cell: each command at each message that it sends. By chance, so that those that were tried when it is stopped are a fair share. */
    List<FaultCell> all() {
        List<FaultCell> cells = new ArrayList<>();
        undisturbed.forEach((command, run) -> {
            for (FaultStage stage : FaultStage.values()) {
                if (stage.nth(run.sent()) > 0) {
                    for (Fault fault : FAULTS) {
                        cells.add(new FaultCell(command, stage, fault));
                    }
                }
            }
        });
        cells.sort(Comparator.comparingLong(cell -> chance(cell.toString())));
        return cells;
    }

    /** All whose name has the pattern in it. */
    List<FaultCell> like(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return all().stream()
                .filter(cell -> wanted.matcher(cell.toString()).find())
                .toList();
    }

    /** A migration at each of its messages, with the main faults. */
    List<FaultCell> mainColumn() {
        return all().stream()
                .filter(cell -> cell.command() == FaultCommand.MIGRATE && MAIN.contains(cell.fault()))
                .toList();
    }

    /**
     * Always the same share: each command with each of its messages, each kind of command with each fault, each message of a migration with a silent
     * server, each commit of a migration or a rollback with what may become of it.
     */
    List<FaultCell> share() {
        List<FaultCell> byChance = all();
        Set<FaultCell> chosen = new LinkedHashSet<>();
        byChance.stream().filter(FaultMatrix::isAlwaysTried).forEach(chosen::add);
        Set<Object> covered = new HashSet<>();
        for (boolean twice : new boolean[] {true, false}) {
            for (FaultCell cell : byChance) {
                List<?> stage = List.of(cell.command(), cell.stage());
                List<?> fault = List.of(cell.command().kind(), cell.fault());
                boolean newStage = !covered.contains(stage);
                boolean newFault = !covered.contains(fault);
                if (twice ? newStage && newFault : newStage || newFault) {
                    covered.addAll(List.of(stage, fault));
                    chosen.add(cell);
                }
            }
        }
        return List.copyOf(chosen);
    }

    private static boolean isAlwaysTried(FaultCell cell) {
        boolean migrate = cell.command() == FaultCommand.MIGRATE;
        return migrate && cell.fault() == Fault.BLACK_HOLE
                || (migrate || cell.command() == FaultCommand.ROLLBACK)
                        && COMMITS.contains(cell.stage())
                        && OF_COMMITS.contains(cell.fault());
    }

    private static long chance(String name) {
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    /** Tries cells, some at a time. */
    Collection<Result> run(List<FaultCell> cells) throws InterruptedException {
        if (cells.stream().anyMatch(FaultCell::isProcess)) {
            // The first process makes the class archive of all.
            App.of("bundles").run();
        }
        try (signals) {
            return runAll(cells);
        }
    }

    private Collection<Result> runAll(List<FaultCell> cells) throws InterruptedException {
        BlockingQueue<FaultCell> queue = new LinkedBlockingQueue<>(cells);
        Collection<Result> results = new ConcurrentLinkedQueue<>();
        List<Thread> workers = new ArrayList<>();
        for (int major : SERVERS) {
            Thread worker = new Thread(() -> work(major, queue, results), "faults-" + major);
            worker.start();
            workers.add(worker);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return results;
    }

    private void work(int major, BlockingQueue<FaultCell> queue, Collection<Result> results) {
        Map<Boolean, FaultBench> benches = new HashMap<>();
        try {
            for (FaultCell cell = queue.poll(); cell != null; cell = queue.poll()) {
                boolean alone = cell.fault().isSignal() && !cell.isProcess();
                var lock = alone ? process.writeLock() : process.readLock();
                lock.lock();
                try {
                    // With the lock: what prepares them are runs too, which would get the signal.
                    FaultBench bench = benches.computeIfAbsent(
                            cell.fault() == Fault.WAL_FULL,
                            small -> small ? FaultBench.withSmallWal(bundle, major) : new FaultBench(bundle, major));
                    if (alone) {
                        signals.install();
                    }
                    results.add(noted(CellRun.of(bench, cell, undisturbed.get(cell.command()))));
                } catch (RuntimeException | AssertionError e) {
                    results.add(noted(new Result(cell, -1, 0, true, List.of(e.toString()), "")));
                } finally {
                    lock.unlock();
                }
            }
        } finally {
            benches.values().forEach(FaultBench::close);
        }
    }

    /** Appends it to {@code target/faults.tsv}: all cells take an hour or two, in which a machine may be needed for something else. */
    private static synchronized Result noted(Result result) {
        String line = "%s\t%d\t%d\t%s%n"
                .formatted(
                        result.cell().toString().replace(' ', '\t'),
                        result.exitCode(),
                        result.millis(),
                        FaultExpectation.codes(result.cell()).contains(result.exitCode())
                                        && result.problems().isEmpty()
                                ? "as expected"
                                : "OTHERWISE");
        try {
            Files.writeString(Path.of("target/faults.tsv"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return result;
    }

    /** A table of Markdown: a row for each message, a column for each fault, the codes of all commands in it. */
    static String table(Collection<Result> results) {
        StringBuilder table = new StringBuilder("| at |");
        StringBuilder line = new StringBuilder("|---|");
        for (Fault fault : Fault.values()) {
            table.append(' ').append(words(fault.name())).append(" |");
            line.append("---|");
        }
        table.append('\n').append(line).append('\n');
        for (FaultStage stage : FaultStage.values()) {
            table.append("| ").append(words(stage.name())).append(" |");
            for (Fault fault : Fault.values()) {
                String codes = results.stream()
                        .filter(result ->
                                result.cell().stage() == stage && result.cell().fault() == fault)
                        .map(Result::exitCode)
                        .collect(Collectors.toCollection(TreeSet::new))
                        .stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
                table.append(' ').append(codes).append(" |");
            }
            table.append('\n');
        }
        return table.toString();
    }

    private static String words(String name) {
        return name.startsWith("SIG") ? name : name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
