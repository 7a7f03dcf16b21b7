package io.schemajob.bundle.sql;

import io.schemajob.bundle.sql.SqlLexer.Token;

/**
 * Which statements PostgreSQL 14 to 18 refuses inside a transaction block: those for which the server's source calls
 * {@code PreventInTransactionBlock} and whose text tells. (A {@code REINDEX} or {@code CLUSTER} of a partitioned table
 * is refused too, but that shows only in the catalog.)
 */
public final class StatementKinds {
    private StatementKinds() {}

    public static Statement.Kind of(SqlLexer tokens) {
        return nonTransactional(tokens) == null ? Statement.Kind.PLAIN : Statement.Kind.NON_TRANSACTIONAL;
    }

    /** What such a statement is called in an error message, or null if it runs in a transaction. */
    public static String nonTransactional(SqlLexer tokens) {
        tokens.next();
        if (tokens.accept("CREATE")) {
            return create(tokens);
        } else if (tokens.accept("ALTER")) {
            return alter(tokens);
        } else if (tokens.accept("DROP")) {
            return drop(tokens);
        } else if (tokens.accept("REINDEX")) {
            return reindex(tokens);
        } else if (tokens.accept("CLUSTER")) {
            return cluster(tokens);
        } else if (tokens.accept("DISCARD")) {
            return tokens.is("ALL") ? "DISCARD ALL" : null;
        }
        return tokens.is("VACUUM") ? "VACUUM" : null;
    }

    public static boolean copiesFromStdin(SqlLexer tokens) {
        int depth = 0;
        boolean afterFrom = false;
        while (tokens.next() != Token.END) {
            depth += tokens.is('(') ? 1 : tokens.is(')') ? -1 : 0;
            if (depth == 0 && afterFrom && tokens.is("STDIN")) {
                return true;
            }
            afterFrom = tokens.is("FROM");
        }
        return false;
    }

    private static String create(SqlLexer tokens) {
        if (tokens.is("DATABASE")) {
            return "CREATE DATABASE";
        } else if (tokens.is("TABLESPACE")) {
            return "CREATE TABLESPACE";
        } else if (tokens.is("SUBSCRIPTION")) {
            boolean slot = !SqlOptions.switchedOff(tokens, "create_slot", "connect");
            return slot ? "CREATE SUBSCRIPTION with a replication slot" : null;
        }
        tokens.accept("UNIQUE");
        return tokens.accept("INDEX") && tokens.is("CONCURRENTLY") ? "CREATE INDEX CONCURRENTLY" : null;
    }

    private static String drop(SqlLexer tokens) {
        if (tokens.is("DATABASE")) {
            return "DROP DATABASE";
        } else if (tokens.is("TABLESPACE")) {
            return "DROP TABLESPACE";
        } else if (tokens.is("SUBSCRIPTION")) {
            return "DROP SUBSCRIPTION";
        }
        return tokens.accept("INDEX") && tokens.is("CONCURRENTLY") ? "DROP INDEX CONCURRENTLY" : null;
    }

    private static String alter(SqlLexer tokens) {
        if (tokens.is("SYSTEM")) {
            return "ALTER SYSTEM";
        } else if (tokens.is("DATABASE")) {
            return find(tokens, "SET") && tokens.next() == Token.WORD && tokens.is("TABLESPACE")
                    ? "ALTER DATABASE … SET TABLESPACE"
                    : null;
        } else if (tokens.is("SUBSCRIPTION")) {
            return alterSubscription(tokens);
        }
        return tokens.is("TABLE") && find(tokens, "DETACH") && find(tokens, "CONCURRENTLY")
                ? "ALTER TABLE … DETACH PARTITION … CONCURRENTLY"
                : null;
    }

    /** Changes of publications refresh by default; {@code failover} (17) and {@code two_phase} (18) alter the slot. */
    private static String alterSubscription(SqlLexer tokens) {
        tokens.next();
        tokens.next();
        if (tokens.is("REFRESH")) {
            return "ALTER SUBSCRIPTION … REFRESH";
        }
        boolean set = tokens.is("SET");
        if (!set && !tokens.is("ADD") && !tokens.is("DROP")) {
            return null;
        }
        tokens.next();
        if (tokens.is("PUBLICATION")) {
            return SqlOptions.switchedOff(tokens, "refresh") ? null : "ALTER SUBSCRIPTION … PUBLICATION with refresh";
        }
        while (set && tokens.next() != Token.END) {
            if (tokens.is("failover") || tokens.is("two_phase")) {
                return "ALTER SUBSCRIPTION … SET (failover or two_phase)";
            }
        }
        return null;
    }

    private static String reindex(SqlLexer tokens) {
        boolean concurrently = SqlOptions.acceptList(tokens, "CONCURRENTLY");
        for (String whole : new String[] {"SCHEMA", "DATABASE", "SYSTEM"}) {
            if (tokens.is(whole)) {
                return "REINDEX " + whole;
            }
        }
        tokens.next();
        return concurrently || tokens.is("CONCURRENTLY") ? "REINDEX CONCURRENTLY" : null;
    }

    private static String cluster(SqlLexer tokens) {
        SqlOptions.acceptList(tokens, "VERBOSE");
        tokens.accept("VERBOSE");
        return tokens.token() == Token.END ? "CLUSTER without a table" : null;
    }

    private static boolean find(SqlLexer tokens, String keyword) {
        while (tokens.token() != Token.END && !tokens.is(keyword)) {
            tokens.next();
        }
        return tokens.token() != Token.END;
    }
}
