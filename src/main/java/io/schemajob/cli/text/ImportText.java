package io.schemajob.cli.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.schemajob.importer.ImportResult;
import io.schemajob.importer.load.FindingGroup;
import io.schemajob.importer.load.RowFinding;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.validate.CheckResult;
import io.schemajob.report.text.TextTable;
import java.util.ArrayList;
import java.util.List;

/** The result of an import as a table and as JSON. */
public final class ImportText {
    private static final int LONGEST = 40;

    private ImportText() {}

    /** Every comparison, source beside target. */
    public static List<String> table(List<CheckResult> verdicts, int width) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Where", "What", "SQLite", "PostgreSQL", ""));
        for (CheckResult verdict : verdicts) {
            rows.add(List.of(
                    verdict.subject(),
                    verdict.check(),
                    shortened(verdict.source()),
                    shortened(verdict.target()),
                    verdict.equal() ? "equal" : "DIFFERS"));
        }
        return TextTable.ruled(rows, width);
    }

    /** The same as JSON. */
    public static void addVerdicts(ObjectNode node, List<CheckResult> verdicts) {
        ArrayNode list = node.putArray("validation");
        for (CheckResult verdict : verdicts) {
            list.addObject()
                    .put("subject", verdict.subject())
                    .put("check", verdict.check())
                    .put("source", verdict.source())
                    .put("target", verdict.target())
                    .put("equal", verdict.equal());
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    public static ObjectNode json(ImportResult result) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("alreadyThere", result.isAlreadyThere());
        node.put("rows", result.rowsLoaded());
        node.put("rejected", result.rowsRejected());
        node.put("seconds", result.seconds());
        ArrayNode tables = node.putArray("tables");
        for (ImportResult.Table table : result.tables()) {
            tables.addObject()
                    .put("table", table.name())
                    .put("read", table.read())
                    .put("loaded", table.loaded())
                    .put("rejected", table.rejected())
                    .put("adjusted", table.adjusted());
        }
        addVerdicts(node, result.verdicts());
        ArrayNode losses = node.putArray("wayBack");
        for (Loss loss : result.losses()) {
            losses.addObject()
                    .put("table", loss.table())
                    .put("column", loss.column())
                    .put("values", loss.values())
                    .put("more", loss.more())
                    .put("row", loss.row())
                    .put("before", loss.before())
                    .put("after", loss.after());
        }
        node.put("findingCount", result.findingCount());
        ArrayNode groups = node.putArray("findingGroups");
        for (FindingGroup group : result.findingGroups()) {
            groups.addObject()
                    .put("table", group.table())
                    .put("column", group.column())
                    .put("reason", group.reason())
                    .put("count", group.count())
                    .put("row", group.first().row())
                    .put("key", group.first().key())
                    .put("value", group.first().value());
        }
        ArrayNode findings = node.putArray("unfit");
        for (RowFinding finding : result.findings()) {
            findings.addObject()
                    .put("table", finding.table())
                    .put("row", finding.row())
                    .put("key", finding.key())
                    .put("column", finding.column())
                    .put("value", finding.value())
                    .put("reason", finding.reason());
        }
        return node;
    }
}
