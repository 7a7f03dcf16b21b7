package io.schemajob.job.adopt;

import io.schemajob.bundle.AdoptRule;
import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.bundle.sql.SqlName;
import io.schemajob.job.RunSession;
import io.schemajob.job.verify.Verification;
import io.schemajob.migration.adopt.AdoptRuleMatch;
import io.schemajob.migration.adopt.BundleTables;
import io.schemajob.migration.adopt.ToolHistoryReader;
import io.schemajob.migration.history.History;
import io.schemajob.migration.history.StartNote;
import io.schemajob.migration.script.ScriptProgress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks, before a script runs in a schema without a history of ours, whether the scripts may have run there already: no
 * history, no guess.
 */
public final class AdoptionGuard {
    private final RunSession session;
    private final Verification verification;

    public AdoptionGuard(RunSession session, Verification verification) {
        this.session = session;
        this.verification = verification;
    }

    /**
     * The rule to adopt by, or empty where the scripts may run.
     *
     * @param history of ours, empty so far
     * @throws io.schemajob.report.failure.SchemajobException HISTORY_INVALID when tables are there and nothing says whose
     */
    public Optional<AdoptRule> decide(History history) {
        Bundle bundle = session.bundle();
        if (new StartNote(session.schema()).isThere(session.lockConnection())
                || ScriptProgress.isUnfinished(session.lockConnection(), session.schema())) {
            return Optional.empty();
        }
        ToolHistoryReader reader = new ToolHistoryReader(session.lockConnection(), session.schema());
        if (reader.findsNothing()) {
            // The scripts of a first run need not be read for the names in them.
            return Optional.empty();
        }
        return AdoptRuleMatch.decide(bundle, reader.read(bundle, tables(bundle, verification, history)));
    }

    /**
     * What is the bundle's. Views of repeatable scripts, and tables that the scripts only change, say nothing once a run of
     * ours has begun here.
     */
    static BundleTables tables(Bundle bundle, Verification verification, History history) {
        Set<String> declared = verification.declaredTables();
        List<Migration> scripts = history.rows().isEmpty()
                ? Stream.concat(bundle.migrations().stream(), bundle.repeatables().stream())
                        .toList()
                : bundle.migrations();
        ScriptTables tables = ScriptTables.of(scripts);
        Set<SqlName> changed = history.exists() || !declared.isEmpty() ? Set.of() : tables.changed();
        boolean certain =
                !declared.isEmpty() || tables.certain() || !history.rows().isEmpty();
        Set<SqlName> named = new HashSet<>(tables.made());
        named.addAll(verification.declaredElsewhere());
        return new BundleTables(declared, named, changed, certain);
    }
}
