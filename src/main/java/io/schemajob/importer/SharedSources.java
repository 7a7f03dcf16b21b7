package io.schemajob.importer;

import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the file has once and PostgreSQL twice, which is easily read and cannot be written; and sources that the layout lacks. */
final class SharedSources {
    private SharedSources() {}

    /** A table that is not the first one to take its rows from where it does. */
    private record Further(TablePlan table, String first) {}

    /**
     * What an import has to say of it.
     *
     * @param layout tables and views of the file that an export would write, by lower-case name; empty if none is known
     */
    static List<Loss> find(ImportPlan plan, Map<String, SourceTable> layout) {
        List<Loss> found = new ArrayList<>();
        for (Further further : further(plan)) {
            String sentence =
                    "its rows come from %s, as those of %s do: an export, which cannot write both there, is refused";
            found.add(Loss.said(
                    further.table().name(),
                    "",
                    0,
                    sentence.formatted(further.table().source().name(), further.first())));
        }
        for (TablePlan table : plan.tables()) {
            SourceTable source = table.source();
            if (!source.derived()) {
                columns(table, found);
            } else if (source.query() == null
                    && !layout.isEmpty()
                    && !layout.containsKey(source.name().toLowerCase(Locale.ROOT))) {
                String sentence = "layout: lacks the view %s: an export is refused until it has it";
                found.add(Loss.said(table.name(), "", 0, sentence.formatted(source.name())));
            }
        }
        return found;
    }

    private static List<Further> further(ImportPlan plan) {
        List<Further> found = new ArrayList<>();
        Map<String, String> first = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (TablePlan table : plan.tables()) {
            String other = table.source().derived()
                    ? null
                    : first.putIfAbsent(table.source().name(), table.name());
            if (other != null) {
                found.add(new Further(table, other));
            }
        }
        return found;
    }

    private static void columns(TablePlan table, List<Loss> found) {
        Map<String, String> columns = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (ColumnPlan column : table.columns()) {
            if (column.sourceName() == null || column.mapping().lookup() != null) {
                continue;
            }
            String other = columns.putIfAbsent(column.sourceName(), column.name());
            if (other != null) {
                String sentence = "comes from %s, as %s does: an export is refused where the two do not say the same";
                found.add(Loss.said(table.name(), column.name(), 0, sentence.formatted(column.sourceName(), other)));
            }
        }
    }

    /** Before an export writes anything. */
    static void refuse(ImportPlan plan) {
        further(plan).stream().findFirst().ifPresent(further -> {
            String source = further.table().source().name();
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The rows of %s and of %s come from one table of the file, %s: both cannot be written there."
                                    .formatted(further.first(), further.table().name(), source))
                    .databaseState("Nothing was changed.")
                    .hint("Name a mapping for the export that has one of them (--mapping).")
                    .asException();
        });
    }
}
