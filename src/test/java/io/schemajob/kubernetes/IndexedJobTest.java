package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The controller does what Kubernetes documents, with pods that only have an exit code. */
class IndexedJobTest {
    private final List<Integer> started = new ArrayList<>();
    private int most;

    /** The Job of the manifests, with 5 indexes, 2 at once, one retry. */
    private static KubernetesObject job(Consumer<ObjectNode> change) {
        KubernetesObject job = ManifestsTest.applied(GeneratedFiles.MANIFESTS.resolve("bindu/fleet"))
                .get(0);
        ObjectNode spec = (ObjectNode) job.json().get("spec");
        spec.put("completions", 5).put("parallelism", 2).put("backoffLimitPerIndex", 1);
        change.accept(spec);
        return job;
    }

    /** Pods that end when they are looked at for the third time, with a code by index and try. */
    private IntFunction<JobPod> pods(IntBinaryOperator codes) {
        return index -> {
            int number = (int) started.stream().filter(other -> other == index).count();
            started.add(index);
            return new JobPod() {
                private int looks;
                private int signal;

                @Override
                public OptionalInt exitCode() {
                    if (signal != 0) {
                        return OptionalInt.of(signal);
                    }
                    return ++looks < 3 ? OptionalInt.empty() : OptionalInt.of(codes.applyAsInt(index, number));
                }

                @Override
                public boolean working() {
                    return true;
                }

                @Override
                public void terminate() {
                    signal = 143;
                }

                @Override
                public void kill() {
                    signal = 137;
                }
            };
        };
    }

    private IndexedJob.Status run(KubernetesObject job, IntBinaryOperator codes) {
        return IndexedJob.run(job, pods(codes), active -> most = Math.max(most, active.size()));
    }

    @Test
    void completesEveryIndexOnceSoManyAtATime() {
        IndexedJob.Status status = run(job(spec -> {}), (index, number) -> 0);
        assertThat(status.condition()).isEqualTo("Complete");
        assertThat(status.completedIndexes()).containsExactly(0, 1, 2, 3, 4);
        assertThat(started).containsExactly(0, 1, 2, 3, 4);
        assertThat(most).isEqualTo(2);
    }

    /** 82 fails its index at once, 75 is retried once and then fails it, and the others have their turn. */
    @Test
    void failsAnIndexByItsCodeOrByItsTries() {
        IndexedJob.Status status = run(
                job(spec -> {}),
                (index, number) -> index == 1 ? 82 : index == 2 ? 75 : index == 3 && number == 0 ? 69 : 0);
        assertThat(status.condition()).isEqualTo("Failed");
        assertThat(status.reason()).isEqualTo("FailedIndexes");
        assertThat(status.failedIndexes()).containsExactly(1, 2);
        assertThat(status.completedIndexes()).containsExactly(0, 3, 4);
        assertThat(status.exitCodes(1)).containsExactly(82);
        assertThat(status.exitCodes(2)).containsExactly(75, 75);
        assertThat(status.exitCodes(3)).containsExactly(69, 0);
    }

    @Test
    void endsEarlyWhenTooManyIndexesFailed() {
        IndexedJob.Status status = run(job(spec -> spec.put("maxFailedIndexes", 1)), (index, number) -> 78);
        assertThat(status.reason()).isEqualTo("MaxFailedIndexesExceeded");
        assertThat(status.failedIndexes()).hasSizeGreaterThan(1);
        assertThat(started).doesNotContain(4);
    }

    @Test
    void endsEarlyWhenAPodFailsTheJob() {
        IndexedJob.Status status = run(
                job(spec -> ((ObjectNode) spec.at("/podFailurePolicy/rules/1")).put("action", "FailJob")),
                (index, number) -> index == 0 ? 78 : 0);
        assertThat(status.reason()).isEqualTo("PodFailurePolicy");
        assertThat(status.completedIndexes()).doesNotContain(0, 4);
    }

    /** A pod that was evicted does not count; one that somebody deleted does. */
    @Test
    void ignoresWhatKubernetesItselfEnded() {
        List<Integer> gone = new ArrayList<>();
        IndexedJob.Status status = IndexedJob.run(
                job(spec -> {}),
                pods((index, number) -> 0),
                active -> active.forEach(pod -> {
                    boolean deleted = pod.index() == 3;
                    if (gone.stream().filter(index -> index == pod.index()).count() < 2
                            && (deleted || pod.index() == 0)) {
                        gone.add(pod.index());
                        if (deleted) {
                            pod.pod().kill();
                        } else {
                            pod.evict();
                        }
                    }
                }));
        assertThat(status.exitCodes(0)).containsExactly(143, 143, 0);
        assertThat(status.exitCodes(3)).containsExactly(137, 137);
        assertThat(status.failedIndexes()).containsExactly(3);
        assertThat(status.pods())
                .filteredOn(pod -> pod.index() == 0)
                .extracting(IndexedJob.Ended::action)
                .containsExactly("Ignore", "Ignore", null);
    }
}
