package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.App;
import io.schemajob.testing.Program;
import io.schemajob.testing.ScriptFolder;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The real bash completes what a person types. */
class CompletionIT {
    private final ScriptFolder folder = ScriptFolder.create()
            .with("agents/001_a.up.sql", "")
            .with("report.json", "")
            .with("x y.env", "");

    private List<String> completed(String... words) {
        folder.with("completion.sh", App.command("completion", "bash").run().out());
        String line = String.join(" ", words);
        String script =
                "cd '%s'; source completion.sh; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_schemajob 2>/dev/null; "
                                .formatted(folder.path(), quoted(words), words.length - 1, line)
                        + "printf '%s\\n' \"${COMPREPLY[@]}\"";
        Program.Result result = Program.of("bash", "--norc", "-c", script).run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        return result.text().lines().filter(text -> !text.isBlank()).toList();
    }

    private static String quoted(String... words) {
        return String.join(
                " ", List.of(words).stream().map(word -> "'" + word + "'").toList());
    }

    @Test
    void namesOfBundlesAndPaths() {
        assertThat(completed("schemajob", "verify", "--bundle", "agent"))
                .contains("agent-executor", "agent-platform", "agents");
        assertThat(completed("schemajob", "verify", "-b", "min"))
                .contains("minion")
                .doesNotContain("agents");
        assertThat(completed("schemajob", "migrate", "--report", "rep")).contains("report.json");
        assertThat(completed("schemajob", "migrate", "--env-file", "x")).contains("x y.env");
        assertThat(completed("schemajob", "fleet", "migrate", "--targets", "rep"))
                .contains("report.json");
        assertThat(completed("schemajob", "migrate", "--schema", "rep")).isEmpty();
    }

    @Test
    void commandsOptionsAndValues() {
        assertThat(completed("schemajob", "ver")).contains("verify", "version");
        assertThat(completed("schemajob", "verify", "--qu")).contains("--quiet");
        assertThat(completed("schemajob", "check", "--output", "s")).contains("sarif");
    }
}
