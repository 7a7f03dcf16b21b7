package io.schemajob.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What to do when a machine lacks a real part that a test needs: fail where {@code CI} is set, skip elsewhere. A class that
 * may skip in its {@code @BeforeAll} closes its servers by {@code @AutoClose}: JUnit runs {@code @AfterAll} all the same.
 */
public final class Parts {
    private Parts() {}

    /** Ends the calling test; the return type lets callers write {@code throw Parts.missing(…)}. */
    public static RuntimeException missing(String part) {
        if (System.getenv("CI") != null) {
            return Assertions.fail(part + " is missing, and CI is set");
        }
        return Assumptions.abort(part + " is missing");
    }

    /**
     * A program on the {@code PATH}, where {@code .ci/without} can hide it; a missing part if it is not there.
     *
     * @param advice how a machine gets it
     */
    public static Path program(String name, String advice) {
        return find(name).orElseThrow(() -> missing(name + " (" + advice + ")"));
    }

    /** A program on the {@code PATH}, if it is there. */
    public static Optional<Path> find(String name) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
