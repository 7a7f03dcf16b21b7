package io.schemajob.catalog.equivalence;

import io.schemajob.catalog.sql.SqlScope;
import io.schemajob.catalog.sql.SqlTokens;

/** Says whether two SQL texts mean the same; the one place where "equal" of texts is decided. */
public interface Equivalence {
    /** Without a server: the same tokens, whatever their case and the white space and comments between them. */
    Equivalence TOKENS = (scope, declared, live) -> switch (scope.kind()) {
        case ARGUMENTS, RESULT, WORDS -> SqlTokens.arguments(declared).equals(SqlTokens.arguments(live));
        case QUERY -> SqlTokens.query(declared).equals(SqlTokens.query(live));
        default -> SqlTokens.joined(declared).equals(SqlTokens.joined(live));
    };

    /** Neither text is null, and they are not the same text. */
    boolean same(SqlScope scope, String declared, String live);
}
