package io.schemajob.job.check;

import io.schemajob.report.failure.ExitStatus;
import io.schemajob.report.failure.Failure;
import io.schemajob.report.failure.SchemajobException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** What another branch has of a folder, asked of {@code git}. */
final class GitBase {
    private static final int PATIENCE_SECONDS = 60;

    private final Path folder;
    private final String name;
    private final String tip;
    private final String fork;

    private GitBase(Path folder, String name, String tip, String fork) {
        this.folder = folder;
        this.name = name;
        this.tip = tip;
        this.fork = fork;
    }

    /**
     * Looks a branch, tag or commit up.
     *
     * @throws SchemajobException CONFIG if git does not know it, or is not there
     */
    static GitBase open(Path folder, String name) {
        String tip = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}")
                .strip();
        String fork;
        try {
            fork = git(folder, "merge-base", tip, "HEAD").strip();
        } catch (SchemajobException e) {
            throw failure(
                    "%s and HEAD have no commit in common here.".formatted(name),
                    "A shallow clone lacks it: fetch more of the history (fetch-depth: 0, GIT_DEPTH: 0).");
        }
        return new GitBase(folder, name, tip, fork);
    }

    /** As it was given. */
    String name() {
        return name;
    }

    /** The files that the branch has now, relative to the folder. */
    SortedSet<String> files() {
        return lines(git(folder, "ls-tree", "-r", "-z", "--name-only", tip, "--", "."));
    }

    /** The files that differ from those where this branch began, new ones included. */
    SortedSet<String> changed() {
        SortedSet<String> changed =
                lines(git(folder, "diff", "--name-only", "-z", "--no-renames", "--relative", fork, "--", "."));
        changed.addAll(lines(git(folder, "ls-files", "--others", "-z", "--", ".")));
        return changed;
    }

    /** The files where this branch began. */
    SortedSet<String> atFork() {
        return lines(git(folder, "ls-tree", "-r", "-z", "--name-only", fork, "--", "."));
    }

    /** The folder that holds {@code .git}, or the working directory. */
    static Path root(Path folder) {
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

    private static String git(Path folder, String... arguments) {
        List<String> line = new ArrayList<>(List.of("git", "-C", folder.toString()));
        line.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(line)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw failure(
                        "git %s failed in %s.".formatted(String.join(" ", arguments), folder),
                        "The folder must be in a git repository that has the branch; fetch it first, as pipelines fetch one"
                                + " branch only (fetch-depth: 0, GIT_DEPTH: 0).");
            }
            return output;
        } catch (IOException e) {
            throw failure(
                    "git cannot be run here (%s).".formatted(e.getMessage()), "Install git, or leave out --base.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("git was interrupted.", "Run the command again.");
        }
    }

    private static SchemajobException failure(String message, String hint) {
        return Failure.of(ExitStatus.CONFIG, "The base branch cannot be read: " + message)
                .databaseState("Not contacted.")
                .hint(hint)
                .asException();
    }
}
