package io.schemajob.importer;

import io.schemajob.importer.mapping.ColumnPlan;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.SourceTable;
import io.schemajob.importer.mapping.TableMapping;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.importer.reverse.Loss;
import io.schemajob.importer.sqlite.LayoutSql;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the file has once and PostgreSQL twice, which is easily read and cannot be written; and sources that the layout lacks. */
final class SharedSources {
    private SharedSources() {}

    /** What an import has to say of it. */
    static List<Loss> find(ImportPlan plan, ImportMapping mapping) throws SQLException {
        List<Loss> found = new ArrayList<>();
        Map<String, String> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (TablePlan table : plan.tables()) {
            if (table.source().derived()) {
                continue;
            }
            String source = table.source().name();
            String other = tables.putIfAbsent(source, table.name());
            if (other != null) {
                String sentence =
                        "its rows come from %s, as those of %s do: an export, which cannot write both there, is refused";
                found.add(Loss.said(table.name(), "", 0, sentence.formatted(source, other)));
            }
            columns(table, found);
        }
        if (mapping.layout() != null) {
            views(mapping, LayoutSql.of(mapping.layout()).sources(), plan, found);
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

    private static void views(
            ImportMapping mapping, Map<String, SourceTable> layout, ImportPlan plan, List<Loss> found) {
        for (TableMapping mapped : mapping.tables()) {
            boolean view = mapped.query() == null
                    && plan.tables().stream()
                            .anyMatch(table -> table.name().equals(mapped.target())
                                    && table.source().derived());
            if (view && !layout.containsKey(mapped.source().toLowerCase(Locale.ROOT))) {
                String sentence = "layout: lacks the view %s: an export is refused until it has it";
                found.add(Loss.said(mapped.target(), "", 0, sentence.formatted(mapped.source())));
            }
        }
    }

    /** Before an export writes anything. */
    static void refuse(ImportPlan plan) {
        Map<String, String> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (TablePlan table : plan.tables()) {
            String source = table.source().name();
            String other = tables.putIfAbsent(source, table.name());
            if (other != null) {
                throw Failure.of(
                                ExitStatus.CONFIG,
                                "The rows of %s and of %s come from one table of the file, %s: both cannot be written there."
                                        .formatted(other, table.name(), source))
                        .databaseState("Nothing was changed.")
                        .hint("Name a mapping for the export that has one of them (--mapping).")
                        .asException();
            }
        }
    }
}
