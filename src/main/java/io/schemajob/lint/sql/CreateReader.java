package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads statements that begin with {@code CREATE}. */
final class CreateReader {
    private CreateReader() {}

    /** Reads on from the word behind {@code CREATE}. */
    static Ddl read(Sql sql) {
        boolean replace = sql.accept("OR", "REPLACE");
        while (List.of(
                        "GLOBAL",
                        "LOCAL",
                        "TEMP",
                        "TEMPORARY",
                        "UNLOGGED",
                        "FOREIGN",
                        "UNIQUE",
                        "RECURSIVE",
                        "CONSTRAINT")
                .contains(sql.keyword())) {
            sql.skip();
        }
        if (sql.accept("TABLE")) {
            return table(sql);
        } else if (sql.accept("INDEX")) {
            return index(sql);
        } else if (sql.accept("MATERIALIZED", "VIEW")) {
            return create(Ddl.Kind.MATERIALIZED_VIEW, replace, sql);
        }
        return switch (sql.keyword()) {
            case "VIEW" -> next(Ddl.Kind.VIEW, replace, sql);
            case "TYPE" -> next(Ddl.Kind.TYPE, replace, sql);
            case "DOMAIN" -> next(Ddl.Kind.DOMAIN, replace, sql);
            case "SCHEMA" -> next(Ddl.Kind.SCHEMA, replace, sql);
            case "TRIGGER" -> on("ON", LockMode.SHARE_ROW_EXCLUSIVE, sql);
            case "RULE" -> on("TO", LockMode.ACCESS_EXCLUSIVE, sql);
            case "POLICY" -> on("ON", LockMode.ACCESS_EXCLUSIVE, sql);
            case "STATISTICS" -> on("FROM", LockMode.SHARE_UPDATE_EXCLUSIVE, sql);
            default -> new Ddl.Other();
        };
    }

    private static Ddl next(Ddl.Kind kind, boolean replace, Sql sql) {
        sql.skip();
        return create(kind, replace, sql);
    }

    private static Ddl create(Ddl.Kind kind, boolean replace, Sql sql) {
        sql.acceptIfExists();
        SqlName name = sql.is("AUTHORIZATION") ? null : sql.name();
        return name == null ? new Ddl.Other() : new Ddl.Create(kind, name, replace);
    }

    private static Ddl on(String keyword, LockMode mode, Sql sql) {
        SqlName table = sql.find(keyword) ? sql.name() : null;
        return table == null ? new Ddl.Other() : new Ddl.Touch(List.of(table), mode);
    }

    private static Ddl index(Sql sql) {
        boolean concurrently = sql.accept("CONCURRENTLY");
        sql.acceptIfExists();
        SqlName index = sql.is("ON") ? null : sql.name();
        sql.accept("ON");
        boolean only = sql.accept("ONLY");
        SqlName table = sql.name();
        if (table == null) {
            return new Ddl.Other();
        }
        Set<String> words = new HashSet<>();
        while (!sql.atEnd()) {
            SqlName word = sql.name();
            if (word == null) {
                sql.skip();
            } else {
                words.add(word.name());
            }
        }
        SqlName named = index == null ? null : new SqlName(table.schema(), index.name());
        return new Ddl.CreateIndex(named, table, concurrently, only, words);
    }

    private static Ddl table(Sql sql) {
        boolean optional = sql.acceptIfExists();
        SqlName table = sql.name();
        if (table == null) {
            return new Ddl.Other();
        }
        SqlName parent = sql.accept("PARTITION", "OF") ? sql.name() : null;
        List<ColumnDef> columns = new ArrayList<>();
        List<ConstraintDef> constraints = new ArrayList<>();
        Sql items = sql.group();
        if (items != null) {
            readItems(items, columns, constraints);
        }
        boolean partitioned = false;
        List<SqlName> ancestors = new ArrayList<>();
        while (!sql.atEnd() && !sql.is("AS")) {
            if (sql.accept("INHERITS")) {
                Sql group = sql.group();
                ancestors.addAll(group == null ? List.of() : group.names());
            } else if (sql.accept("PARTITION", "BY")) {
                partitioned = true;
            } else if (sql.group() == null && !sql.atEnd()) {
                sql.skip();
            }
        }
        return new Ddl.CreateTable(
                table,
                optional,
                partitioned,
                parent,
                List.copyOf(ancestors),
                List.copyOf(columns),
                List.copyOf(constraints));
    }

    private static void readItems(Sql items, List<ColumnDef> columns, List<ConstraintDef> constraints) {
        for (Sql item : items.parts()) {
            if (ConstraintReader.isItem(item)) {
                ConstraintDef constraint = ConstraintReader.readItem(item);
                if (constraint != null) {
                    constraints.add(constraint);
                }
            } else if (!item.is("LIKE")) {
                ColumnDef column = ColumnDefReader.read(item);
                if (column != null) {
                    columns.add(column);
                }
            }
        }
    }
}
