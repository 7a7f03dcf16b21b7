package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.schemajob.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The time of a build is in none of the jars that the build makes: every entry has the one time of the sources. */
class ReproducibleIT {
    private static final Path APP = Path.of("target/quarkus-app");

    @Test
    void everyEntryHasTheTimeOfTheSources() throws IOException {
        if (!Files.isDirectory(APP)) {
            throw Parts.missing(APP + " (made by mvn package, but not with -Dnative)");
        }
        Set<LocalDateTime> times = new TreeSet<>();
        try (Stream<Path> files = Files.walk(APP)) {
            Set<Path> made = files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> !file.startsWith(APP.resolve("lib")))
                    .collect(Collectors.toSet());
            assertThat(made).hasSizeGreaterThan(2);
            for (Path jar : made) {
                times.addAll(times(jar));
            }
        }
        assertThat(times).hasSize(1);
    }

    private static Set<LocalDateTime> times(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet());
        }
    }
}
