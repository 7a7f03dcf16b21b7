package io.schemajob.bundle.author;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.script.NamingStyle;
import io.schemajob.bundle.script.Script;
import io.schemajob.bundle.script.ScriptIndex;
import io.schemajob.bundle.script.SectionMarks;
import io.schemajob.bundle.script.Version;
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
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

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
        if (layout.scripts().isEmpty()) {
            return new NewScriptFolder(folder.root(), subfolder, NamingStyle.GOLANG_MIGRATE, null);
        }
        List<Script> scripts = new ArrayList<>();
        folder.read(
                layout.scripts(),
                (path, content) -> scripts.add(Script.of(new TextFile(path, Utf8.decode(path, content)))));
        SectionMarks.refuse(scripts);
        ScriptIndex index = ScriptIndex.of(layout.scripts());
        return new NewScriptFolder(
                folder.root(),
                subfolder,
                index.style(),
                index.newest().map(Version::toString).orElse(null));
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
            version = NextVersion.after(version, now);
            boolean flyway = style == NamingStyle.FLYWAY;
            scripts.add(new NewScript(
                    version,
                    name,
                    subfolder + (flyway ? "V%s__%s.sql" : "%s_%s.up.sql").formatted(version, name.slug()),
                    subfolder + (flyway ? "U%s__%s.sql" : "%s_%s.down.sql").formatted(version, name.slug()),
                    "",
                    ""));
        }
        return scripts;
    }

    /** Writes all of them or none; refuses to replace a file. */
    public void write(List<NewScript> scripts) {
        List<TextFile> files = new ArrayList<>();
        for (NewScript script : scripts) {
            files.add(new TextFile(script.up(), script.upText()));
            files.add(new TextFile(script.down(), script.downText()));
        }
        new NewFiles(folder).write(files);
    }
}
