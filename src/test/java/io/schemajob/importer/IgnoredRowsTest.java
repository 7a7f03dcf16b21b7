package io.schemajob.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.source.TextFile;
import io.schemajob.importer.mapping.ImportMapping;
import io.schemajob.importer.mapping.SourceColumn;
import io.schemajob.importer.mapping.SourceLayout;
import io.schemajob.importer.mapping.SourceTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IgnoredRowsTest {
    /** A name that is misspelled ignores nothing, and would be missed by nobody. */
    @Test
    void namesThatTheFileDoesNotHaveAreNamed() {
        ImportMapping mapping = ImportMapping.read(new TextFile(
                "import.yaml",
                "tables: {t: {from: People, columns: {id: id}, ignore: [NAME, nmae]}}\nignore: [zz, pets]"));
        SourceLayout file =
                SourceLayout.of(Map.of("people", table("People", "id", "name"), "pets", table("Pets", "id")));
        assertThat(new IgnoredRows(null, file, mapping).absent()).containsExactly("People.nmae", "zz");
    }

    private static SourceTable table(String name, String... columns) {
        List<SourceColumn> all = List.of(columns).stream()
                .map(column -> new SourceColumn(column, "TEXT", false, 0))
                .toList();
        return new SourceTable(name, all, "rowid");
    }
}
