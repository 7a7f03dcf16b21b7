package io.schemajob.report.text;

import io.schemajob.report.log.Redactor;

/**
 * Marks text that somebody else wrote, within a sentence of ours: what a server, a driver or Vault said, and statements
 * of scripts. The {@link Redactor} looks there for secrets that are words too, such as {@code app}, which in our own
 * sentences are only words. Two characters that Unicode gives to no text are the marks; they never leave the process.
 */
public final class Untrusted {
    public static final char BEGIN = '\ufdd0';
    public static final char END = '\ufdd1';

    private Untrusted() {}

    /** The text, marked; null is the word null, as in any sentence. */
    public static String text(Object text) {
        return BEGIN + plain(String.valueOf(text)) + END;
    }

    /** The text without marks; null stays null. */
    public static String plain(String text) {
        return text == null || text.indexOf(BEGIN) < 0 && text.indexOf(END) < 0
                ? text
                : text.replace(String.valueOf(BEGIN), "").replace(String.valueOf(END), "");
    }
}
