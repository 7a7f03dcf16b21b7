package io.schemajob.report.annotation;

import io.schemajob.report.annotation.AnnotatedReport.Result;
import io.schemajob.report.annotation.AnnotatedReport.Step;
import java.util.List;
import java.util.stream.Collectors;

/** JUnit's XML, which pipelines show as tests: one for each step, with what it found. */
public final class JunitText {
    private JunitText() {}

    public static String of(AnnotatedReport report) {
        long failed = count(report, Result.FAILED);
        String counts = "tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"%d\""
                .formatted(report.steps().size(), failed, count(report, Result.SKIPPED));
        String cases = report.steps().stream()
                .map(step -> testCase(report.subject(), step))
                .collect(Collectors.joining());
        return """
               <?xml version="1.0" encoding="UTF-8"?>
               <testsuites name="schemajob check" %s>
                 <testsuite name="%s" %s>
               %s    <system-out>%s</system-out>
                 </testsuite>
               </testsuites>
               """
                .formatted(counts, escaped(report.subject()), counts, cases, escaped(found(report.annotations())));
    }

    private static long count(AnnotatedReport report, Result result) {
        return report.steps().stream().filter(step -> step.result() == result).count();
    }

    private static String testCase(String subject, Step step) {
        String head = "    <testcase classname=\"%s\" name=\"%s\"".formatted(escaped(subject), escaped(step.name()));
        return switch (step.result()) {
            case PASSED -> head + "/>\n";
            case FAILED -> head + "><failure message=\"%s\"/></testcase>\n".formatted(escaped(step.detail()));
            case SKIPPED -> head + "><skipped message=\"%s\"/></testcase>\n".formatted(escaped(step.detail()));
        };
    }

    private static String found(List<Annotation> annotations) {
        return annotations.stream()
                .map(found -> "%s:%d: %s: %s (%s)\n"
                        .formatted(found.file(), found.line(), found.level(), found.message(), found.rule()))
                .collect(Collectors.joining());
    }

    /** What XML 1.0 cannot hold at all becomes a question mark. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\n' -> out.append("&#10;");
                default -> {
                    boolean valid = c == '\t' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c > 0xFFFF;
                    out.appendCodePoint(valid ? c : '?');
                }
            }
        });
        return out.toString();
    }
}
