package io.schemajob.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and error as UTF-8, whatever the locale.
 *
 * @param out results, and the log of commands whose log is their result
 * @param err errors, and the log where standard output belongs to the result
 */
record Streams(PrintStream out, PrintStream err) {

    static Streams standard() {
        return new Streams(stream(FileDescriptor.out), stream(FileDescriptor.err));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }

    /** Colours on terminals only, and never where {@code NO_COLOR} is set (no-color.org). */
    static boolean colour() {
        return System.console() != null && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }
}
