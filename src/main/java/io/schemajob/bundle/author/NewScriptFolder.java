package io.schemajob.bundle.author;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.BundleYaml;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.Version;
import io.schemajob.bundle.script.file.ScriptIndex;
import io.schemajob.bundle.script.file.ScriptSet;
import io.schemajob.bundle.source.BuiltInSource;
import io.schemajob.bundle.source.BundleSource;
import io.schemajob.bundle.source.FolderSource;
import io.schemajob.bundle.source.Layout;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.source.Utf8;
import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import io.schemajob.report.text.ShellWord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A bundle's folder as the place for further scripts, named and numbered as those that are there. */
public final class NewScriptFolder {
    private final Path folder;
    private final String subfolder;
    private final NamingStyle style;
    private final String newest;

    private NewScriptFolder(Path folder, String subfolder, NamingStyle style, String newest) {
        this.folder = folder;
        this.subfolder = subfolder;
        this.style = style;
        this.newest = newest;
    }

    /**
     * Looks at the names of the scripts that are there; a folder without any begins with {@code 001}.
     *
     * @param nameOrPath as {@link BundleLoader#load} takes it
     * @throws SchemajobException {@link ExitStatus#CONFIG} unless it is a folder whose scripts make one history
     */
    public static NewScriptFolder open(String nameOrPath) {
        BundleSource source = BundleLoader.source(nameOrPath);
        if (!(source instanceof FolderSource folder)) {
            String what = source instanceof BuiltInSource ? "is built in" : "is an archive";
            throw Failure.of(
                            ExitStatus.CONFIG,
                            "The bundle %s %s; new scripts need a folder.".formatted(nameOrPath, what))
                    .where("bundle " + nameOrPath)
                    .databaseState("Not contacted.")
                    .hint(
                            source instanceof BuiltInSource
                                    ? "Name your own folder: schemajob new NAME --bundle ./FOLDER"
                                    : "Unpack it, and build it again afterwards: tar -xzf " + ShellWord.of(nameOrPath))
                    .asException();
        }
        var paths = folder.paths();
        Layout layout = Layout.of(paths);
        String subfolder = paths.stream().anyMatch(path -> path.startsWith(Layout.MIGRATIONS)) ? Layout.MIGRATIONS : "";
        Map<String, Script> scripts = new LinkedHashMap<>();
        folder.read(
                layout.scripts(),
                (path, content) -> scripts.put(path, Script.of(new TextFile(path, Utf8.decode(path, content)))));
        NamingStyle declared = BundleYaml.format(bundleYaml(folder, layout));
        if (scripts.isEmpty()) {
            NamingStyle style = declared == null ? NamingStyle.GOLANG_MIGRATE : declared;
            return new NewScriptFolder(folder.root(), subfolder, style, null);
        }
        ScriptIndex index = ScriptSet.of(scripts, declared, paths).index();
        return new NewScriptFolder(
                folder.root(),
                subfolder,
                index.style(),
                index.newest().map(Version::toString).orElse(null));
    }

    private static TextFile bundleYaml(FolderSource folder, Layout layout) {
        if (!layout.others().contains(Layout.BUNDLE_YAML)) {
            return null;
        }
        List<TextFile> files = new ArrayList<>();
        folder.read(
                Set.of(Layout.BUNDLE_YAML),
                (path, content) -> files.add(new TextFile(path, Utf8.decode(path, content))));
        return files.get(0);
    }

    /**
     * Names for a change that takes one or more scripts, in the order in which they will run.
     *
     * @param names of the scripts
     * @param now in UTC, for versions that are dates
     */
    public List<NewScript> name(List<NewScriptName> names, LocalDateTime now) {
        List<NewScript> scripts = new ArrayList<>();
        String version = newest;
        for (NewScriptName name : names) {
            version = version == null && style.oneFile() ? NextVersion.time(now) : NextVersion.after(version, now);
            scripts.add(new NewScript(
                    version, name, path(true, version, name.slug()), path(false, version, name.slug()), "", "", style));
        }
        return scripts;
    }

    private String path(boolean up, String version, String slug) {
        String form =
                switch (style) {
                    case FLYWAY -> up ? "V%s__%s.sql" : "U%s__%s.sql";
                    case GOLANG_MIGRATE -> up ? "%s_%s.up.sql" : "%s_%s.down.sql";
                    case GOOSE, DBMATE -> "%s_%s.sql";
                };
        return subfolder + form.formatted(version, slug);
    }

    /**
     * The declared schema of the newest version under the name that it has once another version follows.
     *
     * @return empty where nothing is declared, or the file is there
     */
    public Optional<TextFile> declaredBefore() {
        Path declared = folder.resolve("schema.yaml");
        if (newest == null || !Files.isRegularFile(declared)) {
            return Optional.empty();
        }
        String path = "schema/" + newest + ".yaml";
        return Files.exists(folder.resolve(path))
                ? Optional.empty()
                : Optional.of(new TextFile(path, TextFile.read(declared).text()));
    }

    /** Writes all of them or none; refuses to replace a file. */
    public void write(List<NewScript> scripts) {
        write(scripts, List.of());
    }

    /** The same, with other files. */
    public void write(List<NewScript> scripts, List<TextFile> others) {
        List<TextFile> files = new ArrayList<>(others);
        scripts.forEach(script -> files.addAll(script.files()));
        new NewFiles(folder).write(files);
    }
}
