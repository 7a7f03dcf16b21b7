package io.schemajob.lint.sql;

import io.schemajob.bundle.sql.SqlName;
import io.schemajob.bundle.sql.Statement;
import java.util.List;
import java.util.Locale;

/** Tells what a statement does. Never fails on a statement that a script was split into. */
public final class DdlReader {
    private DdlReader() {}

    /** Reads one statement; its length matters only where it creates or alters something. */
    public static Ddl read(Statement statement) {
        return read(statement.sql(), statement.line());
    }

    /**
     * The same for a statement inside another, such as one in the body of a block.
     *
     * @param line of its script on which it begins
     */
    public static Ddl read(String text, int line) {
        Sql sql = new Sql(text, line);
        String verb = sql.keyword();
        sql.skip();
        return switch (verb) {
            case "CREATE" -> CreateReader.read(sql);
            case "ALTER" -> alter(sql);
            case "DROP" -> drop(sql);
            case "REINDEX" -> reindex(sql);
            case "CLUSTER", "VACUUM", "ANALYZE", "ANALYSE" -> UpkeepReader.read(verb, sql);
            case "REFRESH" -> refresh(sql);
            case "TRUNCATE" -> truncate(sql);
            case "LOCK" -> UpkeepReader.lock(sql);
            case "COMMENT" -> comment(sql);
            case "INSERT", "UPDATE", "DELETE", "MERGE", "COPY" -> rows(verb, sql);
            default -> new Ddl.Other();
        };
    }

    private static Ddl alter(Sql sql) {
        sql.accept("FOREIGN");
        if (sql.accept("TABLE")) {
            return AlterReader.read(Ddl.Kind.TABLE, sql);
        } else if (sql.accept("MATERIALIZED", "VIEW")) {
            return AlterReader.read(Ddl.Kind.MATERIALIZED_VIEW, sql);
        } else if (sql.accept("VIEW")) {
            return AlterReader.read(Ddl.Kind.VIEW, sql);
        } else if (sql.accept("INDEX")) {
            return AlterReader.read(Ddl.Kind.INDEX, sql);
        } else if (sql.accept("TYPE")) {
            return enumValue(sql);
        } else if (sql.is("TRIGGER") || sql.is("POLICY") || sql.is("RULE")) {
            return touch("ON", LockMode.ACCESS_EXCLUSIVE, sql);
        }
        return new Ddl.Other();
    }

    private static Ddl enumValue(Sql sql) {
        SqlName type = sql.name();
        if (!sql.accept("ADD", "VALUE")) {
            return new Ddl.Other();
        }
        sql.acceptIfExists();
        return sql.isString() ? new Ddl.AddEnumValue(type, sql.lexeme()) : new Ddl.Other();
    }

    private static Ddl drop(Sql sql) {
        sql.accept("FOREIGN");
        Ddl.Kind kind =
                switch (sql.keyword()) {
                    case "TABLE" -> Ddl.Kind.TABLE;
                    case "VIEW" -> Ddl.Kind.VIEW;
                    case "MATERIALIZED" -> Ddl.Kind.MATERIALIZED_VIEW;
                    case "INDEX" -> Ddl.Kind.INDEX;
                    case "SCHEMA" -> Ddl.Kind.SCHEMA;
                    default -> Ddl.Kind.OTHER;
                };
        if (sql.is("TRIGGER") || sql.is("POLICY") || sql.is("RULE")) {
            return touch("ON", LockMode.ACCESS_EXCLUSIVE, sql);
        } else if (kind == Ddl.Kind.OTHER) {
            return new Ddl.Other();
        }
        sql.skip();
        sql.accept("VIEW");
        boolean concurrently = sql.accept("CONCURRENTLY");
        sql.acceptIfExists();
        return new Ddl.Drop(kind, sql.names(), concurrently);
    }

    private static Ddl touch(String keyword, LockMode mode, Sql sql) {
        SqlName table = sql.find(keyword) ? sql.name() : null;
        return table == null ? new Ddl.Other() : new Ddl.Touch(List.of(table), mode);
    }

    private static Ddl reindex(Sql sql) {
        Sql options = sql.group();
        boolean concurrently = options != null
                && options.parts().stream()
                        .map(part -> part.words().toUpperCase(Locale.ROOT))
                        .anyMatch(part -> part.matches("CONCURRENTLY( (TRUE|ON|1))?"));
        Ddl.Kind kind = sql.is("TABLE") ? Ddl.Kind.TABLE : sql.is("INDEX") ? Ddl.Kind.INDEX : Ddl.Kind.OTHER;
        sql.skip();
        concurrently |= sql.accept("CONCURRENTLY");
        SqlName name = sql.name();
        return name == null || kind == Ddl.Kind.OTHER ? new Ddl.Other() : new Ddl.Reindex(kind, name, concurrently);
    }

    private static Ddl refresh(Sql sql) {
        sql.accept("MATERIALIZED", "VIEW");
        boolean concurrently = sql.accept("CONCURRENTLY");
        SqlName view = sql.name();
        return view == null ? new Ddl.Other() : new Ddl.Refresh(view, concurrently);
    }

    private static Ddl truncate(Sql sql) {
        sql.accept("TABLE");
        return new Ddl.Truncate(sql.names());
    }

    private static Ddl comment(Sql sql) {
        sql.accept("ON");
        boolean column = sql.accept("COLUMN");
        SqlName name = column || sql.accept("TABLE") ? sql.name() : null;
        if (name == null) {
            return new Ddl.Other();
        }
        SqlName table = column ? new SqlName(null, name.schema()) : name;
        return table.name() == null ? new Ddl.Other() : new Ddl.Touch(List.of(table), LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    private static Ddl rows(String verb, Sql sql) {
        sql.accept("INTO");
        sql.accept("FROM");
        sql.accept("ONLY");
        SqlName table = sql.name();
        if (table == null) {
            return new Ddl.Other();
        }
        if (verb.equals("COPY")) {
            sql.group();
            return sql.is("FROM") ? new Ddl.ChangeRows(verb, table, false) : new Ddl.Other();
        }
        return new Ddl.ChangeRows(verb, table, !verb.equals("INSERT"));
    }
}
