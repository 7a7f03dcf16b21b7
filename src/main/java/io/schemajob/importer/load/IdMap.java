package io.schemajob.importer.load;

import io.schemajob.importer.convert.CanonicalValue;
import io.schemajob.importer.convert.Kind;
import io.schemajob.importer.convert.SourceValue;
import io.schemajob.importer.convert.StorageClass;
import io.schemajob.importer.mapping.ImportPlan;
import io.schemajob.importer.mapping.TablePlan;
import io.schemajob.report.file.OutputFile;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The file of {@code --id-map}: a CSV of table, old id, new id, and whether the old one was an integer. An id that is not
 * in it was kept. Written beside its final place, and moved there when the import is committed.
 */
public final class IdMap implements AutoCloseable {
    /** The first line. */
    public static final String HEADER = "table,old_id,new_id,class";

    private final Path file;
    private final Path temporary;
    private Writer out;

    /** @param file null to write nothing */
    public IdMap(Path file) {
        this.file = file;
        this.temporary = file == null ? null : OutputFile.of(file).draft();
    }

    /** Source tables whose ids it holds. */
    Set<String> tables(ImportPlan plan) {
        return file == null
                ? Set.of()
                : plan.tables().stream()
                        .filter(table -> table.idColumn() >= 0)
                        .map(table -> table.source().name())
                        .collect(Collectors.toSet());
    }

    /** Begins, or begins anew. */
    void begin() throws IOException {
        close();
        if (file != null) {
            out = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8);
            out.write(HEADER + "\n");
        }
    }

    /** Adds a row whose id fits; returns whether it is another one now. */
    boolean add(TablePlan table, int column, SourceValue[] source, CanonicalValue[] row) throws IOException {
        if (out == null || column < 0 || row[column] == null) {
            return false;
        }
        SourceValue old = table.columns().get(column).of(source);
        String newId = Kind.UUID.text(row[column]);
        String oldId = old.type() == StorageClass.TEXT ? old.string() : old.shown();
        if (!oldId.equals(newId)) {
            out.write(quote(table.source().name()) + "," + quote(oldId) + "," + newId + "," + old.type() + "\n");
            return true;
        }
        return false;
    }

    private static String quote(String text) {
        boolean plain = text.chars().allMatch(c -> c > ' ' && c != ',' && c != '"');
        return plain && !text.isEmpty() ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Everything was committed: the file takes its place. */
    public void publish() throws IOException {
        if (file != null) {
            close();
            OutputFile.of(file).take(temporary);
        }
    }

    /** Removes what was not published. */
    public void discard() throws IOException {
        close();
        if (temporary != null) {
            Files.deleteIfExists(temporary);
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
            out = null;
        }
    }
}
