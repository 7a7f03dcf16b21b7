package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others include in their pipelines calls {@code check} as it is meant, and hands its exit code on. */
class PipelineFilesTest {
    private static final Path SCRIPT = Path.of("ci/check.sh").toAbsolutePath();

    @TempDir
    Path folder;

    private Path command() throws IOException {
        Path command = folder.resolve("schema job");
        Files.writeString(command, "#!/bin/sh\nprintf '[%s]' \"$@\"\necho \"$SCHEMAJOB_BUNDLE\"\nexit 85\n");
        assertThat(command.toFile().setExecutable(true)).isTrue();
        return command;
    }

    @Test
    void handsOverWhatIsSet() throws IOException {
        Program.Result result = Program.of("/bin/sh", SCRIPT.toString(), "--offline")
                .env("SCHEMAJOB", command().toString())
                .env("SCHEMAJOB_BUNDLE", "my db")
                .env("SCHEMAJOB_CHECK_BASE", "origin/a b")
                .env("SCHEMAJOB_CHECK_SINCE", "origin/c d")
                .env("SCHEMAJOB_CHECK_OUTPUT", "github")
                .run();
        assertThat(result.exitCode()).isEqualTo(85);
        assertThat(result.text())
                .contains("[check][--output][github][--offline][--base][origin/a b][--since][origin/c d]my db");
    }

    @Test
    void theResultGoesIntoAFile() throws IOException {
        Path file = folder.resolve("result.xml");
        Program.Result result = Program.of("/bin/sh", SCRIPT.toString())
                .env("SCHEMAJOB", command().toString())
                .env("SCHEMAJOB_BUNDLE", "db")
                .env("SCHEMAJOB_CHECK_FILE", file.toString())
                .run();
        assertThat(result.exitCode()).isEqualTo(85);
        assertThat(Files.readString(file)).isEqualTo("[check][--output][text]db\n");
    }

    @Test
    void theActionAndTheHookCallTheScript() throws IOException {
        assertThat(SCRIPT).isExecutable();
        assertThat(Files.readString(Path.of("ci/github/action.yml")))
                .contains(
                        "\"$GITHUB_ACTION_PATH/../check.sh\"",
                        "SCHEMAJOB_CHECK_SINCE: ${{ inputs.since }}",
                        "SCHEMAJOB_CHECK_OUTPUT: github");
        assertThat(Files.readString(Path.of(".pre-commit-hooks.yaml"))).contains("entry: ci/check.sh");
    }
}
