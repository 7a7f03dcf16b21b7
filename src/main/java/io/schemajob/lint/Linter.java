package io.schemajob.lint;

import io.schemajob.bundle.Bundle;
import io.schemajob.bundle.script.Migration;
import io.schemajob.lint.effect.LiveRowSecurity;
import io.schemajob.lint.effect.TrackedSchema;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.ScriptLint;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells which scripts of a bundle would disturb an application that is running, before they meet a database. Pure:
 * scripts in, findings out.
 */
public final class Linter {
    private final LintConfig config;
    private final TrackedSchema schema = new TrackedSchema();
    private final List<ScriptLint> scripts = new ArrayList<>();
    private final LiveRowSecurity live;

    private Linter(LintConfig config, LiveRowSecurity live) {
        this.config = config;
        this.live = live;
    }

    /** Looks at every script in the order in which they run, since what is safe depends on what is there already. */
    public static LintReport lint(Bundle bundle, LintConfig config) {
        return lint(bundle, config, null);
    }

    /**
     * The same with what a database says.
     *
     * @param live null if none was asked
     */
    public static LintReport lint(Bundle bundle, LintConfig config, LiveRowSecurity live) {
        Linter linter = new Linter(config, live);
        bundle.migrations().forEach(linter::lint);
        bundle.repeatables().forEach(linter::lint);
        return new LintReport(config.level(), List.copyOf(linter.scripts));
    }

    private void lint(Migration migration) {
        boolean downIsMissing =
                !migration.repeatable() && migration.downScript().isEmpty();
        if (live != null && live.firstPending().equals(migration.up().path())) {
            schema.hidingTables().replace(live);
        }
        ScriptLint up = new ScriptLinter(migration.up(), schema, config, false).lint(downIsMissing);
        if (config.skips(migration.version())) {
            scripts.add(new ScriptLint(up.file(), List.of(), List.of(), up.locks()));
            return;
        }
        scripts.add(up);
        migration.downScript().ifPresent(down -> scripts.add(new ScriptLinter(down, schema, config, true).lint(false)));
    }
}
