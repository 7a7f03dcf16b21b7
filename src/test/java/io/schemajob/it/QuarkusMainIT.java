package io.schemajob.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.main.QuarkusMainLauncher;
import io.quarkus.test.junit.main.QuarkusMainTest;
import org.junit.jupiter.api.Test;

/**
 * Commands from Quarkus' start to its stop, in the JVM of the test: the exit code that Quarkus passes on, and settings that
 * come by its configuration. Each start takes longer than a process, so what a command does is tested without Quarkus
 * ({@link io.schemajob.testing.App#command}).
 */
@QuarkusMainTest
class QuarkusMainIT {
    private static final String BUNDLE = "schemajob.bundle";

    @Test
    void exitCodesArePassedOn(QuarkusMainLauncher launcher) {
        assertThat(launcher.launch("bundles").exitCode()).isZero();
        assertThat(launcher.launch("migrate", "--nonsense").exitCode()).isEqualTo(64);
    }

    @Test
    void propertiesOfQuarkusAreSettings(QuarkusMainLauncher launcher) {
        try {
            System.setProperty(BUNDLE, "minion");
            assertThat(launcher.launch("lint").exitCode()).isZero();
            System.setProperty(BUNDLE, "there-is-none");
            assertThat(launcher.launch("lint").exitCode()).isEqualTo(78);
        } finally {
            System.clearProperty(BUNDLE);
        }
    }
}
