package io.schemajob.job.adopt;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.bundle.script.Version;
import io.schemajob.job.adopt.VersionDetection.Candidate;
import java.util.List;
import org.junit.jupiter.api.Test;

class VersionDetectionTest {
    @Test
    void theNewestEqualVersionWins() {
        assertThat(choose(at("003", 2, 0, 0), at("002", 0, 0, 0), at("001", 0, 0, 0)))
                .isEqualTo("002");
    }

    @Test
    void aTableThatALaterVersionDropsPointsToTheEarlierOne() {
        assertThat(choose(at("003", 0, 1, 0), at("002", 0, 0, 0))).isEqualTo("002");
    }

    @Test
    void tablesOfTheUsersOwnCountForAllTheSame() {
        assertThat(choose(at("003", 4, 2, 0), at("002", 0, 2, 0), at("001", 0, 3, 1)))
                .isEqualTo("002");
    }

    @Test
    void halfALaterVersionIsNoVersionButNearestToIt() {
        assertThat(choose(at("003", 9, 0, 0), at("002", 1, 0, 0), at("001", 0, 3, 3)))
                .isEqualTo("002");
    }

    @Test
    void nothingDeclaredSaysNothing() {
        assertThat(VersionDetection.choose(List.of())).isEmpty();
    }

    private static Candidate at(String version, int drift, int extras, int later) {
        return new Candidate(Version.of(version), drift, extras, later);
    }

    private static String choose(Candidate... candidates) {
        return VersionDetection.choose(List.of(candidates)).orElseThrow().toString();
    }
}
