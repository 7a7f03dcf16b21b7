package io.schemajob.bundle.yaml;

import static io.schemajob.bundle.yaml.PlainYaml.require;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode.Position;
import io.schemajob.bundle.yaml.YamlNode.Type;
import java.util.HashMap;
import java.util.Map;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A cursor in YAML text for {@link PlainYaml}: lines, and the keys and scalars on them. Positions are counted as
 * SnakeYAML counts them; text where that is not simply one column a character is refused.
 */
final class PlainYamlLine {
    /** SnakeYAML takes no key beyond 1,024 characters for one. */
    private static final int LONGEST_KEY = 1000;

    private static final char FIRST_OF_LATIN_1 = 0xA0;
    private static final char LAST_OF_ONE_CHARACTER = 0xD7FF;

    /** First characters of plain scalars that may be something else than text. */
    private static final String SPECIAL = "yYnNtTfFoO~-+.0123456789";

    private static final String INDICATORS = "-?:,[]{}#&*!|>'\"%@`";

    private final String path;
    private final String text;
    private final Resolver resolver = new Resolver();
    private final Map<String, Type> types = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private int at;
    private int line = 1;
    private int lineStart;

    PlainYamlLine(TextFile file) {
        this.path = file.path();
        this.text = file.text();
        require(text.length() <= YamlReader.LONGEST);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            require(c >= ' ' && c < 0x7F
                    || c == '\n'
                    || c >= FIRST_OF_LATIN_1 && c <= LAST_OF_ONE_CHARACTER && c != '\u2028' && c != '\u2029');
        }
    }

    String file() {
        return path;
    }

    boolean ended() {
        return at == text.length();
    }

    /** Characters before this one on its line. */
    int column() {
        return at - lineStart;
    }

    Position position() {
        return new Position(path, line, column() + 1);
    }

    boolean at(char c) {
        return at < text.length() && text.charAt(at) == c;
    }

    boolean atQuote() {
        return at('"') || at('\'');
    }

    /** At the hyphen of a list's item. */
    boolean atDash() {
        return at('-') && isBlank(at + 1);
    }

    /** At the end of what the line says; a comment may follow behind a space. */
    boolean atLineEnd() {
        return ended() || at('\n') || at('#') && at > 0 && isBlank(at - 1);
    }

    void skip() {
        at++;
    }

    void skipSpaces() {
        while (at(' ')) {
            at++;
        }
    }

    /** Moves from the end of a value to the next line that says something. */
    void toNextLine() {
        skipSpaces();
        require(atLineEnd());
        toContent();
    }

    /** Moves to the first character that is neither blank nor in a comment. */
    void toContent() {
        skipSpaces();
        while (at('\n') || at('#')) {
            int end = text.indexOf('\n', at);
            if (end < 0) {
                at = text.length();
                return;
            }
            toLine(end + 1);
            skipSpaces();
        }
    }

    private void toLine(int start) {
        at = start;
        lineStart = start;
        line++;
    }

    boolean atBlockKey() {
        if (!atQuote() && !startsPlain()) {
            return false;
        }
        int start = at;
        int end = keyEnd(false);
        at = start;
        return end >= 0;
    }

    /** A key with its colon. */
    String blockKey() {
        return key(false);
    }

    String flowKey() {
        return key(true);
    }

    private String key(boolean flow) {
        int start = at;
        boolean quoted = atQuote();
        int end = keyEnd(flow);
        require(end >= 0 && end - start <= LONGEST_KEY);
        String key = quoted ? unquoted(start, end) : text.substring(start, end);
        require(quoted || type(key) != Type.NOTHING);
        at = end + 1;
        // The same few words over and over, and the names of columns that many tables have.
        String known = keys.putIfAbsent(key, key);
        return known == null ? key : known;
    }

    /** Where the colon behind a key stands, or -1 if there is none. */
    private int keyEnd(boolean flow) {
        if (atQuote()) {
            quoted();
        } else {
            plain(flow, true);
        }
        return at(':') && isBlank(at + 1) ? at : -1;
    }

    /** A quoted scalar on one line without escapes. */
    String quoted() {
        int start = at;
        char quote = text.charAt(at);
        do {
            int close = text.indexOf(quote, at + 1);
            require(close >= 0);
            at = close + 1;
        } while (quote == '\'' && at('\''));
        for (int i = start; i < at; i++) {
            require(text.charAt(i) != '\n');
        }
        return unquoted(start, at);
    }

    private String unquoted(int start, int end) {
        String inner = text.substring(start + 1, end - 1);
        if (text.charAt(start) == '\'') {
            return inner.indexOf('\'') < 0 ? inner : inner.replace("''", "'");
        }
        require(inner.indexOf('\\') < 0);
        return inner;
    }

    /** A plain scalar that ends with the line, or with its part of a flow collection. */
    String plain(boolean flow) {
        int start = at;
        plain(flow, false);
        return text.substring(start, at);
    }

    private void plain(boolean flow, boolean key) {
        require(startsPlain());
        int end = at;
        int i = at;
        for (; i < text.length(); i++) {
            char c = text.charAt(i);
            require(!flow || c != '?');
            if (c == '\n' || c == '#' && text.charAt(i - 1) == ' ' || flow && isFlowIndicator(c)) {
                break;
            } else if (c == ':' && (isBlank(i + 1) || flow && isFlowIndicator(text.charAt(i + 1)))) {
                require(key);
                // A space before the colon is left to the library.
                require(end == i);
                break;
            } else if (c != ' ') {
                end = i + 1;
            }
        }
        at = end;
    }

    /** A hyphen or a full stop on the first column may begin the mark between two documents. */
    private boolean startsPlain() {
        if (ended()) {
            return false;
        }
        char c = text.charAt(at);
        if (c == '-' || c == '.') {
            return column() > 0 && !isBlank(at + 1);
        }
        return c > ' ' && INDICATORS.indexOf(c) < 0;
    }

    private static boolean isFlowIndicator(char c) {
        return c == ',' || c == '[' || c == ']' || c == '{' || c == '}';
    }

    private boolean isBlank(int index) {
        return index >= text.length() || text.charAt(index) == ' ' || text.charAt(index) == '\n';
    }

    /** What a plain scalar is; the library knows, and is asked where it may be something else than text. */
    Type type(String plain) {
        if (SPECIAL.indexOf(plain.charAt(0)) < 0) {
            return Type.TEXT;
        }
        return types.computeIfAbsent(plain, text -> YamlReader.type(resolver.resolve(NodeId.scalar, text, true)));
    }

    /**
     * The text of a literal block; the cursor is at its bar.
     *
     * @param indent of the mapping or list that it belongs to
     */
    String literal(int indent) {
        at++;
        int given = at < text.length() ? Character.digit(text.charAt(at), 10) : -1;
        at += given > 0 ? 1 : 0;
        boolean strip = at('-');
        at += strip ? 1 : 0;
        require(given != 0 && at('\n'));
        toLine(at + 1);
        int inner = given > 0 ? indent + given : indentOfFirstLine();
        require(inner > indent);
        StringBuilder block = new StringBuilder();
        int length = 0;
        while (!ended()) {
            int end = text.indexOf('\n', at);
            require(end >= 0);
            if (end > at) {
                if (!isIndented(at, end, inner)) {
                    break;
                }
                block.append(text, at + inner, end);
                length = block.length();
            }
            block.append('\n');
            toLine(end + 1);
        }
        require(length > 0);
        block.setLength(length);
        return strip ? block.toString() : block.append('\n').toString();
    }

    private int indentOfFirstLine() {
        int first = at;
        while (first < text.length() && text.charAt(first) == ' ') {
            first++;
        }
        require(first < text.length() && text.charAt(first) != '\n');
        return first - at;
    }

    /** Lines of nothing but spaces are left to the library. */
    private boolean isIndented(int start, int end, int indent) {
        int first = start;
        while (first < end && text.charAt(first) == ' ') {
            first++;
        }
        require(first < end);
        return first - start >= indent;
    }
}
