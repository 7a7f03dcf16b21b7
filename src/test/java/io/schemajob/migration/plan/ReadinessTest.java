package io.schemajob.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.HistoryProblem;
import io.schemajob.testing.ScriptFolder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private final Bundle bundle = BundleLoader.load(ScriptFolder.create()
            .with("V1__first.sql", "SELECT 1;")
            .with("V2__second.sql", "SELECT 2;")
            .with("R__views.sql", "SELECT 3;")
            .path()
            .toString());
    private final Migration views = bundle.repeatables().get(0);
    private final List<AppliedMigration> rows = new ArrayList<>();

    @Test
    void lacksWhatIsNotThereYet() {
        assertThat(lacks(null)).isEqualTo("it is at base, and 2 migration(s) are pending");
        applied("1", "first", 1, true);
        assertThat(lacks("1")).isNull();
        assertThat(lacks("2")).isEqualTo("it is at 1, and 1 migration(s) are pending");
        applied("2", "second", 2, true);
        assertThat(lacks("2")).isNull();
        assertThat(lacks(null)).isEqualTo("it is at 2, and the repeatable migration \"views\" is pending");
        applied(null, "views", views.up().checksum(), true);
        assertThat(lacks(null)).isNull();
    }

    /** Otherwise the pods of the old release could not start again after the new one has migrated. */
    @Test
    void isReadyThoughSomethingNewerRanSince() {
        applied("1", "first", 1, true);
        applied("2", "second", 2, true);
        applied(null, "views", views.up().checksum(), true);
        applied("3", "of the next release", 3, true);
        applied(null, "views", views.up().checksum() + 1, true);
        assertThat(lacks(null)).isNull();
        applied("4", "of the next release", 4, false);
        assertThat(lacks(null)).isNull();
    }

    @Test
    void isNotReadyWhileWhatItNeedsHasFailed() {
        applied("1", "first", 1, true);
        applied("2", "second", 2, false);
        assertThat(lacks(null)).isEqualTo("migration 2 has failed");
        assertThat(lacks("1")).isNull();
    }

    /** Whatever the number says, it is not the bundle's schema. */
    @Test
    void contradictsAHistoryOfSomethingElse() {
        applied("1", "first", checksum(0), true);
        assertThat(contradictions(null)).isEmpty();
        applied("2", "of another bundle", checksum(1) + 1, true);
        assertThat(contradictions(null)).hasSize(1);
        assertThat(contradictions("1")).isEmpty();
    }

    @Test
    void contradictsAScriptThatNeverRan() {
        applied("2", "second", checksum(1), true);
        assertThat(contradictions(null)).singleElement().asString().contains("V1__first.sql was never applied");
        applied("3", "of the next release", 3, true);
        assertThat(contradictions(null)).hasSize(1);
    }

    private int checksum(int migration) {
        return bundle.migrations().get(migration).up().checksum();
    }

    private List<String> contradictions(String wanted) {
        return Readiness.contradictions(
                        bundle, new History(true, List.copyOf(rows)), wanted == null ? null : Version.of(wanted))
                .stream()
                .map(HistoryProblem::message)
                .toList();
    }

    /** What {@code baseline} records stands for all before it. */
    @Test
    void takesABaselineForWhatIsBeforeIt() {
        rows.add(new AppliedMigration(
                1, Version.of("2"), "baseline", "BASELINE", "baseline", null, "somebody", Instant.EPOCH, 0, true));
        assertThat(lacks("1")).isNull();
        assertThat(lacks("2")).isNull();
    }

    private void applied(String version, String description, int checksum, boolean success) {
        rows.add(new AppliedMigration(
                rows.size() + 1,
                version == null ? null : Version.of(version),
                description,
                "SQL",
                description + ".sql",
                checksum,
                "somebody",
                Instant.EPOCH,
                1,
                success));
    }

    private String lacks(String wanted) {
        return Readiness.lacks(bundle, new History(true, List.copyOf(rows)), wanted == null ? null : Version.of(wanted))
                .orElse(null);
    }
}
