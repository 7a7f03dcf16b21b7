package io.schemajob.report.text;

import java.util.regex.Pattern;

/** Quotes a value as one word of a command that a person copies into a shell. */
public final class ShellWord {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+:,./][A-Za-z0-9_@%+=:,./-]*");

    private ShellWord() {}

    /**
     * The value as it is where a shell takes it so, in single quotes where it does not, and in bash's {@code $'…'} where
     * it has characters that are not to be seen.
     */
    public static String of(String value) {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        if (Printable.isPrintable(value)) {
            return "'" + value.replace("'", "'\\''") + "'";
        }
        StringBuilder word = new StringBuilder("$'");
        value.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') {
                word.append('\\').appendCodePoint(c);
            } else {
                word.append(Printable.line(Character.toString(c)));
            }
        });
        return word.append('\'').toString();
    }
}
