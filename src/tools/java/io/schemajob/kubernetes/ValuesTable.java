package io.schemajob.kubernetes;

import java.util.List;
import java.util.stream.Collectors;

/** The table of the chart's README. */
final class ValuesTable {
    private static final int LONGEST_DEFAULT = 80;

    private ValuesTable() {}

    static String into(String document, List<ChartValues> values) {
        String rows = values.stream().map(ValuesTable::row).collect(Collectors.joining());
        return Marked.replace(document, "values", "| value | default | meaning |\n|---|---|---|\n" + rows);
    }

    private static String row(ChartValues value) {
        String text = value.value() == null ? "" : value.value().toString();
        String shown = text.isEmpty() || text.equals("null")
                ? "–"
                : text.length() > LONGEST_DEFAULT ? "see values.yaml" : "`" + text + "`";
        return "| `%s` | %s | %s |\n".formatted(value.path(), shown, value.meaning());
    }
}
