package io.schemajob.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.schemajob.testing.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials lists every library that is shipped, byte for byte, with its licence. */
class SbomIT {
    private static final Path SBOM = Path.of("target/schemajob-sbom.json");
    private static final Path LIBRARIES = Path.of("target/quarkus-app/lib");

    @Test
    void listsEveryLibraryThatIsShipped() throws Exception {
        Set<String> listed = new HashSet<>();
        for (JsonNode component : sbom().path("components")) {
            component
                    .path("hashes")
                    .forEach(hash -> listed.add(hash.path("content").asText()));
            assertThat(component.path("purl").asText()).startsWith("pkg:maven/");
            assertThat(component.path("licenses"))
                    .as(component.path("name").asText())
                    .isNotEmpty();
        }
        List<String> missing = new ArrayList<>();
        for (Path library : libraries()) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(library));
            if (!listed.contains(HexFormat.of().formatHex(hash))) {
                missing.add(library.getFileName().toString());
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void isTheSameForTheSameSourcesAndListsNoTestLibraries() throws IOException {
        JsonNode sbom = sbom();
        assertThat(sbom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(sbom.at("/metadata/component/name").asText()).isEqualTo("schemajob");
        assertThat(sbom.has("serialNumber")).isFalse();
        assertThat(sbom.at("/metadata/timestamp").isMissingNode()).isTrue();
        assertThat(sbom.path("components"))
                .extracting(component -> component.path("name").asText())
                .contains("flyway-core", "postgresql", "picocli")
                .doesNotContain("assertj-core", "junit-jupiter", "archunit", "jqwik", "rest-assured");
    }

    private static JsonNode sbom() throws IOException {
        if (!Files.exists(SBOM)) {
            throw Parts.missing(SBOM + " (made by mvn package)");
        }
        return new ObjectMapper().readTree(SBOM.toFile());
    }

    private static List<Path> libraries() throws IOException {
        if (!Files.isDirectory(LIBRARIES)) {
            throw Parts.missing(LIBRARIES + " (made by mvn package, but not with -Dnative)");
        }
        try (Stream<Path> files = Files.walk(LIBRARIES)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith(".jar")).toList();
            assertThat(jars).hasSizeGreaterThan(20);
            return jars;
        }
    }
}
