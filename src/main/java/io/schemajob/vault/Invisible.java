package io.schemajob.vault;

import java.util.Optional;

/** Characters that nobody sees and that come along when a value is copied from a page or written by an editor. */
final class Invisible {
    private Invisible() {}

    /** The first of them in words, or empty; a plain blank can be seen beside quotes and is none. */
    static Optional<String> in(String text) {
        return text.codePoints()
                .filter(c -> c != ' ' && invisible(c))
                .mapToObj(Invisible::name)
                .findFirst();
    }

    private static boolean invisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String name(int c) {
        return switch (c) {
            case '\n', '\r' -> "a line break";
            case '\t' -> "a tab";
            case 0xA0 -> "a no-break space (U+00A0)";
            default -> "an invisible character (U+%04X)".formatted(c);
        };
    }
}
