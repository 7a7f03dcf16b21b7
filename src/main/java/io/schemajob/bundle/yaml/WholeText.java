package io.schemajob.bundle.yaml;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * A text that SnakeYAML's scanner reads where it stands. The library's own reader looks ahead through a window that it
 * copies for every thousand characters, so one line of some megabytes (a comment, an unclosed quote) takes it minutes.
 */
final class WholeText extends StreamReader {
    /** Line ends of YAML 1.1 beside the carriage return. */
    private static final String LINE_ENDS = "\n\u0085\u2028\u2029";

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    private final int[] text;
    private int index;
    private int documentStart;
    private int line;
    private int column;

    /** @throws ReaderException for a character that YAML does not allow */
    WholeText(String text) {
        super("");
        this.text = text.codePoints().toArray();
        for (int i = 0; i < this.text.length; i++) {
            if (!isPrintable(this.text[i])) {
                throw new ReaderException("'string'", i, this.text[i], "special characters are not allowed");
            }
        }
    }

    @Override
    public int peek() {
        return peek(0);
    }

    @Override
    public int peek(int ahead) {
        return index + ahead < text.length ? text[index + ahead] : 0;
    }

    @Override
    public void forward() {
        forward(1);
    }

    @Override
    public void forward(int length) {
        int end = Math.min(text.length, index + length);
        while (index < end) {
            int c = text[index++];
            if (LINE_ENDS.indexOf(c) >= 0 || c == '\r' && index < text.length && text[index] != '\n') {
                line++;
                column = 0;
            } else if (c != BYTE_ORDER_MARK) {
                column++;
            }
        }
    }

    @Override
    public String prefix(int length) {
        return new String(text, index, Math.min(length, text.length - index));
    }

    @Override
    public String prefixForward(int length) {
        String prefix = prefix(length);
        index = Math.min(text.length, index + length);
        column += length;
        return prefix;
    }

    @Override
    public Mark getMark() {
        return new Mark("'string'", index, line, column, text, index);
    }

    @Override
    public int getColumn() {
        return column;
    }

    @Override
    public int getLine() {
        return line;
    }

    @Override
    public int getIndex() {
        return index;
    }

    @Override
    public int getDocumentIndex() {
        return index - documentStart;
    }

    @Override
    public void resetDocumentIndex() {
        documentStart = index;
    }
}
