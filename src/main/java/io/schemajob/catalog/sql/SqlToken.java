package io.schemajob.catalog.sql;

/**
 * The smallest piece of SQL.
 *
 * @param kind what it is
 * @param text words in lower case unless they were quoted for a reason, string literals without quotes and escapes
 */
record SqlToken(Kind kind, String text) {
    enum Kind {
        WORD,
        /** An identifier that needs its quotes: it is never a key word. */
        QUOTED,
        STRING,
        NUMBER,
        OPERATOR,
        /** Brackets, comma, semicolon, dot, {@code ::} and {@code :=}. */
        MARK,
        END
    }

    static final SqlToken END = new SqlToken(Kind.END, "");

    boolean is(String markOrOperator) {
        return (kind == Kind.MARK || kind == Kind.OPERATOR) && text.equals(markOrOperator);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equals(word);
    }

    /** So that two different token lists never read the same when joined with blanks. */
    String canonical() {
        return switch (kind) {
            case STRING -> "'" + text.replace("'", "''") + "'";
            case QUOTED -> "\"" + text.replace("\"", "\"\"") + "\"";
            default -> text;
        };
    }
}
