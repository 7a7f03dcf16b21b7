package io.schemajob.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is checked in is what the sources say now. */
class GeneratedFilesTest {
    @Test
    void nothingIsStale() throws IOException {
        for (Map.Entry<Path, String> file : GeneratedFiles.all().entrySet()) {
            assertThat(file.getKey()).exists();
            assertThat(Files.readString(file.getKey()))
                    .as("%s; run mvn -q -Pmanifests verify", file.getKey())
                    .isEqualTo(file.getValue());
        }
    }

    @Test
    void nothingElseIsThere() throws IOException {
        try (Stream<Path> files = Files.walk(GeneratedFiles.MANIFESTS)) {
            assertThat(files.filter(file -> file.toString().endsWith(".yaml")))
                    .allSatisfy(file -> assertThat(GeneratedFiles.all()).containsKey(file));
        }
    }

    /** The extension's own output, which only another build can make again, is of this version of the application. */
    @Test
    void baseIsOfThisVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String version =
                pom.replaceFirst("(?s).*?<artifactId>schemajob</artifactId>\\s*<version>([^<]+)</version>.*", "$1");
        assertThat(GeneratedFiles.read(GeneratedFiles.BASE)).contains("schemajob/schemajob:" + version + "\n");
        String chart = Files.readString(GeneratedFiles.CHART.resolve("Chart.yaml"));
        assertThat(chart).contains("\nversion: " + version + "\n").contains("\nappVersion: \"" + version + "\"\n");
    }
}
