package io.schemajob.faults;

import io.schemajob.faults.CellRun.Result;
import io.schemajob.faults.CellRun.Undisturbed;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
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
    /** Most of a cell is waiting. */
    private static final List<Integer> SERVERS = List.of(18, 16, 14, 17);

    private static final Set<FaultStage> COMMITS =
            EnumSet.of(FaultStage.FIRST_COMMIT, FaultStage.SECOND_COMMIT, FaultStage.LAST_COMMIT);
    private static final Set<Fault> OF_COMMITS = EnumSet.of(Fault.RESET_BEFORE, Fault.RESET_AFTER, Fault.GONE);

    /** A signal meets the whole process: nothing else runs then. */
    private final ReadWriteLock process = new ReentrantReadWriteLock(true);

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

    /** Every cell: each command at each message that it sends. */
    List<FaultCell> all() {
        List<FaultCell> cells = new ArrayList<>();
        undisturbed.forEach((command, run) -> {
            for (FaultStage stage : FaultStage.values()) {
                if (stage.nth(run.sent()) > 0) {
                    for (Fault fault : Fault.values()) {
                        cells.add(new FaultCell(command, stage, fault));
                    }
                }
            }
        });
        return cells;
    }

    /** All whose name has the pattern in it. */
    List<FaultCell> like(String pattern) {
        Pattern wanted = Pattern.compile(pattern);
        return all().stream()
                .filter(cell -> wanted.matcher(cell.toString()).find())
                .toList();
    }

    /**
     * Always the same share: each command with each of its messages and with each fault, each message of a migration with a silent
     * server, each of its commits with what may become of it, then others up to the number.
     */
    List<FaultCell> share(int number) {
        List<FaultCell> byChance = all().stream()
                .sorted(Comparator.comparingLong(cell -> chance(cell.toString())))
                .toList();
        Set<FaultCell> chosen = new LinkedHashSet<>();
        byChance.stream()
                .filter(cell -> cell.command() == FaultCommand.MIGRATE && isAlwaysTried(cell))
                .forEach(chosen::add);
        Set<Object> covered = new HashSet<>();
        for (boolean twice : new boolean[] {true, false}) {
            for (FaultCell cell : byChance) {
                List<?> stage = List.of(cell.command(), cell.stage());
                List<?> fault = List.of(cell.command(), cell.fault());
                boolean newStage = !covered.contains(stage);
                boolean newFault = !covered.contains(fault);
                if (twice ? newStage && newFault : newStage || newFault) {
                    covered.addAll(List.of(stage, fault));
                    chosen.add(cell);
                }
            }
        }
        byChance.stream().limit(number).filter(cell -> chosen.size() < number).forEach(chosen::add);
        return List.copyOf(chosen);
    }

    private static boolean isAlwaysTried(FaultCell cell) {
        return cell.fault() == Fault.BLACK_HOLE || COMMITS.contains(cell.stage()) && OF_COMMITS.contains(cell.fault());
    }

    private static long chance(String name) {
        CRC32 sum = new CRC32();
        sum.update(name.getBytes(StandardCharsets.UTF_8));
        return sum.getValue();
    }

    /** Tries cells, some at a time. */
    Collection<Result> run(List<FaultCell> cells) throws InterruptedException {
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
        try (FaultBench bench = new FaultBench(bundle, major)) {
            for (FaultCell cell = queue.poll(); cell != null; cell = queue.poll()) {
                var lock = cell.fault().isSignal() ? process.writeLock() : process.readLock();
                lock.lock();
                try {
                    results.add(CellRun.of(bench, cell, undisturbed.get(cell.command())));
                } catch (RuntimeException | AssertionError e) {
                    results.add(new Result(cell, -1, 0, true, List.of(e.toString()), ""));
                } finally {
                    lock.unlock();
                }
            }
        }
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
