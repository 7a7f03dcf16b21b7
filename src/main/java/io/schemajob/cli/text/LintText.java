package io.schemajob.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.lint.finding.LintFinding;
import io.schemajob.lint.finding.LintReport;
import io.schemajob.lint.finding.Severity;
import io.schemajob.lint.finding.SuppressedFinding;
import java.util.ArrayList;
import java.util.List;

/** Prints what lint has found, for people in the form that editors turn into links, or as JSON. */
public final class LintText {
    private LintText() {}

    public static List<String> text(LintReport report, boolean withSilenced) {
        List<String> text = new ArrayList<>();
        report.findings().forEach(finding -> text.addAll(lines(finding)));
        if (withSilenced) {
            for (SuppressedFinding silenced : report.silenced()) {
                LintFinding finding = silenced.finding();
                text.add("%s:%d: silenced %s: %s"
                        .formatted(
                                finding.file(), finding.line(), finding.rule().id(), silenced.reason()));
            }
        }
        text.add("%d script(s): %d error(s), %d warning(s), %d info(s), %d silenced"
                .formatted(
                        report.scripts().size(),
                        report.count(Severity.ERROR),
                        report.count(Severity.WARNING),
                        report.count(Severity.INFO),
                        report.silenced().size()));
        return text;
    }

    /** Two lines: the finding, and where to read more. */
    public static List<String> lines(LintFinding finding) {
        return List.of(
                "%s:%d: %s %s: %s"
                        .formatted(
                                finding.file(),
                                finding.line(),
                                finding.rule().severity(),
                                finding.rule().id(),
                                finding.message()),
                "    " + finding.rule().documentation());
    }

    public static ObjectNode json(LintReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("level", report.level().toString());
        node.put("scripts", report.scripts().size());
        ObjectNode counts = node.putObject("counts");
        for (Severity severity : Severity.values()) {
            counts.put(severity.toString(), report.count(severity));
        }
        counts.put("silenced", report.silenced().size());
        ArrayNode findings = node.putArray("lint");
        report.findings().forEach(finding -> add(findings, finding));
        ArrayNode silenced = node.putArray("silenced");
        report.silenced().forEach(item -> add(silenced, item.finding()).put("reason", item.reason()));
        return node;
    }

    private static ObjectNode add(ArrayNode list, LintFinding finding) {
        return list.addObject()
                .put("severity", finding.rule().severity().toString())
                .put("rule", finding.rule().id())
                .put("file", finding.file())
                .put("line", finding.line())
                .put("message", finding.message())
                .put("more", finding.rule().documentation());
    }
}
