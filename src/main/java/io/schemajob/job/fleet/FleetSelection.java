package io.schemajob.job.fleet;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Named;
import io.schemajob.report.text.Similar;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which targets of a fleet a run works on. What is chosen by {@code only} or {@code canary} is chosen of the whole fleet;
 * a shard then has its share of that.
 *
 * @param only their names; empty for all
 * @param canary the first so many in the order of their hashes; 0 for all
 * @param shards how many runs share the fleet
 * @param shard which of them this one is, from 0
 */
public record FleetSelection(List<String> only, int canary, int shards, int shard) {
    private static final int MOST_NAMED = 5;

    public static final FleetSelection ALL = new FleetSelection(List.of(), 0, 1, 0);

    /**
     * The targets of this run, in the order of the fleet.
     *
     * @throws SchemajobException CONFIG for a name that is not in the fleet
     */
    public List<FleetTarget> of(List<FleetTarget> fleet) {
        requireKnown(fleet);
        Set<String> canaries = fleet.stream()
                .sorted(NameHash.ORDER)
                .limit(canary == 0 ? Long.MAX_VALUE : canary)
                .map(FleetTarget::name)
                .collect(Collectors.toSet());
        return fleet.stream()
                .filter(target -> only.isEmpty() || only.contains(target.name()))
                .filter(target -> canaries.contains(target.name()))
                .filter(target -> NameHash.shard(target.name(), shards) == shard)
                .toList();
    }

    /** In words, for the log; empty where it is the whole fleet. */
    public String words() {
        String chosen = !only.isEmpty() ? "--only" : canary > 0 ? "the first %d as canaries".formatted(canary) : "";
        String share = shards > 1 ? "shard %d of %d".formatted(shard, shards) : "";
        return chosen + (chosen.isEmpty() || share.isEmpty() ? "" : ", ") + share;
    }

    private void requireKnown(List<FleetTarget> fleet) {
        Set<String> names = fleet.stream().map(FleetTarget::name).collect(Collectors.toCollection(TreeSet::new));
        List<String> unknown =
                only.stream().filter(name -> !names.contains(name)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        throw Failure.of(ExitStatus.CONFIG, "The fleet has no target %s.".formatted(Named.first(unknown, MOST_NAMED)))
                .databaseState("Nothing was changed.")
                .hint(Similar.nearest(unknown.get(0), names)
                        .map(near -> "Did you mean --only %s?".formatted(near))
                        .orElse("--only takes the name of a target, as the source of the targets has it."))
                .asException();
    }
}
