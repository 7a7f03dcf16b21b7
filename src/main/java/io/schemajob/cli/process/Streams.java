package io.schemajob.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard output and error as UTF-8, whatever the locale.
 *
 * @param out results, and the log of commands whose log is their result
 * @param err errors, and the log where standard output belongs to the result
 */
public record Streams(PrintStream out, PrintStream err) {

    public static Streams standard() {
        return new Streams(stream(FileDescriptor.out), stream(FileDescriptor.err));
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new Output(new Remembering(new FileOutputStream(descriptor)));
    }

    /** Why something could not be written to standard output, or null; a reader that left early is no reason. */
    public String lost() {
        out.flush();
        return out instanceof Output output ? output.lost() : null;
    }

    private static final class Output extends PrintStream {
        private final Remembering to;

        private Output(Remembering to) {
            super(to, false, StandardCharsets.UTF_8);
            this.to = to;
        }

        private String lost() {
            return to.lost;
        }
    }

    /** Remembers what a {@link PrintStream} swallows. */
    private static final class Remembering extends FilterOutputStream {
        private String lost;

        private Remembering(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            try {
                out.write(buffer, offset, length);
            } catch (IOException e) {
                // "schemajob … | head" has seen enough; the disk that is full has not.
                lost = "Broken pipe".equals(e.getMessage()) ? lost : e.getMessage();
                throw e;
            }
        }
    }

    /** Colours on terminals only, and never where {@code NO_COLOR} is set (no-color.org). */
    public static boolean colour() {
        return System.console() != null && System.getenv("NO_COLOR") == null && !"dumb".equals(System.getenv("TERM"));
    }
}
