package io.schemajob.lint.effect;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.sql.ConstraintDef;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.LockMode;
import io.schemajob.lint.sql.TableAction;
import java.util.ArrayList;
import java.util.List;

/**
 * Which tables a statement locks, and how. Locks that conflict with nothing but schema changes elsewhere, and those on
 * views and indexes, are left out. An integration test compares the answers with {@code pg_locks} of real servers.
 */
public final class Locks {
    private final TrackedSchema schema;
    private final List<TableLock> locks = new ArrayList<>();

    private Locks(TrackedSchema schema) {
        this.schema = schema;
    }

    /** The locks in the order in which they are taken; a table may be among them more than once. */
    public static List<TableLock> of(Ddl ddl, TrackedSchema schema) {
        Locks locks = new Locks(schema);
        locks.add(ddl);
        return locks.locks;
    }

    private void add(Ddl ddl) {
        if (ddl instanceof Ddl.Alter alter) {
            if (alter.kind() == Ddl.Kind.TABLE || alter.kind() == Ddl.Kind.MATERIALIZED_VIEW) {
                alter.actions().forEach(action -> add(alter.name(), action));
            }
        } else if (ddl instanceof Ddl.CreateTable create) {
            addNew(create);
        } else if (ddl instanceof Ddl.CreateIndex create) {
            add(create.table(), create.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE);
        } else if (ddl instanceof Ddl.Drop drop) {
            addDropped(drop);
        } else if (ddl instanceof Ddl.Reindex reindex) {
            SqlName table = reindex.kind() == Ddl.Kind.TABLE ? reindex.name() : tableOf(reindex.name());
            add(table, reindex.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.SHARE);
        } else {
            addSimple(ddl);
        }
    }

    private void addSimple(Ddl ddl) {
        if (ddl instanceof Ddl.Rewrite rewrite) {
            add(rewrite.table(), LockMode.ACCESS_EXCLUSIVE);
        } else if (ddl instanceof Ddl.Refresh refresh) {
            add(refresh.view(), refresh.concurrently() ? LockMode.EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
        } else if (ddl instanceof Ddl.Truncate truncate) {
            truncate.tables().forEach(table -> add(table, LockMode.ACCESS_EXCLUSIVE));
        } else if (ddl instanceof Ddl.ChangeRows rows) {
            add(rows.table(), LockMode.ROW_EXCLUSIVE);
        } else if (ddl instanceof Ddl.Touch touch) {
            touch.tables().forEach(table -> add(table, touch.mode()));
        }
    }

    private void addNew(Ddl.CreateTable create) {
        add(create.parent(), LockMode.ACCESS_EXCLUSIVE);
        create.ancestors().forEach(ancestor -> add(ancestor, LockMode.SHARE_UPDATE_EXCLUSIVE));
        create.constraints().forEach(constraint -> add(constraint.references(), LockMode.SHARE_ROW_EXCLUSIVE));
        create.columns().forEach(column -> addReferences(column.constraints()));
    }

    private void addReferences(List<ConstraintDef> constraints) {
        constraints.forEach(constraint -> add(constraint.references(), LockMode.SHARE_ROW_EXCLUSIVE));
    }

    /** To drop a table is to drop its foreign keys, which changes the tables they lead to. */
    private void addDropped(Ddl.Drop drop) {
        for (SqlName name : drop.names()) {
            if (drop.kind() == Ddl.Kind.INDEX) {
                add(tableOf(name), drop.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
            } else if (drop.kind() == Ddl.Kind.TABLE || drop.kind() == Ddl.Kind.MATERIALIZED_VIEW) {
                add(name, LockMode.ACCESS_EXCLUSIVE);
                schema.referencedBy(name).forEach(other -> add(other, LockMode.ACCESS_EXCLUSIVE));
            }
        }
    }

    private void add(SqlName table, TableAction action) {
        if (action instanceof TableAction.Minor minor) {
            add(table, minor.mode());
        } else if (action instanceof TableAction.Validate) {
            add(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
        } else if (action instanceof TableAction.AddConstraint added) {
            boolean foreignKey = added.constraint().kind() == ConstraintDef.Kind.FOREIGN_KEY;
            add(table, foreignKey ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
            addReferences(List.of(added.constraint()));
        } else if (action instanceof TableAction.Attach attach) {
            add(table, LockMode.SHARE_UPDATE_EXCLUSIVE);
            add(attach.partition(), LockMode.ACCESS_EXCLUSIVE);
        } else if (action instanceof TableAction.Detach detach) {
            LockMode mode = detach.concurrently() ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE;
            add(table, mode);
            add(detach.partition(), mode);
        } else {
            add(table, LockMode.ACCESS_EXCLUSIVE);
            addOthers(table, action);
        }
    }

    private void addOthers(SqlName table, TableAction action) {
        if (action instanceof TableAction.AddColumn added) {
            addReferences(added.column().constraints());
        } else if (action instanceof TableAction.DropConstraint dropped) {
            schema.constraint(table, dropped.constraint())
                    .map(ConstraintDef::references)
                    .ifPresent(other -> add(other, LockMode.ACCESS_EXCLUSIVE));
        }
    }

    private SqlName tableOf(SqlName index) {
        return schema.index(index).map(TrackedSchema.Index::table).orElse(null);
    }

    private void add(SqlName table, LockMode mode) {
        if (table != null) {
            locks.add(new TableLock(table, mode));
        }
    }
}
