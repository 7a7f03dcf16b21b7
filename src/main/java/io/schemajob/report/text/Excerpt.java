package io.schemajob.report.text;

/** Shortens a sentence that quotes what somebody wrote, which may be a file of megabytes in one line. */
public final class Excerpt {
    /** In characters; a sentence of ours with its quotations is far shorter. */
    private static final int LONGEST = 2_000;

    private static final int BEGINNING = 1_000;
    private static final int ENDING = 500;

    private Excerpt() {}

    /** The text; where it is too long, its beginning and its end, and between them how much is left out. */
    public static String of(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int from = Character.isLowSurrogate(text.charAt(BEGINNING)) ? BEGINNING - 1 : BEGINNING;
        int to = text.length() - ENDING;
        to = Character.isLowSurrogate(text.charAt(to)) ? to + 1 : to;
        String before = text.substring(0, from);
        String after = text.substring(to);
        return before + (isOpen(before) ? Untrusted.END : "") + " … (" + (to - from) + " characters) … "
                + (isOpen(text.substring(0, to)) ? Untrusted.BEGIN : "") + after;
    }

    /** Whether it ends within a mark. */
    private static boolean isOpen(String text) {
        return text.lastIndexOf(Untrusted.BEGIN) > text.lastIndexOf(Untrusted.END);
    }
}
