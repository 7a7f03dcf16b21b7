package io.schemajob.migration;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.report.ExitStatus;
import io.schemajob.report.Failure;
import io.schemajob.report.SchemajobException;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides whether a schema without a history of ours is fresh, may be taken over by a rule of the bundle, or belongs to
 * something else. Pure; nothing is ever run twice on a guess.
 */
public final class Adoption {
    private Adoption() {}

    /**
     * The rule to adopt by, or empty for a fresh schema.
     *
     * @throws SchemajobException HISTORY_INVALID with a way out when the tables are there but nothing covers them
     */
    public static Optional<AdoptRule> decide(Bundle bundle, ForeignFacts facts) {
        for (AdoptRule rule : bundle.adoptRules()) {
            if (facts.versions().containsKey(rule.table())) {
                Long version = facts.versions().get(rule.table());
                if (version != null && version >= rule.atLeast()) {
                    return Optional.of(rule);
                }
                throw tooOld(bundle, rule, version);
            }
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

    private static SchemajobException tooOld(Bundle bundle, AdoptRule rule, Long version) {
        return refuse(
                        bundle,
                        "%s has set up this schema, but at version %s; bundle %s can take it over from version %d on."
                                .formatted(
                                        rule.name(), version == null ? "none" : version, bundle.name(), rule.atLeast()))
                .hint(rule.wayOut())
                .asException();
    }

    private static SchemajobException foreign(Bundle bundle, ForeignFacts facts) {
        return refuse(
                        bundle,
                        "The schema has the history of another tool (table %s), and no adopt rule of bundle %s covers it."
                                .formatted(String.join(", ", new TreeSet<>(facts.histories())), bundle.name()))
                .hint("If the tables are as the bundle says: schemajob baseline VERSION, then schemajob verify")
                .asException();
    }

    private static SchemajobException untracked(Bundle bundle, ForeignFacts facts) {
        return refuse(
                        bundle,
                        "Tables of bundle %s exist (%s), but nothing records who created them."
                                .formatted(bundle.name(), String.join(", ", new TreeSet<>(facts.tables()))))
                .hint("If they are as the bundle says: schemajob baseline VERSION, then schemajob verify")
                .asException();
    }

    private static Failure refuse(Bundle bundle, String message) {
        return Failure.of(ExitStatus.HISTORY_INVALID, message)
                .where("bundle %s (%s)".formatted(bundle.name(), bundle.origin()))
                .databaseState("Nothing was changed.");
    }
}
