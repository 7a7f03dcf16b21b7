package io.schemajob.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Does with an Indexed Job what the controller of Kubernetes does: starts the lowest indexes that are neither done nor
 * failed, {@code parallelism} at once; judges each pod that has ended by the Job's {@code podFailurePolicy}; retries an
 * index up to {@code backoffLimitPerIndex} times, a replacement only after its predecessor has ended; and ends the Job early
 * on {@code FailJob} or when more than {@code maxFailedIndexes} have failed. Deadlines are left out: runs here end by
 * themselves.
 *
 * @see <a href="https://github.com/kubernetes/enhancements/tree/master/keps/sig-apps/3850-backoff-limits-per-index-for-indexed-jobs">KEP
 *     3850</a>
 */
final class IndexedJob {
    private static final Duration TICK = Duration.ofMillis(10);

    /** Ten seconds in Kubernetes; here there is nothing to wait for. */
    private static final Duration BACKOFF = Duration.ofMillis(40);

    /**
     * A pod that has ended.
     *
     * @param disrupted whether it had the condition DisruptionTarget
     * @param action what the policy said; null after exit code 0
     */
    record Ended(int index, int exitCode, boolean disrupted, String action) {}

    /**
     * What the Job's status says at its end.
     *
     * @param condition {@code Complete} or {@code Failed}
     * @param reason of the condition
     * @param pods in the order of their ends
     */
    record Status(
            String condition,
            String reason,
            Set<Integer> completedIndexes,
            Set<Integer> failedIndexes,
            List<Ended> pods) {
        List<Integer> exitCodes(int index) {
            return pods.stream()
                    .filter(pod -> pod.index() == index)
                    .map(Ended::exitCode)
                    .toList();
        }
    }

    /** A pod that runs, for whoever wants to disturb it. */
    static final class Active {
        private final int index;
        private final JobPod pod;
        private long begin;
        private boolean disrupted;

        private Active(int index, JobPod pod) {
            this.index = index;
            this.pod = pod;
        }

        int index() {
            return index;
        }

        /** How long it has been at work. */
        Duration worked() {
            if (begin == 0 && pod.working()) {
                begin = System.nanoTime();
            }
            return begin == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begin);
        }

        JobPod pod() {
            return pod;
        }

        /** Kubernetes itself ends it, for a drained node, say. */
        void evict() {
            disrupted = true;
            pod.terminate();
        }
    }

    private final JsonNode spec;
    private final String container;
    private final FailurePolicy policy;
    private final IntFunction<JobPod> start;
    private final Consumer<List<Active>> disturbance;
    private final int completions;
    private final Set<Integer> completed = new TreeSet<>();
    private final Set<Integer> failed = new TreeSet<>();
    private final Map<Integer, Active> active = new TreeMap<>();
    private final Map<Integer, Integer> failures = new HashMap<>();
    private final Map<Integer, Long> notBefore = new HashMap<>();
    private final List<Ended> ended = new ArrayList<>();
    private String reason;

    private IndexedJob(KubernetesObject job, IntFunction<JobPod> start, Consumer<List<Active>> disturbance) {
        this.spec = job.jobSpec().orElseThrow();
        this.container = job.containers().get(0).path("name").asText();
        this.policy = FailurePolicy.of(spec);
        this.start = start;
        this.disturbance = disturbance;
        this.completions = spec.path("completions").asInt();
    }

    /**
     * Runs a Job to its end.
     *
     * @param start starts the pod of an index
     * @param disturbance is shown the pods that run, again and again, and may do something to them
     */
    static Status run(KubernetesObject job, IntFunction<JobPod> start, Consumer<List<Active>> disturbance) {
        if (!IndexRules.indexed(job.jobSpec().orElseThrow())) {
            throw new IllegalArgumentException(job.id() + " has no indexes");
        }
        return new IndexedJob(job, start, disturbance).run();
    }

    private Status run() {
        while (reason == null) {
            disturbance.accept(List.copyOf(active.values()));
            reap();
            decide();
            if (reason == null) {
                startPending();
            }
            pause();
        }
        // The pods that still run are deleted before the Job has its condition.
        active.values().forEach(pod -> pod.pod().terminate());
        while (!active.isEmpty()) {
            reap();
            pause();
        }
        String condition = reason.equals("CompletionsReached") ? "Complete" : "Failed";
        return new Status(condition, reason, completed, failed, ended);
    }

    private void reap() {
        for (Active pod : List.copyOf(active.values())) {
            pod.pod().exitCode().ifPresent(code -> {
                active.remove(pod.index());
                judge(pod, code);
            });
        }
    }

    private void judge(Active pod, int code) {
        String action = code == 0 ? null : policy.action(container, code, pod.disrupted);
        ended.add(new Ended(pod.index(), code, pod.disrupted, action));
        if (action == null) {
            completed.add(pod.index());
            return;
        }
        switch (action) {
            case "FailJob" -> reason = reason == null ? "PodFailurePolicy" : reason;
            case "FailIndex" -> failed.add(pod.index());
            case "Ignore" -> delay(pod.index(), 1);
            default -> count(pod.index());
        }
    }

    private void count(int index) {
        int times = failures.merge(index, 1, Integer::sum);
        if (times > spec.path("backoffLimitPerIndex").asInt()) {
            failed.add(index);
        } else {
            delay(index, 1 << (times - 1));
        }
    }

    private void delay(int index, int factor) {
        notBefore.put(index, System.nanoTime() + BACKOFF.toNanos() * factor);
    }

    private void decide() {
        if (reason != null) {
            return;
        }
        if (spec.has("maxFailedIndexes")
                && failed.size() > spec.get("maxFailedIndexes").asInt()) {
            reason = "MaxFailedIndexesExceeded";
        } else if (completed.size() + failed.size() == completions) {
            reason = failed.isEmpty() ? "CompletionsReached" : "FailedIndexes";
        }
    }

    /** An index that waits for its retry keeps its place. */
    private void startPending() {
        int free = spec.path("parallelism").asInt() - active.size();
        IntStream.range(0, completions)
                .filter(index -> !completed.contains(index) && !failed.contains(index) && !active.containsKey(index))
                .limit(Math.max(0, free))
                .filter(index -> notBefore.getOrDefault(index, Long.MIN_VALUE) <= System.nanoTime())
                .forEach(index -> active.put(index, new Active(index, start.apply(index))));
    }

    private static void pause() {
        try {
            Thread.sleep(TICK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
