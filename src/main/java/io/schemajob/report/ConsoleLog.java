package io.schemajob.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Prints the log as text for people or as JSON lines for collectors, redacted, in colour on a terminal. */
public final class ConsoleLog implements Log {
    private static final String BOLD_GREEN = "\033[1;32m";
    private static final String YELLOW = "\033[33m";
    private static final String RED = "\033[1;31m";
    private static final String RESET = "\033[0m";
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
     * @param verbose also debug messages and stack traces
     */
    public record Style(boolean json, boolean colour, boolean verbose) {}

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
    public void step(String message) {
        print("info", "step", coloured(BOLD_GREEN, "==>") + " " + message, message);
    }

    @Override
    public void detail(String message) {
        print("info", "detail", "    " + message, message);
    }

    @Override
    public void line(String message) {
        print("info", "output", message, message);
    }

    @Override
    public void warn(String message) {
        print("warn", "warning", coloured(YELLOW, "WARNING:") + " " + message, message);
    }

    @Override
    public void debug(String message) {
        if (style.verbose()) {
            print("debug", "debug", "    " + message, message);
        }
    }

    @Override
    public void progress(Progress progress) {
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
            out.print(CLEAR_LINE + redactor.redact(progress.bar()));
            out.flush();
            barShown = true;
        } else {
            detail(progress.line());
        }
    }

    @Override
    public void failure(Failure failure, Throwable cause) {
        if (style.json()) {
            ObjectNode node = entry("error", "failure", failure.message());
            node.put("exitCode", failure.status().code());
            node.put("exitName", failure.status().name());
            node.put("where", failure.where());
            node.put("sqlState", failure.sqlState());
            node.put("databaseState", failure.databaseState());
            node.put("hint", failure.hint());
            if (style.verbose() && cause != null) {
                node.put("trace", StackTraces.of(cause));
            }
            write(node);
            return;
        }
        write(coloured(RED, "ERROR %d %s:".formatted(failure.status().code(), failure.status())) + " "
                + failure.message());
        labelled("where", failure.where());
        labelled("SQLSTATE", failure.sqlState());
        labelled("database", failure.databaseState());
        labelled("next", failure.hint());
        if (style.verbose() && cause != null) {
            write(StackTraces.of(cause));
        }
    }

    private void labelled(String label, String text) {
        if (text != null) {
            write("  %-9s %s".formatted(label + ":", text));
        }
    }

    private void print(String level, String event, String text, String message) {
        if (style.json()) {
            write(entry(level, event, message));
        } else {
            write(text);
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
        print(redactor.redact(node).toString());
    }

    private void write(String text) {
        String redacted = redactor.redact(text);
        String mark = "[" + target + "] ";
        print(target == null ? redacted : mark + redacted.replace("\n", "\n" + mark));
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
