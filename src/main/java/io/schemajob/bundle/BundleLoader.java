package io.schemajob.bundle;

import io.schemajob.bundle.script.FlywayChecksum;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptParser;
import io.schemajob.bundle.script.file.ScriptIndex;
import io.schemajob.bundle.script.file.ScriptSet;
import io.schemajob.bundle.source.ArchiveSource;
import io.schemajob.bundle.source.BuiltInSource;
import io.schemajob.bundle.source.BundleSource;
import io.schemajob.bundle.source.FolderSource;
import io.schemajob.bundle.source.Layout;
import io.schemajob.bundle.source.Problem;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.source.Utf8;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.Similar;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Reads bundles: built in, from a folder, or from a {@code .tar.gz}. Everything that names and bytes can tell is checked
 * here, so a bundle that loads has one sound history; the SQL itself is looked at by {@link ScriptParser}, when needed.
 */
public final class BundleLoader {
    private BundleLoader() {}

    /** The names of the bundles inside the executable, in alphabetical order. */
    public static List<String> builtInNames() {
        return BuiltInSource.names();
    }

    /**
     * Loads a bundle.
     *
     * @param nameOrPath a path if it contains a slash or ends in {@code .tar.gz} or {@code .tgz}; otherwise a built-in
     *     name, or else a folder in the working directory; null or blank is refused as a missing setting
     * @throws SchemajobException {@link ExitStatus#CONFIG} with file, and line where one applies
     */
    public static Bundle load(String nameOrPath) {
        return load(nameOrPath, false);
    }

    /** The same, also of a folder in which no script is yet: for commands that write its first. */
    public static Bundle begin(String nameOrPath) {
        return load(nameOrPath, true);
    }

    /** The same from another place than those that a name or path stands for. */
    public static Bundle load(BundleSource source) {
        return read(source, false);
    }

    private static Bundle load(String nameOrPath, boolean begins) {
        BundleSource source = source(nameOrPath);
        try {
            return read(source, begins);
        } catch (SchemajobException e) {
            Failure failure = e.failure();
            throw failure.where(failure.where() + " in bundle " + nameOrPath).asException(e.getCause());
        }
    }

    private static Bundle read(BundleSource source, boolean begins) {
        Collection<String> paths = source.paths();
        Layout layout = Layout.of(paths);
        if (layout.scripts().isEmpty() && !begins && !Layout.declaresOnly(paths)) {
            throw Problem.in(
                    source.origin(),
                    "no migration script there",
                    "Put scripts such as 001_name.up.sql or V1__name.sql into " + source.origin()
                            + ", or into its folder migrations.");
        }
        Map<String, Script> scripts = new LinkedHashMap<>();
        Map<String, TextFile> files = new LinkedHashMap<>();
        SortedSet<String> wanted = new TreeSet<>(layout.others());
        wanted.addAll(layout.scripts());
        source.read(wanted, (path, content) -> {
            TextFile file = new TextFile(path, Utf8.decode(path, content));
            if (layout.scripts().contains(path)) {
                scripts.put(path, Script.of(file, FlywayChecksum.of(content, Utf8.textStart(content))));
            } else {
                files.put(path, file);
            }
        });
        ScriptSet set = ScriptSet.of(scripts, BundleYaml.format(files.get(Layout.BUNDLE_YAML)), paths);
        ScriptIndex index = set.index();
        BundleYaml yaml = BundleYaml.read(files.get(Layout.BUNDLE_YAML), source.name(), index::has);
        return new Bundle(
                yaml.name(),
                yaml.title(),
                source.origin(),
                yaml.minimumServer(),
                yaml.extensions(),
                yaml.strict(),
                yaml.comparesPrivileges(),
                yaml.schemas(),
                yaml.noun(),
                yaml.versionNames(),
                yaml.adoptRules(),
                index.style(),
                set.versioned(),
                set.repeatable(),
                Collections.unmodifiableMap(files));
    }

    /** Where the files of a bundle come from; refuses what is no bundle. */
    public static BundleSource source(String nameOrPath) {
        if (nameOrPath == null || nameOrPath.isBlank()) {
            throw Failure.of(ExitStatus.CONFIG, "No bundle is given.")
                    .databaseState("Not contacted.")
                    .hint("Set SCHEMAJOB_BUNDLE or --bundle to a folder, a .tar.gz, or " + choices() + ".")
                    .asException();
        }
        boolean looksLikePath = nameOrPath.contains("/") || isArchiveName(nameOrPath);
        if (!looksLikePath && builtInNames().contains(nameOrPath)) {
            return new BuiltInSource(nameOrPath);
        }
        Path path = path(nameOrPath);
        if (Files.isDirectory(path)) {
            return new FolderSource(path);
        } else if (looksLikePath && isArchiveName(nameOrPath) && Files.isRegularFile(path)) {
            return new ArchiveSource(path);
        } else if (Files.exists(path)) {
            throw Failure.of(
                            ExitStatus.CONFIG, nameOrPath + ": a bundle is a folder or a .tar.gz, and this is neither.")
                    .where("bundle " + nameOrPath)
                    .databaseState("Not contacted.")
                    .hint("Pack a folder with: tar -czf bundle.tar.gz -C FOLDER .")
                    .asException();
        }
        throw looksLikePath ? noSuchPath(nameOrPath) : unknown(nameOrPath);
    }

    private static boolean isArchiveName(String name) {
        return name.endsWith(".tar.gz") || name.endsWith(".tgz");
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw Failure.of(ExitStatus.CONFIG, "The bundle's path is not valid: " + e.getReason() + ".")
                    .databaseState("Not contacted.")
                    .hint("Correct SCHEMAJOB_BUNDLE or --bundle.")
                    .asException(e);
        }
    }

    private static SchemajobException noSuchPath(String path) {
        return Failure.of(ExitStatus.CONFIG, "The bundle " + path + " does not exist.")
                .where("bundle " + path)
                .databaseState("Not contacted.")
                .hint("Check the mount, or the path in SCHEMAJOB_BUNDLE or --bundle.")
                .asException();
    }

    private static SchemajobException unknown(String name) {
        List<String> near = Similar.to(name, builtInNames());
        String guess = near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
        return Failure.of(ExitStatus.CONFIG, "There is no bundle " + name + "." + guess)
                .where("bundle " + name)
                .databaseState("Not contacted.")
                .hint("Set SCHEMAJOB_BUNDLE or --bundle to a folder, a .tar.gz, or " + choices() + ".")
                .asException();
    }

    private static String choices() {
        return "one of the built-in names " + String.join(", ", builtInNames());
    }
}
