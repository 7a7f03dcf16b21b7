package io.schemajob.job.git;

import io.schemajob.bundle.BundleLoader;
import io.schemajob.bundle.source.BundleSource;
import io.schemajob.bundle.source.FolderSource;
import io.schemajob.bundle.source.TextFile;
import io.schemajob.bundle.source.Utf8;
import io.schemajob.report.failure.SchemajobException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What another branch has of a folder, asked of {@code git}. */
public final class GitBase {
    private final Git git;
    private final String name;
    private final String tip;
    private final String fork;

    private GitBase(Git git, String name, String tip, String fork) {
        this.git = git;
        this.name = name;
        this.tip = tip;
        this.fork = fork;
    }

    /**
     * Looks a branch, tag or commit up.
     *
     * @throws SchemajobException CONFIG if git does not know it, or is not there
     */
    public static GitBase open(Path folder, String name) {
        Git git = new Git(folder);
        String tip = git.run("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
                .strip();
        String fork;
        try {
            fork = git.run("merge-base", tip, "HEAD").strip();
        } catch (SchemajobException e) {
            throw Git.failure(
                    "%s and HEAD have no commit in common here.".formatted(name),
                    "A shallow clone lacks it: fetch more of the history (fetch-depth: 0, GIT_DEPTH: 0).");
        }
        return new GitBase(git, name, tip, fork);
    }

    /** The folder of a bundle, which alone can be in a repository. */
    public static Path folder(String bundle) {
        if (!(BundleLoader.source(bundle) instanceof FolderSource folder)) {
            throw Git.failure(
                    "the bundle %s is no folder.".formatted(bundle), "Name the folder that is in the repository.");
        }
        return folder.root();
    }

    /** As it was given. */
    public String name() {
        return name;
    }

    /** The files that the branch has now, relative to the folder. */
    public SortedSet<String> files() {
        return lines(git.run("ls-tree", "-r", "-z", "--name-only", tip, "--", "."));
    }

    /** The files that differ from those where this branch began, new ones included. */
    public SortedSet<String> changed() {
        SortedSet<String> changed =
                lines(git.run("diff", "--name-only", "-z", "--no-renames", "--relative", fork, "--", "."));
        changed.addAll(lines(git.run("ls-files", "--others", "-z", "--", ".")));
        return changed;
    }

    /** The files where this branch began. */
    public SortedSet<String> atFork() {
        return lines(git.run("ls-tree", "-r", "-z", "--name-only", fork, "--", "."));
    }

    /** A file of the branch as it is now; empty if it has none of that name. */
    public Optional<TextFile> file(String path) {
        CommitSource source = new CommitSource(git, tip, name, name);
        List<TextFile> found = new ArrayList<>();
        source.read(Set.of(path), (known, content) -> found.add(new TextFile(known, Utf8.decode(known, content))));
        return found.stream().findFirst();
    }

    /** The folder where this branch began. */
    public BundleSource fork() {
        return new CommitSource(
                git,
                fork,
                git.folder().toAbsolutePath().normalize().getFileName().toString(),
                fork);
    }

    /** The folder that holds {@code .git}, or the working directory. */
    public static Path root(Path folder) {
        for (Path at = folder.toAbsolutePath().normalize(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return Path.of("").toAbsolutePath();
    }

    private static SortedSet<String> lines(String output) {
        SortedSet<String> files = new TreeSet<>(Arrays.asList(output.split("\0")));
        files.remove("");
        return files;
    }
}
