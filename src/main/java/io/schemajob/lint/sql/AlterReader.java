package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code ALTER TABLE}, and what views and indexes have in common with it, action by action. */
final class AlterReader {
    private AlterReader() {}

    /** Reads on from the name. */
    static Ddl read(Ddl.Kind kind, Sql sql) {
        if (sql.is("ALL")) {
            return new Ddl.Other();
        }
        sql.acceptIfExists();
        sql.accept("ONLY");
        SqlName table = sql.name();
        if (table == null) {
            return new Ddl.Other();
        }
        sql.accept('*');
        List<TableAction> actions = new ArrayList<>();
        for (Sql part : sql.parts()) {
            TableAction action = action(table, part);
            if (action != null) {
                actions.add(action);
            }
        }
        return new Ddl.Alter(kind, table, List.copyOf(actions));
    }

    private static TableAction action(SqlName table, Sql sql) {
        int line = sql.line();
        if (sql.accept("ADD")) {
            return add(line, sql);
        } else if (sql.accept("DROP")) {
            return drop(line, sql);
        } else if (sql.accept("ALTER")) {
            return alter(line, sql);
        } else if (sql.accept("RENAME")) {
            return rename(table, line, sql);
        } else if (sql.accept("SET")) {
            return set(table, line, sql);
        } else if (sql.accept("VALIDATE")) {
            sql.accept("CONSTRAINT");
            return new TableAction.Validate(line, text(sql));
        } else if (sql.accept("ATTACH")) {
            sql.accept("PARTITION");
            return new TableAction.Attach(line, sql.name());
        } else if (sql.accept("DETACH")) {
            sql.accept("PARTITION");
            SqlName partition = sql.name();
            return new TableAction.Detach(line, partition, sql.is("CONCURRENTLY") || sql.is("FINALIZE"));
        }
        return other(line, sql);
    }

    private static TableAction other(int line, Sql sql) {
        if (sql.accept("NO", "FORCE")) {
            return new TableAction.ForceRowSecurity(line, false);
        } else if (sql.accept("FORCE")) {
            return new TableAction.ForceRowSecurity(line, true);
        }
        boolean enable = sql.accept("ENABLE");
        if (enable || sql.accept("DISABLE")) {
            if (sql.is("ROW")) {
                return new TableAction.EnableRowSecurity(line, enable);
            }
            sql.accept("ALWAYS");
            sql.accept("REPLICA");
            return minor(line, sql.is("TRIGGER") ? LockMode.SHARE_ROW_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
        }
        return minor(line, sql.is("CLUSTER") ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
    }

    private static TableAction add(int line, Sql sql) {
        if (ConstraintReader.isItem(sql)) {
            ConstraintDef constraint = ConstraintReader.readItem(sql);
            return constraint == null ? strong(line) : new TableAction.AddConstraint(line, constraint);
        }
        sql.accept("COLUMN");
        sql.acceptIfExists();
        ColumnDef column = ColumnDefReader.read(sql);
        return column == null ? strong(line) : new TableAction.AddColumn(line, column);
    }

    private static TableAction drop(int line, Sql sql) {
        if (sql.accept("CONSTRAINT")) {
            sql.acceptIfExists();
            return new TableAction.DropConstraint(line, text(sql));
        }
        sql.accept("COLUMN");
        sql.acceptIfExists();
        return new TableAction.DropColumn(line, text(sql));
    }

    private static TableAction alter(int line, Sql sql) {
        if (sql.is("CONSTRAINT")) {
            return strong(line);
        }
        sql.accept("COLUMN");
        String column = text(sql);
        if (sql.accept("TYPE")) {
            return setType(line, column, sql);
        } else if (sql.accept("SET")) {
            return setInColumn(line, column, sql);
        }
        return minor(line, sql.is("RESET") ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
    }

    private static TableAction setInColumn(int line, String column, Sql sql) {
        if (sql.accept("NOT", "NULL")) {
            return new TableAction.SetNotNull(line, column);
        } else if (sql.accept("DATA", "TYPE")) {
            return setType(line, column, sql);
        } else if (sql.is("EXPRESSION")) {
            return new TableAction.Rewrite(line, "SET EXPRESSION");
        }
        boolean planner = sql.is("STATISTICS") || sql.is('(');
        return minor(line, planner ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
    }

    private static TableAction setType(int line, String column, Sql sql) {
        SqlType type = TypeReader.read(sql);
        String using = null;
        if (sql.find("USING")) {
            using = sql.words();
            if (merelyCasts(new Sql(using, line), column, type)) {
                using = null;
            }
        }
        return new TableAction.SetType(line, column, type, using);
    }

    /** {@code column}, {@code column::type} or {@code CAST(column AS type)}: what happens without USING too. */
    private static boolean merelyCasts(Sql using, String column, SqlType type) {
        if (using.accept("CAST")) {
            Sql inner = using.group();
            return inner != null && casts(inner, column, type) && using.atEnd();
        }
        if (using.is('(')) {
            Sql inner = using.group();
            return using.atEnd() && merelyCasts(inner, column, type);
        }
        return casts(using, column, type);
    }

    private static boolean casts(Sql sql, String column, SqlType type) {
        SqlName name = sql.name();
        if (name == null || !name.name().equals(column)) {
            return false;
        }
        if (sql.atEnd()) {
            return true;
        }
        boolean cast = sql.accept("AS") || sql.accept(':') && sql.accept(':');
        return cast && type != null && type.equals(TypeReader.read(sql)) && sql.atEnd();
    }

    private static TableAction rename(SqlName table, int line, Sql sql) {
        if (sql.is("CONSTRAINT")) {
            return strong(line);
        } else if (sql.accept("TO")) {
            return new TableAction.Rename(line, new SqlName(table.schema(), text(sql)));
        }
        sql.accept("COLUMN");
        String from = text(sql);
        sql.accept("TO");
        return new TableAction.RenameColumn(line, from, text(sql));
    }

    private static TableAction set(SqlName table, int line, Sql sql) {
        if (sql.accept("SCHEMA")) {
            return new TableAction.Rename(line, new SqlName(text(sql), table.name()));
        } else if (sql.is("LOGGED") || sql.is("UNLOGGED") || sql.is("TABLESPACE") || sql.is("ACCESS")) {
            return new TableAction.Rewrite(line, "SET " + sql.words());
        }
        boolean light = sql.is('(') || sql.is("WITHOUT");
        return minor(line, light ? LockMode.SHARE_UPDATE_EXCLUSIVE : LockMode.ACCESS_EXCLUSIVE);
    }

    private static TableAction strong(int line) {
        return minor(line, LockMode.ACCESS_EXCLUSIVE);
    }

    private static TableAction minor(int line, LockMode mode) {
        return new TableAction.Minor(line, mode);
    }

    /** A name that cannot have a schema; empty if there is none. */
    private static String text(Sql sql) {
        SqlName name = sql.name();
        return name == null ? "" : name.name();
    }
}
