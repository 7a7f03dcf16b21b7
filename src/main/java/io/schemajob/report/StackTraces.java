package io.schemajob.report;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as text, so that they pass the redactor like everything else. */
final class StackTraces {
    private StackTraces() {}

    static String of(Throwable e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text, true));
        return text.toString().stripTrailing();
    }
}
