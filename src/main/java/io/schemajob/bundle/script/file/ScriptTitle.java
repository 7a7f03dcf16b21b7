package io.schemajob.bundle.script.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the log calls a migration: a line {@code -- title: Some words} among the comments that begin its script. */
final class ScriptTitle {
    private static final Pattern TITLE = Pattern.compile("--\\s*title:\\s*(\\S.*)", Pattern.CASE_INSENSITIVE);

    private ScriptTitle() {}

    static String of(String script, String otherwise) {
        int begin = 0;
        while (begin < script.length()) {
            int end = script.indexOf('\n', begin);
            String line =
                    script.substring(begin, end < 0 ? script.length() : end).strip();
            if (!line.isEmpty() && !line.startsWith("--")) {
                return otherwise;
            }
            Matcher title = TITLE.matcher(line);
            if (title.matches()) {
                return title.group(1);
            }
            begin = end < 0 ? script.length() : end + 1;
        }
        return otherwise;
    }
}
