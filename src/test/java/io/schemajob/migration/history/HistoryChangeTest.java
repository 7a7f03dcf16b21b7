package io.schemajob.migration.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistoryChangeTest {
    private static final int SIZE = 6;
    private final Bundle bundle = Histories.bundle(
            IntStream.rangeClosed(1, SIZE).mapToObj("%03d"::formatted).toArray(String[]::new));

    /** What a row of the history may be. */
    enum State {
        MISSING,
        APPLIED,
        FAILED,
        BASELINE,
        TAKEN_BACK
    }

    @Property
    void forcingMakesAnyHistorySayExactlyTheVersionAndAgreeWithTheBundle(
            @ForAll @Size(SIZE) List<State> states, @ForAll @IntRange(min = 0, max = SIZE) int target) {
        History history = history(states);
        Optional<Version> version = target == 0
                ? Optional.empty()
                : Optional.of(bundle.migrations().get(target - 1).version());
        History after = after(history, HistoryChange.exactly(bundle, history, version));
        assertThat(after.current()).isEqualTo(version);
        assertThat(HistoryValidation.problems(bundle, after)).isEmpty();
        assertThat(HistoryChange.exactly(bundle, after, version).forgotten()).isEmpty();
        assertThat(HistoryChange.exactly(bundle, after, version).recorded()).isEmpty();
    }

    @Property
    void recordingOnlyEverAddsWhatIsMissing(
            @ForAll @IntRange(min = 0, max = SIZE) int done, @ForAll @IntRange(min = 1, max = SIZE) int target) {
        History history = Histories.applied(bundle.migrations().subList(0, done));
        Version version = bundle.migrations().get(target - 1).version();
        HistoryChange change = HistoryChange.upTo(bundle, history, version);
        assertThat(change.forgotten()).isEmpty();
        assertThat(change.recorded()).isEqualTo(bundle.migrations().subList(Math.min(done, target), target));
        assertThat(after(history, change).current()).isEqualTo(change.reached());
    }

    @Test
    void aVersionThatTheBundleLacksIsForgottenOnlyAboveTheTarget() {
        Migration unknown = Histories.migration("009");
        History history = Histories.applied(List.of(bundle.migrations().get(0), unknown));
        assertThat(HistoryChange.exactly(bundle, history, Optional.of(Version.of("001")))
                        .forgotten())
                .extracting(AppliedMigration::version)
                .containsExactly(Version.of("009"));
    }

    private History history(List<State> states) {
        List<AppliedMigration> rows = new ArrayList<>();
        for (int i = 0; i < states.size(); i++) {
            Migration migration = bundle.migrations().get(i);
            int rank = rows.size() + 1;
            switch (states.get(i)) {
                case APPLIED -> rows.add(Histories.row(rank, migration));
                case FAILED ->
                    rows.add(
                            Histories.row(rank, migration, "SQL", migration.up().checksum(), false));
                case BASELINE ->
                    rows.add(Histories.baseline(rank, migration.version().toString()));
                case TAKEN_BACK -> {
                    rows.add(Histories.row(rank, migration));
                    rows.add(Histories.row(rank + 1, migration, "DELETE", null, true));
                }
                default -> {}
            }
        }
        return new History(true, rows);
    }

    private static History after(History before, HistoryChange change) {
        List<AppliedMigration> rows = new ArrayList<>(before.rows());
        rows.removeAll(change.forgotten());
        for (Migration migration : change.recorded()) {
            rows.add(Histories.row(
                    rows.stream().mapToInt(AppliedMigration::rank).max().orElse(0) + 1, migration));
        }
        return new History(true, rows);
    }
}
