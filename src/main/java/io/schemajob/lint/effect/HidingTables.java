package io.schemajob.lint.effect;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.TableAction;
import java.util.HashSet;
import java.util.Set;

/** Which tables hide rows even from the role that owns them, as far as scripts or a database tell. */
public final class HidingTables {
    private final Set<String> enabled = new HashSet<>();
    private final Set<String> forced = new HashSet<>();
    private boolean exempt;

    public boolean hides(SqlName table) {
        String key = TrackedSchema.key(table);
        return !exempt && enabled.contains(key) && forced.contains(key);
    }

    /** Takes what a database says instead of what scripts said so far. */
    public void replace(LiveRowSecurity live) {
        exempt = live.exempt();
        enabled.clear();
        forced.clear();
        live.tables().stream().map(TrackedSchema::key).forEach(key -> {
            enabled.add(key);
            forced.add(key);
        });
    }

    public void apply(Ddl ddl) {
        if (ddl instanceof Ddl.Drop drop) {
            drop.names().stream().map(TrackedSchema::key).forEach(this::forget);
        } else if (ddl instanceof Ddl.Alter alter && alter.kind() == Ddl.Kind.TABLE) {
            alter.actions().forEach(action -> apply(alter.name(), action));
        }
    }

    private void apply(SqlName table, TableAction action) {
        String key = TrackedSchema.key(table);
        if (action instanceof TableAction.EnableRowSecurity change) {
            set(enabled, key, change.enabled());
        } else if (action instanceof TableAction.ForceRowSecurity change) {
            set(forced, key, change.forced());
        } else if (action instanceof TableAction.Rename rename) {
            set(enabled, TrackedSchema.key(rename.to()), enabled.contains(key));
            set(forced, TrackedSchema.key(rename.to()), forced.contains(key));
            forget(key);
        }
    }

    private void forget(String key) {
        enabled.remove(key);
        forced.remove(key);
    }

    private static void set(Set<String> keys, String key, boolean present) {
        if (present) {
            keys.add(key);
        } else {
            keys.remove(key);
        }
    }
}
