package io.schemajob.migration.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.script.Version;
import io.schemajob.migration.history.AppliedMigration;
import io.schemajob.migration.history.Histories;
import io.schemajob.migration.history.History;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {
    private static final Migration VIEWS = Histories.repeatable("views", "SELECT 'new'");

    private final Bundle three = Histories.bundle("001", "002", "003");

    @Property
    void headCompletesEveryHistory(
            @ForAll @IntRange(min = 0, max = 20) int size, @ForAll @IntRange(min = 0, max = 20) int done) {
        Bundle bundle = bundleOf(size);
        List<Migration> before = bundle.migrations().subList(0, Math.min(done, size));
        List<Migration> all = new ArrayList<>(before);
        all.addAll(Plan.up(bundle, Histories.applied(before), Target.HEAD));
        assertThat(all).isEqualTo(bundle.migrations());
    }

    @Property
    void manySmallStepsLeadWhereOneBigOneDoes(
            @ForAll @IntRange(min = 1, max = 20) int size, @ForAll @IntRange(min = 1, max = 25) int steps) {
        Bundle bundle = bundleOf(size);
        List<Migration> walked = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            walked.addAll(Plan.up(bundle, Histories.applied(walked), Target.parse("+1")));
        }
        assertThat(walked).isEqualTo(Plan.up(bundle, History.none(), Target.parse("+" + steps)));
    }

    @Property
    void wayDownIsTheWayUpBackwards(
            @ForAll @IntRange(min = 1, max = 20) int size,
            @ForAll @IntRange(min = 1, max = 20) int one,
            @ForAll @IntRange(min = 1, max = 20) int other) {
        Bundle bundle = bundleOf(size);
        int low = Math.min(Math.min(one, other), size);
        int high = Math.min(Math.max(one, other), size);
        History atLow = Histories.applied(bundle.migrations().subList(0, low));
        History atHigh = Histories.applied(bundle.migrations().subList(0, high));
        List<Migration> up = new ArrayList<>(Plan.up(bundle, atLow, Target.parse(String.valueOf(high))));
        Collections.reverse(up);
        assertThat(Plan.down(bundle, atHigh, Target.parse(String.valueOf(low)))).isEqualTo(up);
        assertThat(Plan.down(bundle, atHigh, Target.parse("-" + (high - low)))).isEqualTo(up);
    }

    @Property
    void baseTakesBackAllThatRan(@ForAll @IntRange(min = 0, max = 20) int done) {
        Bundle bundle = bundleOf(20);
        List<Migration> applied = bundle.migrations().subList(0, done);
        List<Migration> down = new ArrayList<>(Plan.down(bundle, Histories.applied(applied), Target.parse("base")));
        Collections.reverse(down);
        assertThat(down).isEqualTo(applied);
    }

    @ParameterizedTest
    @CsvSource({"head, 1", "+1, 0", "002, 0", "003, 1", "+2, 1", "+9, 1"})
    void repeatablesRunLastAndOnlyOnTheWayToTheNewest(String target, long repeatables) {
        Bundle bundle = Histories.bundle(three.migrations(), List.of(VIEWS));
        History history = Histories.applied(three.migrations().subList(0, 1));
        List<Migration> up = Plan.up(bundle, history, Target.parse(target));
        assertThat(up.stream().filter(Migration::repeatable).count()).isEqualTo(repeatables);
        assertThat(up.subList(0, (int) (up.size() - repeatables))).noneMatch(Migration::repeatable);
    }

    @Test
    void repeatablesRunAgainWhenTheirLastRunHadAnotherChecksum() {
        Bundle bundle = Histories.bundle(List.of(), List.of(VIEWS));
        Migration old = Histories.repeatable("views", "SELECT 'old'");
        assertThat(Plan.pending(bundle, Histories.applied(List.of(old)))).containsExactly(VIEWS);
        assertThat(Plan.pending(bundle, Histories.applied(List.of(VIEWS)))).isEmpty();
        assertThat(Plan.pending(bundle, Histories.applied(List.of(old, VIEWS)))).isEmpty();
        assertThat(Plan.pending(bundle, Histories.applied(List.of(VIEWS, old)))).containsExactly(VIEWS);
        AppliedMigration withoutSum = Histories.row(1, VIEWS, "SQL", null, true);
        assertThat(Plan.pending(bundle, Histories.of(withoutSum))).containsExactly(VIEWS);
    }

    @Test
    void baselineStandsForAllThatIsBelowIt() {
        History history = Histories.of(Histories.baseline(1, "2"));
        assertThat(Plan.pending(three, history))
                .containsExactly(three.migrations().get(2));
        assertThat(Plan.down(three, history, Target.parse("base")))
                .extracting(Migration::version)
                .containsExactly(Version.of("002"), Version.of("001"));
    }

    @ParameterizedTest
    @CsvSource({"001, 002", "base, 003", "-1, 001", "009, 001", "1.5, 001"})
    void migrateNeverLeadsDownOrToAnUnknownVersion(String target, String current) {
        assertUsage(() -> Plan.up(three, upTo(current), Target.parse(target)));
    }

    @ParameterizedTest
    @CsvSource({"003, 002", "head, 001", "+1, 001", "009, 003"})
    void rollbackNeverLeadsUpOrToAnUnknownVersion(String target, String current) {
        assertUsage(() -> Plan.down(three, upTo(current), Target.parse(target)));
    }

    @Test
    void rollbackOfNothingToAVersionIsRefused() {
        assertUsage(() -> Plan.down(three, History.none(), Target.parse("001")));
    }

    @Test
    void beingThereAlreadyIsNothingToDo() {
        assertThat(Plan.up(three, upTo("002"), Target.parse("002"))).isEmpty();
        assertThat(Plan.up(three, upTo("003"), Target.HEAD)).isEmpty();
        assertThat(Plan.down(three, upTo("002"), Target.parse("2"))).isEmpty();
        assertThat(Plan.down(three, History.none(), Target.parse("base"))).isEmpty();
    }

    private History upTo(String version) {
        Version last = Version.of(version);
        return Histories.applied(three.migrations().stream()
                .filter(migration -> migration.version().compareTo(last) <= 0)
                .toList());
    }

    private static Bundle bundleOf(int size) {
        return Histories.bundle(
                IntStream.rangeClosed(1, size).mapToObj("%03d"::formatted).toArray(String[]::new));
    }

    private static void assertUsage(Runnable code) {
        SchemajobException e = catchThrowableOfType(SchemajobException.class, code::run);
        assertThat(e).as("a refusal").isNotNull();
        assertThat(e.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(e.failure().hint()).startsWith("schemajob ");
    }
}
