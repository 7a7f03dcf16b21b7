package io.schemajob.catalog.sql;

import io.schemajob.catalog.sql.SqlToken.Kind;
import java.util.List;

/** A position in a list of tokens, and the questions that a parser asks of it. */
final class TokenStream {
    /** The text is not of the form that the parsers know; the caller falls back to comparing tokens. */
    static final class Unknown extends Exception {
        Unknown(String message) {
            super(message, null, false, false);
        }
    }

    private final List<SqlToken> tokens;
    private int at;

    TokenStream(List<SqlToken> tokens) {
        this.tokens = tokens;
    }

    SqlToken peek() {
        return peek(0);
    }

    SqlToken peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : SqlToken.END;
    }

    SqlToken next() {
        SqlToken token = peek();
        at++;
        return token;
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    boolean take(String markOrOperator) {
        boolean found = peek().is(markOrOperator);
        at += found ? 1 : 0;
        return found;
    }

    /** Takes all these words, or none of them. */
    boolean takeWords(String... words) {
        if (!seesWords(words)) {
            return false;
        }
        at += words.length;
        return true;
    }

    boolean seesWords(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!peek(i).isWord(words[i])) {
                return false;
            }
        }
        return true;
    }

    void expect(String markOrOperator) throws Unknown {
        if (!take(markOrOperator)) {
            throw new Unknown("expected " + markOrOperator + " and not " + peek().text());
        }
    }

    void expectWords(String... words) throws Unknown {
        if (!takeWords(words)) {
            throw new Unknown("expected " + words[0] + " and not " + peek().text());
        }
    }

    boolean seesName() {
        SqlToken token = peek();
        return token.kind() == Kind.QUOTED || token.kind() == Kind.WORD && !Keywords.RESERVED.contains(token.text());
    }

    String name() throws Unknown {
        SqlToken token = next();
        if (token.kind() != Kind.WORD && token.kind() != Kind.QUOTED) {
            throw new Unknown("expected a name and not " + token.text());
        }
        return token.canonical();
    }

    /** Everything up to the bracket that closes the open one, which is not taken. */
    String rawUntilClose() {
        StringBuilder raw = new StringBuilder();
        for (int depth = 0; !atEnd(); at++) {
            depth += peek().is("(") ? 1 : peek().is(")") ? -1 : 0;
            if (depth < 0) {
                break;
            }
            raw.append(raw.length() == 0 ? "" : " ").append(peek().canonical());
        }
        return raw.toString();
    }
}
