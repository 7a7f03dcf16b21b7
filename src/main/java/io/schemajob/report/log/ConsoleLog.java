package io.schemajob.report.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.StackTraces;
import io.schemajob.report.text.Printable;
import io.schemajob.report.text.Untrusted;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints the log as text for people or as JSON lines for collectors, redacted, in colour on a terminal. A line that
 * begins like one of ours is ours: whatever a message holds is {@link Printable} when it gets here.
 */
public final class ConsoleLog implements Log {
    private static final String BOLD_GREEN = "\033[1;32m";
    private static final String YELLOW = "\033[33m";
    private static final String RED = "\033[1;31m";
    private static final String INDENT = "    ";
    private static final String RESET = "\033[0m";
    /** Stands before text that is not ours where its beginning could be taken for ours. */
    private static final String GUTTER = "| ";

    /** How our own lines begin. */
    private static final Pattern OURS =
            Pattern.compile("\\s*(==>|ERROR|WARNING:|\\[|(where|SQLSTATE|database|next):).*", Pattern.DOTALL);

    private static final String CLEAR_LINE = "\r\033[K";

    /** Between two bars on a terminal, and between two lines elsewhere. */
    private static final long BAR_NANOS = 100_000_000L;

    private static final long LINE_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final Style style;
    private final Redactor redactor;
    private long lastProgress = System.nanoTime();
    private boolean barShown;

    /** The target of a fleet that everything is about; null outside fleets. */
    private final String target;

    /**
     * How to print.
     *
     * @param json one object a line
     * @param colour ANSI colours, for terminals
     * @param detail how much is printed
     * @param width of the terminal in characters; {@link Integer#MAX_VALUE} where there is none
     */
    public record Style(boolean json, boolean colour, Detail detail, int width) {
        boolean verbose() {
            return detail == Detail.VERBOSE;
        }

        boolean quiet() {
            return detail == Detail.QUIET;
        }
    }

    /** How much is printed. */
    public enum Detail {
        /** Warnings, failures and output. */
        QUIET,
        /** Steps too. */
        NORMAL,
        /** Debug messages and stack traces too. */
        VERBOSE
    }

    public Style style() {
        return style;
    }

    public ConsoleLog(PrintStream out, Style style, Redactor redactor) {
        this(out, style, redactor, null);
    }

    private ConsoleLog(PrintStream out, Style style, Redactor redactor, String target) {
        this.out = out;
        this.style = style;
        this.redactor = redactor;
        this.target = target;
    }

    @Override
    public Log about(String name) {
        return new ConsoleLog(out, style, redactor, name);
    }

    @Override
    public int width() {
        // Room for the mark of a target.
        return target == null || style.width() == Integer.MAX_VALUE
                ? style.width()
                : style.width() - shown(target).length() - "[] ".length();
    }

    @Override
    public void step(String message) {
        told("info", "step", coloured(BOLD_GREEN, "==>") + " ", message);
    }

    @Override
    public void detail(String message) {
        told("info", "detail", INDENT, message);
    }

    @Override
    public void line(String message) {
        print("info", "output", OURS.matcher(shown(message)).matches() ? GUTTER : "", message);
    }

    @Override
    public void tag(String tag) {
        if (!style.quiet()) {
            line(tag);
        }
    }

    @Override
    public void script(String sql) {
        if (style.json()) {
            write(entry("info", "output", Untrusted.text(sql)));
        } else {
            lines(sql).forEach(line -> write(INDENT + GUTTER + line));
        }
    }

    @Override
    public void warn(String message) {
        print("warn", "warning", coloured(YELLOW, "WARNING:") + " ", message);
    }

    @Override
    public void debug(String message) {
        if (style.verbose()) {
            print("debug", "debug", INDENT, message);
        }
    }

    @Override
    public void progress(Progress progress) {
        if (style.quiet()) {
            return;
        }
        boolean bar = style.colour() && !style.json();
        long now = System.nanoTime();
        if (now - lastProgress < (bar ? BAR_NANOS : LINE_NANOS)) {
            return;
        }
        lastProgress = now;
        if (style.json()) {
            write(entry("info", "progress", progress.line())
                    .put("what", progress.what())
                    .put("done", progress.done())
                    .put("total", progress.total())
                    .put("rate", progress.rate())
                    .put("remainingSeconds", progress.remaining().toSeconds()));
        } else if (bar) {
            // One that reaches the last column would be continued on the next line, and stay there.
            out.print(CLEAR_LINE + shown(progress.bar(style.width() - 1)));
            out.flush();
            barShown = true;
        } else {
            detail(progress.line());
        }
    }

    @Override
    public void failure(Failure failure, Throwable cause) {
        Failure.Marked texts = failure.marked();
        String trace = style.verbose() && cause != null ? StackTraces.of(cause) : null;
        if (style.json()) {
            ObjectNode node = entry("error", "failure", texts.message());
            node.put("exitCode", failure.status().code());
            node.put("exitName", failure.status().name());
            node.put("where", texts.where());
            node.put("sqlState", failure.sqlState());
            node.put("databaseState", texts.databaseState());
            node.put("hint", texts.hint());
            if (trace != null) {
                node.put("trace", trace);
            }
            write(node);
            return;
        }
        String heading = "ERROR %d %s:".formatted(failure.status().code(), failure.status());
        write(coloured(RED, heading) + " " + shown(texts.message()));
        labelled("where", texts.where());
        labelled("SQLSTATE", failure.sqlState());
        labelled("database", texts.databaseState());
        labelled("next", texts.hint());
        if (trace != null) {
            lines(trace).forEach(this::write);
        }
    }

    private void labelled(String label, String text) {
        if (text != null) {
            write("  %-9s %s".formatted(label + ":", shown(text)));
        }
    }

    /** Secrets are masked first: escaping would change them. */
    private String shown(String message) {
        return Printable.line(redactor.redact(message));
    }

    private Stream<String> lines(String text) {
        return redactor.redactUntrusted(text).lines().map(Printable::document);
    }

    /** What happens, for those who want to follow it. */
    private void told(String level, String event, String mark, String message) {
        if (!style.quiet()) {
            print(level, event, mark, message);
        }
    }

    private void print(String level, String event, String mark, String message) {
        if (style.json()) {
            write(entry(level, event, message));
        } else {
            write(mark + shown(message));
        }
    }

    private ObjectNode entry(String level, String event, String message) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", level)
                .put("event", event);
        return (target == null ? node : node.put("target", target)).put("message", message);
    }

    private String coloured(String code, String text) {
        return style.colour() ? code + text + RESET : text;
    }

    private void write(ObjectNode node) {
        print(Printable.json(redactor.redact(node).toString()));
    }

    /** One line, redacted and escaped. */
    private void write(String line) {
        print(target == null ? line : "[" + shown(target) + "] " + line);
    }

    private void print(String line) {
        if (barShown) {
            out.print(CLEAR_LINE);
            barShown = false;
        }
        out.println(line);
        out.flush();
    }
}
