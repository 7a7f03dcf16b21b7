package io.schemajob.job.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Which targets are a run's: shards share the fleet without gap or overlap, whatever is in it. */
class FleetSelectionTest {
    @Property
    void shardsPartitionTheFleet(
            @ForAll @Size(max = 200) Set<@NotBlank @AlphaChars @NumericChars @StringLength(max = 63) String> names,
            @ForAll @IntRange(min = 1, max = 300) int shards) {
        List<FleetTarget> fleet = fleet(names);
        List<FleetTarget> all = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            all.addAll(new FleetSelection(List.of(), 0, shards, shard).of(fleet));
        }
        assertThat(all).containsExactlyInAnyOrderElementsOf(fleet);
    }

    @Property
    void aTargetThatIsAddedMovesNoOther(
            @ForAll @Size(min = 1, max = 60) Set<@NotBlank @AlphaChars @StringLength(max = 20) String> names,
            @ForAll @NotBlank @NumericChars @StringLength(max = 20) String added,
            @ForAll @IntRange(min = 1, max = 40) int shards,
            @ForAll @IntRange(min = 0, max = 39) int index) {
        FleetSelection selection = new FleetSelection(List.of(), 0, shards, index % shards);
        List<FleetTarget> before = selection.of(fleet(names));
        List<String> more = new ArrayList<>(names);
        more.add(0, added);
        List<FleetTarget> after = new ArrayList<>(selection.of(fleet(more)));
        after.removeIf(target -> target.name().equals(added));
        assertThat(after).isEqualTo(before);
    }

    @Property
    void canariesAreTheSameWhateverTheirOrder(
            @ForAll @Size(min = 1, max = 60) Set<@NotBlank @AlphaChars @StringLength(max = 20) String> names,
            @ForAll @IntRange(min = 1, max = 80) int canary) {
        List<String> reversed = new ArrayList<>(names);
        java.util.Collections.reverse(reversed);
        FleetSelection selection = new FleetSelection(List.of(), canary, 1, 0);
        List<FleetTarget> canaries = selection.of(fleet(names));
        assertThat(canaries).hasSize(Math.min(canary, names.size()));
        assertThat(selection.of(fleet(reversed))).containsExactlyInAnyOrderElementsOf(canaries);
    }

    /** Pods of two releases must agree, so these numbers are for ever: python3 -c 'hashlib.sha256(b"acme")…'. */
    @Example
    void theHashIsWhatTheDocsSay() {
        assertThat(List.of("acme", "globex", "initech", "tenant_1", "tenant_2").stream()
                        .map(name -> NameHash.shard(name, 8)))
                .containsExactly(0, 7, 3, 1, 3);
        assertThat(fleet(List.of("acme", "globex", "initech", "tenant_1", "tenant_2")).stream()
                        .sorted(NameHash.ORDER)
                        .map(FleetTarget::name))
                .containsExactly("tenant_2", "initech", "globex", "acme", "tenant_1");
    }

    @Example
    void thousandTargetsAreSharedFairly() {
        List<String> names = java.util.stream.IntStream.range(0, 1000)
                .mapToObj(n -> "tenant_" + n)
                .toList();
        for (int shard = 0; shard < 10; shard++) {
            assertThat(new FleetSelection(List.of(), 0, 10, shard).of(fleet(names)))
                    .hasSizeBetween(60, 140);
        }
    }

    @Example
    void onlyTakesNamesThatAreThere() {
        List<FleetTarget> fleet = fleet(List.of("acme", "globex", "initech"));
        assertThat(new FleetSelection(List.of("initech", "acme"), 0, 1, 0).of(fleet))
                .extracting(FleetTarget::name)
                .containsExactly("acme", "initech");
        SchemajobException e = catchThrowableOfType(
                SchemajobException.class, () -> new FleetSelection(List.of("glubex"), 0, 1, 0).of(fleet));
        assertThat(e.status()).isEqualTo(ExitStatus.CONFIG);
        assertThat(e.failure().message()).isEqualTo("The fleet has no target glubex.");
        assertThat(e.failure().hint()).isEqualTo("Did you mean --only globex?");
    }

    private static List<FleetTarget> fleet(Iterable<String> names) {
        List<FleetTarget> fleet = new ArrayList<>();
        names.forEach(name -> fleet.add(new FleetTarget(name, name, null, null)));
        return fleet;
    }
}
