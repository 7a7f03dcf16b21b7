package io.schemajob.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a person sits there. */
public final class Terminal {
    private static final Pattern DEVICE = Pattern.compile("/dev/(pts/\\d+|tty\\w*)");

    private static final Pattern SIZE = Pattern.compile("\\d+ (\\d{1,5})\\s*");

    private static final int USUAL = 80;

    /** What says less does not know. */
    private static final int NARROWEST = 20;

    private Terminal() {}

    /** Whether standard input or output is a terminal; {@code schemajob | less} counts, a pod without a tty does not. */
    public static boolean isThere() {
        return System.console() != null || isTerminal("0") || isTerminal("1");
    }

    /** In characters: as {@code COLUMNS} or {@code stty} say, else 80; without limit where standard output is no terminal. */
    public static int width() {
        if (!isTerminal("1")) {
            return Integer.MAX_VALUE;
        }
        String columns = System.getenv("COLUMNS");
        return width(columns == null ? size() : "0 " + columns);
    }

    /** @param size lines and columns, as {@code stty size} prints them */
    static int width(String size) {
        Matcher columns = SIZE.matcher(size);
        int width = columns.matches() ? Integer.parseInt(columns.group(1)) : 0;
        return width < NARROWEST ? USUAL : width;
    }

    /** Java cannot ask; the image has no {@code stty}, and then the usual width is as good as any. */
    private static String size() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
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
