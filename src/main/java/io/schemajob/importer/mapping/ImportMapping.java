package io.schemajob.importer.mapping;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.yaml.YamlNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The file {@code import.yaml} of a bundle: how the tables and columns of a SQLite file map onto its own.
 *
 * @param tables in the file's order
 * @param ignored tables of the source that are left behind on purpose
 * @param layout {@code CREATE TABLE} statements of the SQLite file, for the way back; or null
 */
public record ImportMapping(List<TableMapping> tables, Set<String> ignored, String layout) {
    public static final String FILE = "import.yaml";

    /** Without the tables whose rows a view or a query gave: nothing can be written into those. */
    public ImportMapping withoutDerived(Map<String, SourceTable> sources) {
        List<TableMapping> written =
                tables.stream().filter(table -> !isDerived(table, sources)).toList();
        return new ImportMapping(written, ignored, layout);
    }

    private static boolean isDerived(TableMapping table, Map<String, SourceTable> sources) {
        SourceTable source = sources.get(table.source().toLowerCase(Locale.ROOT));
        return table.query() != null || source != null && source.derived();
    }

    /** @throws io.schemajob.report.failure.SchemajobException CONFIG with file, line and column */
    public static ImportMapping read(TextFile file) {
        return new MappingReader(YamlNode.parse(file)).read();
    }
}
