package io.schemajob.lint.effect;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.lint.sql.ColumnDef;
import io.schemajob.lint.sql.ConstraintDef;
import io.schemajob.lint.sql.Ddl;
import io.schemajob.lint.sql.SqlType;
import io.schemajob.lint.sql.TableAction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the schema from the scripts read so far, so that rules can tell a widened column from a narrowed one
 * and a guarded SET NOT NULL from a bare one. It knows less than a database: what scripts do inside functions is unseen.
 */
public final class TrackedSchema {
    private final Map<String, Table> tables = new HashMap<>();
    private final Map<String, Index> indexes = new HashMap<>();
    private final HidingTables hidingTables = new HidingTables();

    /** What is known of a table. */
    private static final class Table {
        final SqlName name;
        final Map<String, SqlType> columns = new HashMap<>();
        final Map<String, ConstraintDef> constraints = new HashMap<>();
        boolean partitioned;

        Table(SqlName name) {
            this.name = name;
        }

        boolean isNeverNull(String column) {
            return constraints.values().stream()
                    .filter(constraint -> constraint.notNull() != null && !constraint.deferred())
                    .anyMatch(constraint -> constraint.notNull().equals(column));
        }

        void add(ConstraintDef constraint) {
            String fallback = constraint.kind() + "#" + constraints.size();
            constraints.put(constraint.name() == null ? fallback : constraint.name(), constraint);
        }

        void add(ColumnDef column) {
            if (column.type() != null) {
                columns.put(column.name(), column.type().stored());
            }
            for (ConstraintDef constraint : column.constraints()) {
                String guess = constraint.kind() == ConstraintDef.Kind.FOREIGN_KEY
                        ? name.name() + "_" + column.name() + "_fkey"
                        : null;
                add(constraint.name() == null ? constraint.named(guess) : constraint);
            }
        }
    }

    /** An index and every name in its definition, its columns among them. */
    public record Index(SqlName table, Ddl.CreateIndex definition) {}

    /** The same for {@code t} and {@code public.t}: {@code public} is where unqualified names lead to. */
    public static String key(SqlName name) {
        boolean plain = name.schema() == null || name.schema().equals("public");
        return plain ? name.name() : name.toString();
    }

    private Optional<Table> table(SqlName name) {
        return Optional.ofNullable(tables.get(key(name)));
    }

    public boolean knows(SqlName table) {
        return table(table).isPresent();
    }

    /** Whether a validated constraint already says that the column is never null. */
    public boolean isNeverNull(SqlName table, String column) {
        return table(table).map(known -> known.isNeverNull(column)).orElse(false);
    }

    /** The type of a column whose table was made or changed here. */
    public Optional<SqlType> type(SqlName table, String column) {
        return table(table).map(known -> known.columns.get(column));
    }

    public boolean isPartitioned(SqlName table) {
        return table(table).map(known -> known.partitioned).orElse(false);
    }

    Optional<ConstraintDef> constraint(SqlName table, String constraint) {
        return table(table).map(known -> known.constraints.get(constraint));
    }

    public Optional<Index> index(SqlName name) {
        return Optional.ofNullable(indexes.get(key(name)));
    }

    /** Whether an index of the table has the column in its definition. */
    public boolean isIndexed(SqlName table, String column) {
        return indexes.values().stream()
                .anyMatch(index -> key(index.table()).equals(key(table))
                        && index.definition().words().contains(column));
    }

    public HidingTables hidingTables() {
        return hidingTables;
    }

    /** The tables that foreign keys of a table lead to. */
    List<SqlName> referencedBy(SqlName table) {
        return table(table)
                .map(known -> known.constraints.values().stream()
                        .map(ConstraintDef::references)
                        .filter(other -> other != null && !key(other).equals(key(table)))
                        .toList())
                .orElse(List.of());
    }

    /** Notes what a statement changes. */
    public void apply(Ddl ddl) {
        hidingTables.apply(ddl);
        if (ddl instanceof Ddl.CreateTable create) {
            create(create);
        } else if (ddl instanceof Ddl.CreateIndex create && create.index() != null) {
            indexes.put(key(create.index()), new Index(create.table(), create));
        } else if (ddl instanceof Ddl.Drop drop) {
            drop.names().forEach(name -> (drop.kind() == Ddl.Kind.INDEX ? indexes : tables).remove(key(name)));
        } else if (ddl instanceof Ddl.Alter alter && alter.kind() == Ddl.Kind.TABLE) {
            Table table = tables.computeIfAbsent(key(alter.name()), key -> new Table(alter.name()));
            alter.actions().forEach(action -> apply(table, action));
        }
    }

    private void create(Ddl.CreateTable create) {
        if (create.optional() && tables.containsKey(key(create.table()))) {
            return;
        }
        Table table = new Table(create.table());
        table.partitioned = create.partitioned();
        create.columns().forEach(table::add);
        create.constraints().forEach(table::add);
        tables.put(key(create.table()), table);
    }

    private void apply(Table table, TableAction action) {
        if (action instanceof TableAction.AddColumn add) {
            table.add(add.column());
        } else if (action instanceof TableAction.DropColumn drop) {
            table.columns.remove(drop.column());
        } else if (action instanceof TableAction.SetType set && set.type() != null) {
            table.columns.put(set.column(), set.type());
        } else if (action instanceof TableAction.AddConstraint add) {
            table.add(add.constraint());
        } else if (action instanceof TableAction.DropConstraint drop) {
            table.constraints.remove(drop.constraint());
        } else if (action instanceof TableAction.Validate validate) {
            table.constraints.computeIfPresent(validate.constraint(), (name, old) -> old.validated());
        } else if (action instanceof TableAction.RenameColumn rename) {
            renameColumn(table, rename);
        } else if (action instanceof TableAction.Rename rename) {
            rename(table, rename.to());
        }
    }

    private static void renameColumn(Table table, TableAction.RenameColumn rename) {
        SqlType type = table.columns.remove(rename.from());
        if (type != null) {
            table.columns.put(rename.to(), type);
        }
        table.constraints.replaceAll(
                (name, old) -> rename.from().equals(old.notNull()) ? old.onColumn(rename.to()) : old);
    }

    private void rename(Table table, SqlName to) {
        Table renamed = new Table(to);
        renamed.columns.putAll(table.columns);
        renamed.constraints.putAll(table.constraints);
        renamed.partitioned = table.partitioned;
        tables.remove(key(table.name));
        tables.put(key(to), renamed);
        indexes.replaceAll((name, index) ->
                key(index.table()).equals(key(table.name)) ? new Index(to, index.definition()) : index);
    }
}
