package io.schemajob.lint.rule;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.effect.Locks;
import io.schemajob.lint.effect.TableLock;
import io.schemajob.lint.effect.TrackedSchema;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.Rule;
import io.schemajob.lint.sql.ConstraintDef;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.LockMode;
import io.schemajob.lint.sql.TableAction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the rules know while they go through a script, and what they have found. */
public final class ScriptContext {
    /** @param statement the number of the statement in its script, or -1 for the script as a whole */
    public record Reported(LintFinding finding, int statement) {}

    private final TrackedSchema schema;
    private final String file;
    private final boolean down;
    private final Set<String> created = new HashSet<>();
    private final Set<String> addedConstraints = new HashSet<>();
    private final Map<String, TableLock> locks = new LinkedHashMap<>();
    private final List<Reported> reported = new ArrayList<>();
    private int statement = -1;

    /** @param down whether it is a script that takes a migration back */
    public ScriptContext(TrackedSchema schema, String file, boolean down) {
        this.schema = schema;
        this.file = file;
        this.down = down;
    }

    public TrackedSchema schema() {
        return schema;
    }

    /** Whether this was there before the script, and so may hold rows and be in use. */
    boolean existed(SqlName name) {
        return name != null && !created.contains(TrackedSchema.key(name));
    }

    /** Whether the script itself has added the constraint, and so holds the lock for it. */
    boolean addedConstraint(SqlName table, String constraint) {
        return addedConstraints.contains(TrackedSchema.key(table) + " " + constraint);
    }

    /** The strongest locks that the script holds so far on tables that were there before it, by key. */
    public Map<String, TableLock> locks() {
        return locks;
    }

    /** The lock that the script holds on a table; ACCESS SHARE, which disturbs nobody, if none. */
    LockMode lock(SqlName table) {
        TableLock lock = locks.get(TrackedSchema.key(table));
        return lock == null ? LockMode.ACCESS_SHARE : lock.mode();
    }

    public List<Reported> reported() {
        return reported;
    }

    public void report(Rule rule, int line, String subject) {
        if (!down || rule.appliesToDown()) {
            reported.add(new Reported(new LintFinding(rule, file, line, subject), statement));
        }
    }

    /** From now on findings are about this statement. */
    public void begin(int number) {
        statement = number;
    }

    /** Notes what a statement has done, once the rules have seen it. */
    public void advance(Ddl ddl) {
        for (TableLock lock : Locks.of(ddl, schema)) {
            if (existed(lock.table())) {
                locks.merge(
                        TrackedSchema.key(lock.table()),
                        lock,
                        (old, now) -> new TableLock(old.table(), LockMode.strongest(old.mode(), now.mode())));
            }
        }
        noteCreated(ddl);
        if (!down) {
            schema.apply(ddl);
        }
    }

    private void noteCreated(Ddl ddl) {
        if (ddl instanceof Ddl.CreateTable create) {
            boolean there = create.optional() && schema.knows(create.table());
            if (!there) {
                created.add(TrackedSchema.key(create.table()));
            }
        } else if (ddl instanceof Ddl.Create create && !create.replace()) {
            created.add(TrackedSchema.key(create.name()));
        } else if (ddl instanceof Ddl.CreateIndex create && create.index() != null) {
            created.add(TrackedSchema.key(create.index()));
        } else if (ddl instanceof Ddl.Alter alter) {
            alter.actions().forEach(action -> noteCreated(alter.name(), action));
        }
    }

    private void noteCreated(SqlName table, TableAction action) {
        if (action instanceof TableAction.Rename rename && !existed(table)) {
            created.add(TrackedSchema.key(rename.to()));
        } else if (action instanceof TableAction.AddConstraint added) {
            ConstraintDef constraint = added.constraint();
            addedConstraints.add(TrackedSchema.key(table) + " " + constraint.name());
        }
    }
}
