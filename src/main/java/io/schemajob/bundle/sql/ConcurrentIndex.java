package io.schemajob.bundle.sql;

import java.util.Optional;

/**
 * What a concurrent index statement works on. A killed one leaves an invalid index behind, which {@code IF NOT EXISTS}
 * would then hide: the run has to know the name to find and mend it.
 *
 * @param action what the statement does
 * @param index null when the statement does not name one: a {@code CREATE} without a name, for which the server makes one
 *     up, and a {@code REINDEX} of more than one index; a created index has the schema of its table, if that is given
 * @param table never null for {@code CREATE}; null for {@code DROP} and for {@code REINDEX} of anything but a table
 * @param conditional whether it says {@code IF NOT EXISTS} or {@code IF EXISTS}
 */
public record ConcurrentIndex(Action action, SqlName index, SqlName table, boolean conditional) {
    public enum Action {
        CREATE,
        DROP,
        REINDEX
    }

    /** Empty for every other statement. */
    public static Optional<ConcurrentIndex> of(Statement statement) {
        if (statement.kind() != Statement.Kind.NON_TRANSACTIONAL) {
            return Optional.empty();
        }
        SqlLexer tokens = statement.tokens();
        tokens.next();
        if (tokens.accept("CREATE")) {
            tokens.accept("UNIQUE");
            return indexConcurrently(tokens) ? create(tokens) : Optional.empty();
        } else if (tokens.accept("DROP")) {
            return indexConcurrently(tokens) ? Optional.of(drop(tokens)) : Optional.empty();
        }
        return tokens.accept("REINDEX") ? reindex(tokens) : Optional.empty();
    }

    private static boolean indexConcurrently(SqlLexer tokens) {
        return tokens.accept("INDEX") && tokens.accept("CONCURRENTLY");
    }

    /** Empty when the table is missing: the server has to say what is wrong with the statement. */
    private static Optional<ConcurrentIndex> create(SqlLexer tokens) {
        boolean conditional = tokens.accept("IF") && tokens.accept("NOT") && tokens.accept("EXISTS");
        SqlName name = tokens.is("ON") ? null : SqlName.accept(tokens);
        tokens.accept("ON");
        tokens.accept("ONLY");
        SqlName table = SqlName.accept(tokens);
        if (table == null) {
            return Optional.empty();
        }
        SqlName index = name == null ? null : new SqlName(table.schema(), name.name());
        return Optional.of(new ConcurrentIndex(Action.CREATE, index, table, conditional));
    }

    private static ConcurrentIndex drop(SqlLexer tokens) {
        boolean conditional = tokens.accept("IF") && tokens.accept("EXISTS");
        return new ConcurrentIndex(Action.DROP, SqlName.accept(tokens), null, conditional);
    }

    private static Optional<ConcurrentIndex> reindex(SqlLexer tokens) {
        boolean concurrently = SqlOptions.acceptList(tokens, "CONCURRENTLY");
        boolean index = tokens.is("INDEX");
        boolean table = tokens.is("TABLE");
        tokens.next();
        concurrently |= tokens.accept("CONCURRENTLY");
        SqlName name = SqlName.accept(tokens);
        return concurrently
                ? Optional.of(new ConcurrentIndex(Action.REINDEX, index ? name : null, table ? name : null, false))
                : Optional.empty();
    }
}
