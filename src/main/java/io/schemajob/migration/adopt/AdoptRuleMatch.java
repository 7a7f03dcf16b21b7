package io.schemajob.migration.adopt;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Version;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Named;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides whether a schema without a history of ours is fresh, may be taken over by a rule of the bundle, or belongs to
 * something else. Pure; nothing is ever run twice on a guess.
 */
public final class AdoptRuleMatch {
    private static final int MOST_NAMED = 10;

    private AdoptRuleMatch() {}

    /**
     * The rule to adopt by, or empty for a fresh schema.
     *
     * @throws SchemajobException HISTORY_INVALID with a way out when the tables are there but nothing covers them
     */
    public static Optional<AdoptRule> decide(Bundle bundle, ToolFacts facts) {
        Optional<AdoptRule> rule = rule(bundle, facts);
        if (rule.isPresent()) {
            return rule;
        }
        if (!facts.histories().isEmpty() && (!facts.certain() || !facts.tables().isEmpty())) {
            throw foreign(bundle, facts);
        }
        if (!facts.tables().isEmpty()) {
            throw untracked(bundle, facts);
        }
        if (facts.undecided()) {
            throw undecided(bundle, facts);
        }
        return Optional.empty();
    }

    /**
     * The ways on from tables that nothing has recorded. The commands are whole, so that each of them can be run.
     *
     * @param declared whether the bundle declares a schema that {@code adopt} can compare with
     */
    static String waysOn(Bundle bundle, boolean declared) {
        String baseline = "schemajob baseline VERSION records the version that the database is at without looking.";
        String base = " If nothing of this bundle has ever run here: schemajob baseline base.";
        if (declared) {
            return "schemajob adopt takes the schema over if it is as the bundle says (first with --dry-run); "
                    + baseline + base;
        }
        String head = bundle.head().map(Version::toString).orElse("head");
        return "schemajob snapshot --file schema.yaml writes down what is here; with that file in the bundle (as schema.yaml"
                + " if the database is at %s, as schema/VERSION.yaml if it is at an older version) schemajob adopt compares and records it. Or "
                        .formatted(head)
                + baseline + base;
    }

    private static boolean declared(Bundle bundle) {
        return bundle.files().keySet().stream()
                .anyMatch(path -> path.equals("schema.yaml") || path.startsWith("schema/"));
    }

    /** What {@code adopt} says of tables that no history tells and no declared schema can be compared with. */
    public static SchemajobException nothingToCompare(Bundle bundle, ToolFacts facts) {
        return facts.undecided() ? undecided(bundle, facts) : untracked(bundle, facts);
    }

    /**
     * The rule whose table is there.
     *
     * @throws SchemajobException HISTORY_INVALID when its version is too old
     */
    static Optional<AdoptRule> rule(Bundle bundle, ToolFacts facts) {
        for (AdoptRule rule : bundle.adoptRules()) {
            if (facts.versions().containsKey(rule.table())) {
                Long version = facts.versions().get(rule.table());
                if (facts.lacks().containsKey(rule.table())) {
                    throw ofAnotherKind(bundle, rule, facts.lacks().get(rule.table()));
                }
                if (version != null && version >= rule.atLeast()) {
                    return Optional.of(rule);
                }
                throw tooOld(bundle, rule, version);
            }
        }
        return Optional.empty();
    }

    private static SchemajobException tooOld(Bundle bundle, AdoptRule rule, Long version) {
        return ToolDetection.refuse(
                        bundle,
                        "%s has set up this schema, but at version %s; bundle %s can take it over from version %d on."
                                .formatted(
                                        rule.name(), version == null ? "none" : version, bundle.name(), rule.atLeast()))
                .hint(rule.wayOut())
                .asException();
    }

    private static SchemajobException ofAnotherKind(Bundle bundle, AdoptRule rule, String column) {
        return ToolDetection.refuse(
                        bundle,
                        "%s has set up this schema, but with tables of another kind: there is no %s, so the version in %s says nothing about bundle %s."
                                .formatted(rule.name(), column, rule.table(), bundle.name()))
                .hint(rule.otherwise())
                .asException();
    }

    private static SchemajobException foreign(Bundle bundle, ToolFacts facts) {
        return ToolDetection.refuse(
                        bundle,
                        "The schema has the history of another tool (table %s), and no adopt rule of bundle %s covers it."
                                .formatted(String.join(", ", new TreeSet<>(facts.histories())), bundle.name()))
                .hint("schemajob adopt reads the version from it (first with --dry-run); schemajob baseline VERSION"
                        + " records one without looking. If nothing of this bundle has ever run here: schemajob baseline"
                        + " base.")
                .asException();
    }

    private static SchemajobException untracked(Bundle bundle, ToolFacts facts) {
        return ToolDetection.refuse(
                        bundle,
                        "Tables of bundle %s exist (%s), but nothing records who created them."
                                .formatted(bundle.name(), named(facts.tables())))
                .hint(waysOn(bundle, declared(bundle)))
                .asException();
    }

    /** As Flyway refuses it, and for the same reason. */
    private static SchemajobException undecided(Bundle bundle, ToolFacts facts) {
        Set<String> there = facts.others().isEmpty() ? facts.histories() : facts.others();
        return ToolDetection.refuse(
                        bundle,
                        "The schema is not empty (%s), nothing records what of bundle %s has run, and its scripts do not say which tables they make."
                                .formatted(named(there), bundle.name()))
                .hint(waysOn(bundle, declared(bundle)))
                .asException();
    }

    private static String named(Set<String> names) {
        return Named.first(new TreeSet<>(names), MOST_NAMED);
    }
}
