package io.schemajob.migration;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.report.SchemajobException;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides whether a schema without a history of ours is fresh, may be taken over by a rule of the bundle, or belongs to
 * something else. Pure; nothing is ever run twice on a guess.
 */
public final class Adoption {
    private static final String ADOPT = "schemajob adopt takes the schema over if it is as the bundle says (first with"
            + " --dry-run); schemajob baseline VERSION does so without looking.";

    private Adoption() {}

    /**
     * The rule to adopt by, or empty for a fresh schema.
     *
     * @throws SchemajobException HISTORY_INVALID with a way out when the tables are there but nothing covers them
     */
    public static Optional<AdoptRule> decide(Bundle bundle, ForeignFacts facts) {
        Optional<AdoptRule> rule = rule(bundle, facts);
        if (rule.isPresent()) {
            return rule;
        }
        boolean nothingDeclared = bundle.file("schema.yaml").isEmpty();
        if (!facts.histories().isEmpty() && (nothingDeclared || !facts.tables().isEmpty())) {
            throw foreign(bundle, facts);
        }
        if (!facts.tables().isEmpty()) {
            throw untracked(bundle, facts);
        }
        return Optional.empty();
    }

    /**
     * The rule whose table is there.
     *
     * @throws SchemajobException HISTORY_INVALID when its version is too old
     */
    static Optional<AdoptRule> rule(Bundle bundle, ForeignFacts facts) {
        for (AdoptRule rule : bundle.adoptRules()) {
            if (facts.versions().containsKey(rule.table())) {
                Long version = facts.versions().get(rule.table());
                if (version != null && version >= rule.atLeast()) {
                    return Optional.of(rule);
                }
                throw tooOld(bundle, rule, version);
            }
        }
        return Optional.empty();
    }

    private static SchemajobException tooOld(Bundle bundle, AdoptRule rule, Long version) {
        return Origins.refuse(
                        bundle,
                        "%s has set up this schema, but at version %s; bundle %s can take it over from version %d on."
                                .formatted(
                                        rule.name(), version == null ? "none" : version, bundle.name(), rule.atLeast()))
                .hint(rule.wayOut())
                .asException();
    }

    private static SchemajobException foreign(Bundle bundle, ForeignFacts facts) {
        return Origins.refuse(
                        bundle,
                        "The schema has the history of another tool (table %s), and no adopt rule of bundle %s covers it."
                                .formatted(String.join(", ", new TreeSet<>(facts.histories())), bundle.name()))
                .hint(ADOPT)
                .asException();
    }

    private static SchemajobException untracked(Bundle bundle, ForeignFacts facts) {
        return Origins.refuse(
                        bundle,
                        "Tables of bundle %s exist (%s), but nothing records who created them."
                                .formatted(bundle.name(), String.join(", ", new TreeSet<>(facts.tables()))))
                .hint(ADOPT)
                .asException();
    }
}
