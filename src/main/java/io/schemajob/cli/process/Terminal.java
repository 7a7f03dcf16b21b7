package io.schemajob.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Whether a person sits there. */
public final class Terminal {
    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/\\d+|tty\\w*)");

    private Terminal() {}

    /** Whether standard input or output is a terminal; {@code schemajob | less} counts, a pod without a tty does not. */
    public static boolean isThere() {
        return System.console() != null || isTerminal("0") || isTerminal("1");
    }

    private static boolean isTerminal(String descriptor) {
        try {
            Path device = Files.readSymbolicLink(Path.of("/proc/self/fd", descriptor));
            return DEVICE.matcher(device.toString()).matches();
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }
}
