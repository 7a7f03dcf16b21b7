package io.schemajob.bundle.author;

import io.schemajob.bundle.author.AlembicSql.Revision;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes a bundle of what Alembic prints: a script a revision, and the names by which {@code adopt} knows them again. */
public final class AlembicBundle {
    private AlembicBundle() {}

    /**
     * The files of the bundle.
     *
     * @param upgrade output of {@code alembic upgrade base:head --sql}
     * @param downgrade output of {@code alembic downgrade head:base --sql}, or null; then there are no down scripts
     */
    public static List<TextFile> files(TextFile upgrade, TextFile downgrade) {
        List<Revision> ups = AlembicSql.read(upgrade, true);
        Map<String, Revision> downs = new HashMap<>();
        if (downgrade != null) {
            AlembicSql.read(downgrade, false).forEach(revision -> downs.put(revision.id(), revision));
        }
        List<TextFile> files = new ArrayList<>();
        StringBuilder yaml = new StringBuilder("# Converted from Alembic.\nrevisions:\n");
        String below = "";
        int width = Math.max(3, String.valueOf(ups.size()).length());
        for (int i = 0; i < ups.size(); i++) {
            Revision up = ups.get(i);
            if (!up.below().equals(below)) {
                throw Problem.in(
                        upgrade.path(),
                        i == 0
                                ? "it begins above " + up.below() + ", not at base"
                                : "%s follows %s, not %s before it: these are branches"
                                        .formatted(up.id(), up.below(), below),
                        "alembic upgrade base:head --sql writes the whole history.");
            }
            below = up.id();
            String version = "0".repeat(width - String.valueOf(i + 1).length()) + (i + 1);
            String name = "migrations/%s_%s".formatted(version, up.id().replaceAll("[^A-Za-z0-9_-]", "_"));
            files.add(new TextFile(name + ".up.sql", up.sql()));
            Revision down = downs.get(up.id());
            if (down != null) {
                files.add(new TextFile(name + ".down.sql", down.sql()));
            }
            yaml.append("  \"%s\": \"%s\"\n".formatted(version, up.id().replace("\"", "")));
        }
        files.add(new TextFile("bundle.yaml", yaml.toString()));
        return files;
    }

    /** Writes all files into a folder, or none; replaces nothing. */
    public static void write(Path folder, List<TextFile> files) {
        new NewFiles(folder).write(files);
    }
}
