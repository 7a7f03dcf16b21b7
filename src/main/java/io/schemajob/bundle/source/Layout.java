package io.schemajob.bundle.source;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Which files of a bundle count, decided from their names alone. Scripts stand in {@code migrations/}, or beside
 * everything else where there is no such folder, as in a ConfigMap, which cannot hold folders. Unknown files are ignored,
 * but not those that somebody surely meant.
 *
 * @param scripts paths of everything that has to be a migration script
 * @param others paths of the other files that are kept
 */
public record Layout(SortedSet<String> scripts, SortedSet<String> others) {
    public static final String BUNDLE_YAML = "bundle.yaml";

    public static final String MIGRATIONS = "migrations/";

    /** Those that are looked into. */
    public static final List<String> FOLDERS = List.of(MIGRATIONS, "schema/", "verify/");

    private static final Set<String> KNOWN =
            Set.of(Layout.BUNDLE_YAML, "schema.yaml", "import.yaml", "maintenance.sql");
    private static final Pattern KNOWN_IN_FOLDER = Pattern.compile("schema/[^/]+\\.yaml|verify/[^/]+\\.sql");
    private static final Pattern MISNAMED = Pattern.compile("(bundle|schema|import)\\.yml|schema/[^/]+\\.yml");

    public static Layout of(Collection<String> paths) {
        boolean hasFolder = paths.stream().anyMatch(path -> path.startsWith(MIGRATIONS));
        String folder = hasFolder ? MIGRATIONS : "";
        Layout layout = new Layout(new TreeSet<>(), new TreeSet<>());
        for (String path : paths) {
            if (isKnown(path)) {
                layout.others.add(path);
            } else if (MISNAMED.matcher(path).matches()) {
                throw Problem.in(path, "the ending is .yaml in a bundle, so this file would go unread", "Rename it.");
            } else if (path.startsWith(folder) && isSql(path)) {
                layout.addScript(path, folder);
            }
        }
        return layout;
    }

    /** Whether it is a bundle that only declares: a schema, and nothing that somebody may have meant to be run. */
    public static boolean declaresOnly(Collection<String> paths) {
        return paths.contains("schema.yaml")
                && paths.stream().noneMatch(path -> path.startsWith(MIGRATIONS) || isSql(path) && !isKnown(path));
    }

    private static boolean isKnown(String path) {
        return KNOWN.contains(path) || KNOWN_IN_FOLDER.matcher(path).matches();
    }

    private static boolean isSql(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".sql");
    }

    private void addScript(String path, String folder) {
        boolean nested = path.indexOf('/', folder.length()) >= 0;
        if (nested && folder.equals(MIGRATIONS)) {
            throw Problem.in(path, "folders inside migrations/ are not read", "Move the script to migrations/ itself.");
        } else if (!nested) {
            scripts.add(path);
        }
    }
}
