package io.schemajob.report.failure;

import io.schemajob.report.text.Printable;
import io.schemajob.report.text.Untrusted;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Stack traces as text, so that they pass the redactor like everything else; each message on one line. */
public final class StackTraces {
    private StackTraces() {}

    public static String of(Throwable e) {
        StringBuilder text = new StringBuilder();
        add(text, "", e, Collections.newSetFromMap(new IdentityHashMap<>()));
        return text.toString().stripTrailing();
    }

    private static void add(StringBuilder text, String label, Throwable e, Set<Throwable> seen) {
        if (!seen.add(e)) {
            return;
        }
        text.append(label).append(Untrusted.text(Printable.line(e.toString()))).append('\n');
        for (StackTraceElement frame : e.getStackTrace()) {
            text.append("\tat ").append(frame).append('\n');
        }
        for (Throwable suppressed : e.getSuppressed()) {
            add(text, "Suppressed: ", suppressed, seen);
        }
        if (e.getCause() != null) {
            add(text, "Caused by: ", e.getCause(), seen);
        }
    }
}
