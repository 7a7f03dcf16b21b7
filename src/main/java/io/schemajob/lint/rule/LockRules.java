package io.schemajob.lint.rule;

import io.schemajob.lint.effect.Locks;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.LockMode;
import java.util.List;

/** Locks are few and short: one table a script, and no long work while they are held. */
public final class LockRules implements RuleCheck {
    private boolean told;

    @Override
    public void look(Ddl ddl, int line, ScriptContext context) {
        if (ddl instanceof Ddl.ChangeRows rows && rows.scansTable() && context.existed(rows.table())) {
            LockMode held = context.lock(rows.table());
            if (blocks(held)) {
                context.report(
                        Rule.BACKFILL_UNDER_LOCK,
                        line,
                        "%s %s under its %s lock".formatted(rows.verb(), rows.table(), held));
            }
        }
        if (!told) {
            several(ddl, line, context);
        }
    }

    /** One statement may need several locks; two statements can be two scripts. */
    private void several(Ddl ddl, int line, ScriptContext context) {
        List<String> held = context.locks().values().stream()
                .filter(lock -> blocks(lock.mode()))
                .map(lock -> lock.table().toString())
                .toList();
        if (held.isEmpty()) {
            return;
        }
        Locks.of(ddl, context.schema()).stream()
                .filter(lock -> blocks(lock.mode()) && context.existed(lock.table()))
                .filter(lock -> !blocks(context.lock(lock.table())))
                .findFirst()
                .ifPresent(lock -> {
                    told = true;
                    context.report(
                            Rule.SEVERAL_LOCKS,
                            line,
                            "locks %s after %s".formatted(lock.table(), String.join(", ", held)));
                });
    }

    private static boolean blocks(LockMode mode) {
        return mode.compareTo(LockMode.SHARE) >= 0;
    }
}
