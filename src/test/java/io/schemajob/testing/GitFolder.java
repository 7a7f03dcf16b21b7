package io.schemajob.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder that the real git keeps, on branch {@code main} at first. */
public record GitFolder(ScriptFolder files) {
    public static GitFolder create() {
        GitFolder folder = new GitFolder(ScriptFolder.create());
        folder.run("init", "-q", "-b", "main");
        folder.run("config", "user.name", "t");
        folder.run("config", "user.email", "t@example.org");
        return folder;
    }

    public GitFolder with(String name, String text) {
        files.with(name, text);
        return this;
    }

    public GitFolder commit(String message) {
        run("add", "-A");
        run("commit", "-q", "-m", message);
        return this;
    }

    /** Runs git, which has to succeed. */
    public void run(String... arguments) {
        Path git = Parts.program("git", "apt-get install git");
        List<String> line =
                new ArrayList<>(List.of(git.toString(), "-C", files.path().toString()));
        line.addAll(List.of(arguments));
        Program.Result result = Program.of(line.toArray(String[]::new)).run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }
}
