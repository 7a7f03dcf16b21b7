package io.schemajob.migration.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.migration.history.HistoryProblem.Kind;
import io.schemajob.migration.plan.Plan;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HistoryValidationTest {
    private final Bundle three = Histories.bundle("001", "002", "003");

    @Property
    void findsNothingInAnyHistoryThatIsTheBeginningOfTheBundle(@ForAll @IntRange(min = 0, max = 3) int done) {
        History history = Histories.applied(three.migrations().subList(0, done));
        assertThat(HistoryValidation.problems(three, history)).isEmpty();
        assertThatCode(() -> HistoryValidation.require(three, history)).doesNotThrowAnyException();
    }

    /** Whatever is taken out of either side below the newest version is found, and nothing else. */
    @Property
    void findsExactlyWhatIsMissingOnEitherSide(
            @ForAll @Size(max = 10) Set<@IntRange(min = 1, max = 29) Integer> applied,
            @ForAll @Size(max = 10) Set<@IntRange(min = 1, max = 29) Integer> known) {
        Set<Integer> ran = new TreeSet<>(applied);
        ran.add(30);
        Set<Integer> had = new TreeSet<>(known);
        had.add(30);
        List<HistoryProblem> problems = HistoryValidation.problems(
                Histories.bundle(migrations(had), List.of()), Histories.applied(migrations(ran)));
        assertThat(of(problems, Kind.MISSING)).isEqualTo(minus(ran, had));
        assertThat(of(problems, Kind.OUT_OF_ORDER)).isEqualTo(minus(had, ran));
        assertThat(problems).hasSize(minus(ran, had).size() + minus(had, ran).size());
    }

    @Property
    void showsBothChecksums(@ForAll int recorded) {
        Migration first = three.migrations().get(0);
        History history = Histories.of(Histories.row(1, first, "SQL", recorded, true));
        List<HistoryProblem> problems = HistoryValidation.problems(three, history);
        if (recorded == first.up().checksum()) {
            assertThat(problems).isEmpty();
        } else {
            assertThat(problems).singleElement().satisfies(problem -> {
                assertThat(problem.kind()).isEqualTo(Kind.CHECKSUM);
                assertThat(problem.message())
                        .contains(
                                String.valueOf(recorded),
                                String.valueOf(first.up().checksum()));
            });
        }
    }

    @Test
    void aRowWithoutChecksumIsTakenAsItIs() {
        History history = Histories.of(Histories.row(1, three.migrations().get(0), "SQL", null, true));
        assertThat(HistoryValidation.problems(three, history)).isEmpty();
    }

    @Test
    void aRenamedScriptIsTold() {
        Migration first = three.migrations().get(0);
        Migration renamed = new Migration(first.version(), "old name", "old name", first.up(), first.down());
        assertThat(HistoryValidation.problems(three, Histories.applied(List.of(renamed))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.kind()).isEqualTo(Kind.DESCRIPTION);
                    assertThat(problem.message()).contains("old name", "step");
                });
    }

    @Test
    void whatABaselineStandsForIsNotCompared() {
        Migration edited = three.migrations().get(0);
        History history = Histories.of(
                Histories.row(1, edited, "SQL", 42, true),
                Histories.baseline(2, "2"),
                Histories.row(3, three.migrations().get(2)));
        assertThat(HistoryValidation.problems(three, history)).isEmpty();
    }

    @Test
    void rowsThatWereTakenBackDoNotCount() {
        Migration second = three.migrations().get(1);
        History history = Histories.of(
                Histories.row(1, three.migrations().get(0)),
                Histories.row(2, second, "SQL", 42, true),
                Histories.row(3, second, "DELETE", null, true));
        assertThat(HistoryValidation.problems(three, history)).isEmpty();
        assertThat(Plan.pending(three, history)).hasSize(2);
    }

    @Test
    void aFailedRowIsOneProblemAndRepairMayRemoveIt() {
        Migration first = three.migrations().get(0);
        Migration views = Histories.repeatable("views", "SELECT 1");
        History history =
                Histories.of(Histories.row(1, first, "SQL", 42, false), Histories.row(2, views, "SQL", 42, false));
        assertThat(HistoryValidation.problems(three, history))
                .extracting(HistoryProblem::kind, HistoryProblem::version, HistoryProblem::repairable)
                .containsExactly(tuple(Kind.FAILED, "001", true), tuple(Kind.FAILED, "views", true));
    }

    @Test
    void aRefusalNamesEverythingAndAWayOut() {
        Migration first = three.migrations().get(0);
        History history = Histories.of(
                Histories.row(1, first, "SQL", 42, true),
                Histories.row(2, three.migrations().get(2)),
                Histories.row(3, Histories.migration("004")));
        SchemajobException e =
                catchThrowableOfType(SchemajobException.class, () -> HistoryValidation.require(three, history));
        assertThat(e.status()).isEqualTo(ExitStatus.HISTORY_INVALID);
        assertThat(e.failure().message())
                .contains("migration 001: 001_step.up.sql was changed")
                .contains("migration 002: 002_step.up.sql was never applied")
                .contains("migration 004: 004_step.up.sql was applied, but the bundle does not have it");
        assertThat(e.failure().databaseState()).isEqualTo("Nothing was changed; the schema is at 004.");
        assertThat(e.failure().hint()).contains("missing script");
    }

    private static List<Migration> migrations(Set<Integer> versions) {
        List<Migration> migrations = new ArrayList<>();
        versions.forEach(version -> migrations.add(Histories.migration(String.valueOf(version))));
        return migrations;
    }

    private static Set<Integer> of(List<HistoryProblem> problems, Kind kind) {
        Set<Integer> versions = new TreeSet<>();
        problems.stream()
                .filter(problem -> problem.kind() == kind)
                .forEach(problem -> versions.add(Integer.valueOf(problem.version())));
        return versions;
    }

    private static Set<Integer> minus(Set<Integer> all, Set<Integer> without) {
        Set<Integer> left = new TreeSet<>(all);
        left.removeAll(without);
        return left;
    }
}
