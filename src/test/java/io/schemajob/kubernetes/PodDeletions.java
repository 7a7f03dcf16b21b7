package io.schemajob.kubernetes;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Ends pods at random instants of their work, in turn as a cluster does: evicted from their node, killed at once, or
 * deleted (SIGTERM), with SIGKILL after a grace period that may be short.
 */
final class PodDeletions implements Consumer<List<IndexedJob.Active>> {
    private static final int LONGEST_GRACE_MILLIS = 200;

    private final Random random;
    private final long window;
    private final Map<IndexedJob.Active, Runnable> ends = new HashMap<>();
    private final Map<IndexedJob.Active, Long> instants = new HashMap<>();
    private int left;

    /**
     * Deletes so many pods.
     *
     * @param window the latest instant, from the beginning of a pod's work
     */
    PodDeletions(Random random, int number, Duration window) {
        this.random = random;
        this.window = window.toMillis();
        this.left = number;
    }

    int left() {
        return left;
    }

    @Override
    public void accept(List<IndexedJob.Active> active) {
        for (IndexedJob.Active pod : active) {
            long instant = instants.computeIfAbsent(pod, any -> 1 + (long) (random.nextDouble() * window));
            if (pod.worked().toMillis() < instant) {
                continue;
            }
            Runnable next = ends.containsKey(pod) ? ends.put(pod, () -> {}) : begin(pod);
            next.run();
        }
    }

    /** The first thing that happens to a pod; the second, if there is one, happens after the grace period. */
    private Runnable begin(IndexedJob.Active pod) {
        ends.put(pod, () -> {});
        if (left == 0) {
            return () -> {};
        }
        left--;
        switch (left % 4) {
            case 0:
                return pod::evict;
            case 1:
                return pod.pod()::kill;
            case 2:
                return pod.pod()::terminate;
            default:
                instants.put(pod, pod.worked().toMillis() + random.nextInt(LONGEST_GRACE_MILLIS));
                ends.put(pod, pod.pod()::kill);
                return pod.pod()::terminate;
        }
    }
}
