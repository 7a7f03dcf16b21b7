package io.schemajob.importer;

import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.PlanBuilder;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.report.failure.SchemajobException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Tells before the cut-over what an export would find wrong with {@code layout:} after it. */
final class LayoutCheck {
    private LayoutCheck() {}

    /**
     * What the layout lacks of the mapping, or has beside it.
     *
     * @param plan of the import
     * @param layout tables and views that an export would make, by lower-case name; empty if nothing says so
     */
    static List<Loss> find(ImportPlan plan, ImportMapping mapping, Map<String, SourceTable> layout) {
        List<Loss> found = new ArrayList<>();
        if (layout.isEmpty()) {
            return found;
        }
        for (TablePlan table : plan.tables()) {
            SourceTable made = layout.get(table.source().name().toLowerCase(Locale.ROOT));
            if (!table.source().derived() && made != null && made.derived()) {
                String sentence = "layout: makes a view of the table %s: its rows are left behind";
                found.add(Loss.said(table.name(), "", 0, sentence.formatted(made.name())));
            }
        }
        try {
            PlanBuilder.ofExport(
                            mapping,
                            layout,
                            plan.tables().stream().collect(Collectors.toMap(TablePlan::name, TablePlan::target)))
                    .build();
        } catch (SchemajobException e) {
            found.add(Loss.said(
                    "layout", "", 0, "an export is refused: " + e.failure().message()));
        }
        return found;
    }
}
